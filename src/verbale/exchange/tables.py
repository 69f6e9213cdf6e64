"""The record as flat tables: their columns with types and meanings."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from verbale.findings import Comparator, EngagementKind, Mode, Stage, Status

Type = Literal["string", "integer", "number", "boolean", "date"]
Cells = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """A column: `date` is ISO 8601 as precise as it is known (a day, month or year); `choices` are all values there can be."""

    name: str
    type: Type
    what: str
    choices: tuple[str, ...] = ()
    refers: str = ""
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A table: what a row is, its columns, and the columns that name a row."""

    name: str
    what: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


_KEY = Column("key", "string", "Key of the finding: the first twelve hexadecimal digits.", required=True)
_DOCUMENT = Column("document", "string", "Document in which it is read.", refers="documents.id", required=True)
_CONFIDENCE = Column("confidence", "number", "How sure the reader is, from 0 to 1.")
_SPANS = Column("spans", "string", "Places in the text, as start:end in characters, several with spaces between.")
_PARTY = "ISO 3166-1 alpha-2 code, or the short name of an organisation."
_KIND = Column("kind", "string", "Kind of engagement.", get_args(EngagementKind), required=True)
_STATUS = Column("status", "string", "Held, planned, or an earlier one referred to.", get_args(Status), required=True)
_REPORT = Column("report", "string", "Report that it belongs to.", refers="reports.key", required=True)

_LISTED = (
    Table(
        "documents",
        "What was published.",
        (
            Column("id", "string", "SHA-256 of the text.", required=True),
            Column("title", "string", "Title."),
            Column("day", "date", "Day of publication."),
            Column("published", "string", "Date or time of publication as the source gives it."),
            Column("publisher", "string", "Who published it."),
            Column("url", "string", "Address of the source."),
            Column("language", "string", "BCP 47 tag."),
            Column("form", "string", "Form of the file it came from."),
            Column("about_talks", "boolean", "Whether it is about talks between governments."),
            _CONFIDENCE,
            Column("reader", "string", "Version of the reader."),
        ),
        ("id",),
    ),
    Table(
        "engagements",
        "An engagement of the record: what all reports of it say together.",
        (
            Column("key", "string", "Key of the engagement.", required=True),
            Column("date", "date", "Its date; where reports differ, the usual one."),
            Column("dates", "string", "Every date that reports give, with spaces between."),
            Column("reported", "date", "First day on which a source was published."),
            _KIND,
            _STATUS,
            Column("level", "string", "Lowest of the highest offices of the parties.", ("leader", "minister", "official")),
            Column("parties", "string", f"Parties, with spaces between. {_PARTY}"),
            Column("place", "string", "Place as written."),
            Column("series", "string", "Series that it is an edition of."),
            Column("edition", "integer", "Number of the edition."),
            Column("documents", "integer", "How many documents of the record report it."),
        ),
        ("key",),
    ),
    Table(
        "reports",
        "An engagement as one document reports it.",
        (
            _KEY,
            Column("engagement", "string", "Engagement of the record that it belongs to.", refers="engagements.key", required=True),
            _DOCUMENT,
            _KIND,
            _STATUS,
            Column("principal", "boolean", "Whether the document exists to report it."),
            Column("date", "date", "Date as this document gives it."),
            Column("place", "string", "Place as written."),
            Column("country", "string", "Country of the place, ISO 3166-1 alpha-2."),
            Column("series", "string", "Series as written."),
            Column("edition", "integer", "Number of the edition."),
            _CONFIDENCE,
            _SPANS,
        ),
        ("key",),
    ),
    Table(
        "parties",
        "A party to an engagement as one document reports it.",
        (_REPORT, Column("party", "string", _PARTY, required=True), _CONFIDENCE, _SPANS),
        ("report", "party"),
    ),
    Table(
        "delegates",
        "A person who came to an engagement as one document reports it.",
        (
            _REPORT,
            Column("ordinal", "integer", "Place in the list of the report, from 0.", required=True),
            Column("person", "string", "Key of the person of the record."),
            Column("name", "string", "Name as written.", required=True),
            Column("office", "string", "Office as written."),
            Column("party", "string", f"Party acted for. {_PARTY}"),
            _CONFIDENCE,
            _SPANS,
        ),
        ("report", "ordinal"),
    ),
    Table(
        "domains",
        "A domain of cooperation that a document speaks of.",
        (
            _KEY,
            _DOCUMENT,
            Column("domain", "string", "Domain of the vocabulary.", required=True),
            Column("label", "string", "Its name."),
            Column("stage", "string", "Furthest stage reached.", get_args(Stage)),
            Column("quote", "string", "Words of the first place."),
            _CONFIDENCE,
            _SPANS,
        ),
        ("key",),
    ),
    Table(
        "situations",
        "A region or situation on which views were exchanged.",
        (
            _KEY,
            _DOCUMENT,
            Column("situation", "string", "Situation of the vocabulary.", required=True),
            Column("label", "string", "Its name."),
            Column("kind", "string", "Region or situation.", ("region", "situation")),
            Column("quote", "string", "Words of the first place."),
            _CONFIDENCE,
            _SPANS,
        ),
        ("key",),
    ),
    Table(
        "statements",
        "Who said what.",
        (
            _KEY,
            _DOCUMENT,
            Column("person", "string", "Key of the person of the record; empty for a group."),
            Column("speaker", "string", "Speaker as named."),
            Column("office", "string", "Office."),
            Column("party", "string", f"Party spoken for. {_PARTY}"),
            Column("cue", "string", "Words that report the speech."),
            Column("content", "string", "What was said, in the words of the source."),
            Column("mode", "string", "Quoted, partly quoted, or reported.", get_args(Mode)),
            Column("stance", "string", "Class of the cue."),
            Column("negated", "boolean", "Whether it is reported as not said."),
            _CONFIDENCE,
            _SPANS,
        ),
        ("key",),
    ),
    Table(
        "commitments",
        "A promise of future action.",
        (
            _KEY,
            _DOCUMENT,
            Column("parties", "string", f"Who is bound, with spaces between. {_PARTY}"),
            Column("domains", "string", "Domains of the vocabulary, with spaces between."),
            Column("deadline", "date", "Until when."),
            Column("text", "string", "The promise in the words of the source."),
            _CONFIDENCE,
            _SPANS,
        ),
        ("key",),
    ),
    Table(
        "figures",
        "An amount that matters to the substance.",
        (
            _KEY,
            _DOCUMENT,
            Column("value", "number", "The amount as a plain number."),
            Column("unit", "string", "Unit: USD, %, MW, vaccine doses and so on."),
            Column("comparator", "string", "Whether the amount is exact, a bound or rough.", get_args(Comparator)),
            Column("quote", "string", "Words of the source."),
            _CONFIDENCE,
            _SPANS,
        ),
        ("key",),
    ),
    Table(
        "assessments",
        "A person's score of a commitment for one party.",
        (
            Column("number", "integer", "Number of the assessment.", required=True),
            Column("commitment", "string", "Commitment that is scored.", refers="commitments.key", required=True),
            Column("party", "string", f"For whom. {_PARTY}"),
            Column("score", "integer", "−1 not complied with, 0 partly, +1 fully."),
            Column("person", "string", "Who scored it."),
            Column("at", "string", "When, in UTC."),
            Column("note", "string", "The reasons."),
        ),
        ("number",),
    ),
)

TABLES = MappingProxyType({table.name: table for table in _LISTED})
"""Every table by its name, in the order in which they are written."""
