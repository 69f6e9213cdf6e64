"""The commands, one module a group of them, and what they share: options, errors on one line, progress, and how answers are given."""
