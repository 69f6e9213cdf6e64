"""The tables of a record: what was published, what was read in it, and what people decided.

Three groups that never mix. *Published*: `document`. *Read*: one row a finding, keyed by a number that is computed from the
document and the finding itself, so that the same finding has the same key after every reading. *Decided*: `judgement`,
`decision` and `assessment`, rows that are only ever added; taking one back is a further row that names it.

Besides these, *derived*: `topic`, `meeting` and `pending` hold nothing that is not in the others; they are kept so that questions and
the renewal of identities need not go through the whole record.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from verbale.document import Span


class Spans(TypeDecorator[tuple[Span, ...]]):
    """A tuple of spans, kept as `start:end start:end` so that it can be read in any database tool."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[Span] | None, dialect: Dialect) -> str | None:
        """Write spans as text."""
        return None if value is None else " ".join(f"{s.start}:{s.end}" for s in value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[Span, ...] | None:
        """Read spans from text."""
        return None if value is None else parse_spans(str(value))


def parse_spans(text: str) -> tuple[Span, ...]:
    """Read `start:end start:end` as spans."""
    return tuple(Span(int(a), int(b)) for a, b in (pair.split(":") for pair in text.split()))


# An INTEGER key is the row's own number in SQLite, and holds 64 bits there; PostgreSQL has BIGINT for that.
_Number = BigInteger().with_variant(Integer(), "sqlite")

# A table whose key is all that it is looked up by needs no row numbers besides.
_PLAIN = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """Base of every table of the record."""

    type_annotation_map = {tuple[Span, ...]: Spans(), str: Text(), dict[str, Any]: JSON(), list[Any]: JSON()}  # noqa: RUF012


# ── published ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class DocumentRow(Base):
    """A document with its full text; `day` is its date of publication."""

    __tablename__ = "document"
    n: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    text: Mapped[str]
    published: Mapped[str | None]
    day: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str | None] = mapped_column(index=True)
    publisher: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    kind: Mapped[str]


# ── read ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class ReadingRow(Base):
    """That a document was read: by which reader, and whether it is about talks."""

    __tablename__ = "reading"
    document: Mapped[int] = mapped_column(_Number, ForeignKey("document.n"), primary_key=True)
    reader: Mapped[str] = mapped_column(index=True)
    about_talks: Mapped[bool]
    confidence: Mapped[float]


class _Finding:
    """What every finding has. `decision` names the decision of a person who made the finding; a reader's own have none."""

    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    document: Mapped[int] = mapped_column(_Number, ForeignKey("document.n"), index=True)
    ordinal: Mapped[int]
    confidence: Mapped[float]
    decision: Mapped[int | None] = mapped_column(_Number)


class EngagementRow(_Finding, Base):
    """An engagement as one document reports it; `cluster` names the engagement of the record that it belongs to.

    `day` may be as short as a year; `level` is 2 for leaders, 1 for ministers, 0 for officials on every side;
    `form` is the series as named between these parties, a row of `series_form`.
    """

    __tablename__ = "engagement"
    kind: Mapped[str]
    status: Mapped[str]
    principal: Mapped[bool]
    level: Mapped[int | None]
    day: Mapped[str | None] = mapped_column(index=True)
    day_spans: Mapped[tuple[Span, ...] | None]
    day_confidence: Mapped[float | None]
    place: Mapped[str | None]
    country: Mapped[str | None]
    place_spans: Mapped[tuple[Span, ...] | None]
    place_confidence: Mapped[float | None]
    series: Mapped[str | None]
    edition: Mapped[int | None]
    series_spans: Mapped[tuple[Span, ...] | None]
    series_confidence: Mapped[float | None]
    form: Mapped[int | None] = mapped_column(_Number, index=True)
    spans: Mapped[tuple[Span, ...]]
    cluster: Mapped[int] = mapped_column(_Number, index=True)


class EngagementPartyRow(Base):
    """A party to an engagement."""

    __tablename__ = "engagement_party"
    __table_args__ = _PLAIN
    party: Mapped[str] = mapped_column(primary_key=True)
    engagement: Mapped[int] = mapped_column(_Number, ForeignKey("engagement.id"), primary_key=True, index=True)
    ordinal: Mapped[int]
    spans: Mapped[tuple[Span, ...]]
    confidence: Mapped[float]


