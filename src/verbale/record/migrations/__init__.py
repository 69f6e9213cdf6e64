"""The versions of the tables of a record, applied when it is opened."""
