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


class RecordError(VerbaleError):
    """A record cannot be opened, read or written: newer than this program, locked, corrupt, no space left, or no connection."""


class UnknownNameError(VerbaleError):
    """A question names a country, person, document or engagement that the record does not hold; the message offers the nearest."""


class DecisionError(VerbaleError):
    """A person's decision cannot stand: out of range, without its object, or against another decision that holds."""


class ConflictError(DecisionError):
    """A person decides about a finding that somebody else has decided about since; the message tells the other decision."""


class QueryError(VerbaleError):
    """A search query or an SQL statement is malformed, or not allowed."""


class OutputError(VerbaleError):
    """A file or folder cannot be written: no rights, no space, or something else is in its place."""


class ExchangeError(VerbaleError):
    """A format of exchange cannot be written or read: its library is missing, or what is given does not fit it."""


class BriefError(VerbaleError):
    """A brief cannot be written: its library or a font is missing, or the form is not known."""


class SettingError(VerbaleError):
    """A service cannot be set up as asked: an open door, a name that is taken, a password that is too short."""


class AccessError(VerbaleError):
    """A request may not do what it asks: not signed in, without the right, from another site, or too often.

    `status` is the code of HTTP that says so.
    """

    def __init__(self, message: str, status: int = 403) -> None:
        super().__init__(message)
        self.status = status