class DelegateRow(Base):
    """A person who takes part in an engagement; `form` is the name with party and office, a row of `person_form`."""

    __tablename__ = "delegate"
    __table_args__ = _PLAIN
    engagement: Mapped[int] = mapped_column(_Number, ForeignKey("engagement.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    office: Mapped[str | None]
    party: Mapped[str | None]
    form: Mapped[int] = mapped_column(_Number, index=True)
    spans: Mapped[tuple[Span, ...]]
    confidence: Mapped[float]


class ConceptRow(_Finding, Base):
    """A domain (with its stage) or a situation of a document; `kind` is `domain`, `region` or `situation`."""

    __tablename__ = "concept"
    __table_args__ = (Index("concept_by_name", "concept", "document"),)
    kind: Mapped[str]
    concept: Mapped[str]
    label: Mapped[str]
    stage: Mapped[str | None]
    spans: Mapped[tuple[Span, ...]]


class SubjectRow(Base):
    """That a domain or situation was a subject of an engagement of the same document."""

    __tablename__ = "subject"
    __table_args__ = _PLAIN
    engagement: Mapped[int] = mapped_column(_Number, ForeignKey("engagement.id"), primary_key=True)
    concept: Mapped[int] = mapped_column(_Number, ForeignKey("concept.id"), primary_key=True, index=True)


class StatementRow(_Finding, Base):
    """Who said what; `form` is the speaker as a row of `person_form`, none for a group; `day` that of publication, empty if unknown."""

    __tablename__ = "statement"
    __table_args__ = (
        Index("statement_by_form", "form", "day"),
        Index("statement_by_party", "party", "day"),
        Index("statement_by_day", "day"),
    )
    speaker: Mapped[str]
    office: Mapped[str | None]
    party: Mapped[str | None]
    form: Mapped[int | None] = mapped_column(_Number)
    day: Mapped[str] = mapped_column(default="", server_default="")
    source: Mapped[tuple[Span, ...] | None]
    cue: Mapped[tuple[Span, ...] | None]
    content: Mapped[tuple[Span, ...]]
    mode: Mapped[str]
    stance: Mapped[str]
    negated: Mapped[bool]
    occasion: Mapped[tuple[Span, ...] | None]


class CommitmentRow(_Finding, Base):
    """A promise of future action."""

    __tablename__ = "commitment"
    deadline: Mapped[str | None]
    spans: Mapped[tuple[Span, ...]]


class CommitmentPartyRow(Base):
    """A party bound by a commitment."""

    __tablename__ = "commitment_party"
    __table_args__ = _PLAIN
    party: Mapped[str] = mapped_column(primary_key=True)
    commitment: Mapped[int] = mapped_column(_Number, ForeignKey("commitment.id"), primary_key=True, index=True)
    ordinal: Mapped[int]


class CommitmentDomainRow(Base):
    """A domain that a commitment is about."""

    __tablename__ = "commitment_domain"
    __table_args__ = _PLAIN
    domain: Mapped[str] = mapped_column(primary_key=True)
    commitment: Mapped[int] = mapped_column(_Number, ForeignKey("commitment.id"), primary_key=True, index=True)
    ordinal: Mapped[int]


class FigureRow(_Finding, Base):
    """An amount."""

    __tablename__ = "figure"
    value: Mapped[float]
    unit: Mapped[str | None]
    comparator: Mapped[str]
    spans: Mapped[tuple[Span, ...]]


# ── identity: the forms that judgements are about ──────────────────────────────────────────────────────────────────────────


class PersonForm(Base):
    """A person as named somewhere: name, office and party as read. `cluster` names the person of the record.

    `times` is how often the form is seen, `first` and `last` on which days of publication; `side` is the party that the person of the
    record is most often named for.
    """

    __tablename__ = "person_form"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    name: Mapped[str]
    office: Mapped[str | None]
    party: Mapped[str | None]
    cluster: Mapped[int] = mapped_column(_Number, index=True)
    times: Mapped[int] = mapped_column(default=0, server_default="0")
    first: Mapped[str | None]
    last: Mapped[str | None]
    side: Mapped[str | None]


class SeriesForm(Base):
    """A series as named somewhere between certain parties. `cluster` names the series of the record."""

    __tablename__ = "series_form"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    name: Mapped[str]
    parties: Mapped[str]
    cluster: Mapped[int] = mapped_column(_Number, index=True)


# ── decided ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class JudgementRow(Base):
    """That two forms or two engagements are the same, different, or that it cannot be said: by whom, when, score and why.

    `person` is none for a judgement that was computed; those are renewed by each run, a person's are only ever added. A row
    with `undoes` takes an earlier judgement of a person back and says nothing else.
    """

    __tablename__ = "judgement"
    __table_args__ = (Index("judgement_pair", "kind", "left", "right"),)
    n: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    kind: Mapped[str]
    left: Mapped[int] = mapped_column(_Number)
    right: Mapped[int] = mapped_column(_Number, index=True)
    verdict: Mapped[str]
    score: Mapped[float | None]
    why: Mapped[str]
    person: Mapped[str | None] = mapped_column(index=True)
    at: Mapped[str | None]
    undoes: Mapped[int | None] = mapped_column(_Number)


class DecisionRow(Base):
    """What a person decided about a finding: `accept`, `reject`, `amend` or `add`; `value` holds the finding as it then stood.

    A row with verb `undo` takes the decision named in `undoes` back.
    """

    __tablename__ = "decision"
    n: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    verb: Mapped[str]
    kind: Mapped[str]
    document: Mapped[int] = mapped_column(_Number, ForeignKey("document.n"), index=True)
    finding: Mapped[int | None] = mapped_column(_Number, index=True)
    value: Mapped[dict[str, Any] | None]
    person: Mapped[str]
    at: Mapped[str]
    why: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(_Number, index=True)


class AssessmentRow(Base):
    """A person's score of a commitment for one party: −1, 0 or +1, with evidence and a note. `undoes` takes one back."""

    __tablename__ = "assessment"
    n: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=True)
    commitment: Mapped[int] = mapped_column(_Number, index=True)
    document: Mapped[int] = mapped_column(_Number, ForeignKey("document.n"))
    party: Mapped[str]
    score: Mapped[int | None]
    evidence: Mapped[list[Any]]
    note: Mapped[str]
    person: Mapped[str]
    at: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(_Number)


class SuccessionRow(Base):
    """That a finding which people decided about is, after a new reading, found under another key."""

    __tablename__ = "succession"
    old: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    new: Mapped[int] = mapped_column(_Number)


# ── derived ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class TopicRow(Base):
    """That a statement is about a domain or situation; `day` is that of the statement."""

    __tablename__ = "topic"
    __table_args__ = _PLAIN
    concept: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[int] = mapped_column(_Number, primary_key=True, index=True)


class MeetingRow(Base):
    """That two parties, `a` before `b`, take part in an engagement of the record, with what counting and choosing need.

    `first` and `last` are the least and the greatest day that a report gives, empty where none does; `level` and `kind` are those of
    reports that are not of something planned; `held` tells whether there is one.
    """

    __tablename__ = "meeting"
    __table_args__ = (Index("meeting_other", "b", "a", "cluster"), Index("meeting_cluster", "cluster"), _PLAIN)
    a: Mapped[str] = mapped_column(primary_key=True)
    b: Mapped[str] = mapped_column(primary_key=True)
    cluster: Mapped[int] = mapped_column(_Number, primary_key=True)
    first: Mapped[str]
    last: Mapped[str]
    level: Mapped[int | None]
    kind: Mapped[str]
    held: Mapped[bool]


class PendingRow(Base):
    """What changed since the identities were last renewed: a `document` by number, or a `person`, `series` or `engagement` by key.

    `seen` names a person whose times and days are to be counted anew.
    """

    __tablename__ = "pending"
    __table_args__ = _PLAIN
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)


class SettingRow(Base):
    """A fact about the record itself, such as how many documents it holds."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


FINDINGS: tuple[type[EngagementRow | ConceptRow | StatementRow | CommitmentRow | FigureRow], ...] = (
    EngagementRow,
    ConceptRow,
    StatementRow,
    CommitmentRow,
    FigureRow,
)
"""The tables of findings."""
