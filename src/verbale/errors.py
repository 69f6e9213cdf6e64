"""The exceptions that verbale raises, each with a message that says what was wrong, where, and what to do."""


class VerbaleError(Exception):
    """Base of every error that verbale raises on purpose."""


class IntakeError(VerbaleError):
    """A file or text cannot become a document: empty, binary, encrypted, truncated, over a limit, or of no known format."""


class ReadingFormatError(VerbaleError):
    """A reading stored as JSON does not have the form of a reading, or its spans do not match its text."""


class VocabularyError(VerbaleError):
    """A vocabulary file is malformed or names a concept that does not exist."""


class SpanError(VerbaleError):
    """A span lies outside its text, or a selector finds no place in it."""
