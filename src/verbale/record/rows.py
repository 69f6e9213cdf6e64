"""A reading as rows of the tables, and rows as a reading again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from verbale.document import Document, Span
from verbale.findings import (
    Commitment,
    Delegate,
    Domain,
    Engagement,
    Figure,
    Reading,
    Situation,
    Speaker,
    Statement,
)
from verbale.record import tables as t
from verbale.record.keys import finding_key, person_key, series_key
from verbale.record.likeness import level
from verbale.record.names import is_person
from verbale.record.restoring import to_commitment, to_domains, to_engagement, to_figure, to_open_domains, to_situations, to_statement
from verbale.record.topics import topics

_MANY = 3  # parties beyond which a series is told by its name alone: the lists of who came differ from document to document

Values = dict[str, Any]


@dataclass
class Rows:
    """Rows to insert, by table, in the order that their references need."""

    by_table: dict[type[t.Base], list[Values]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[tuple[type[t.Base], int], Values] = field(default_factory=dict)
    days: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The days of publication on which each person form is seen, empty ones included."""

    def insert(self, connection: Connection) -> None:
        """Insert everything; forms that are known already are left as they are, and new series are noted as pending."""
        for form in (t.PersonForm, t.SeriesForm):
            wanted = {k: v for (kind, k), v in self.forms.items() if kind is form}
            known = self._known(connection, form, sorted(wanted))
            fresh = [wanted[k] for k in sorted(wanted) if k not in known]
            if fresh:
                connection.execute(insert(form), fresh)
                if form is t.SeriesForm:
                    note(connection, "series", (v["id"] for v in fresh))
        for table in _ORDER:
            if self.by_table[table]:
                connection.execute(insert(table), self.by_table[table])

    @staticmethod
    def _known(connection: Connection, form: type[t.Base], keys: list[int]) -> set[int]:
        table: Any = form.__table__
        return {k for part in _parts(keys) for k in connection.scalars(select(table.c.id).where(table.c.id.in_(part)))}

    def count_forms(self, connection: Connection) -> None:
        """Add how often and when the person forms of these rows are seen to what is known of them."""
        f: Any = t.PersonForm.__table__
        for part in _parts(sorted(self.days)):
            counted = []
            for row in connection.execute(select(f.c.id, f.c.times, f.c.first, f.c.last).where(f.c.id.in_(part))):
                known = [d for d in (*self.days[row.id], row.first, row.last) if d]
                times = row.times + len(self.days[row.id])
                counted.append({"key": row.id, "n": times, "from": min(known, default=None), "to": max(known, default=None)})
            values: Any = {"times": bindparam("n"), "first": bindparam("from"), "last": bindparam("to")}
            connection.execute(update(f).where(f.c.id == bindparam("key")).values(values), counted)


def note(connection: Connection, kind: str, keys: Iterable[int]) -> None:
    """Note as pending what changed, so that the identities that rest on it are renewed."""
    p = t.PendingRow
    wanted = sorted(set(keys))
    for part in _parts(wanted):
        held = set(connection.scalars(select(p.key).where(p.kind == kind, p.key.in_(part))))
        fresh = [{"kind": kind, "key": k} for k in part if k not in held]
        if fresh:
            connection.execute(insert(p), fresh)


def _parts(keys: list[int], size: int = 500) -> Iterator[list[int]]:
    for i in range(0, len(keys), size):
        yield keys[i : i + size]


_ORDER: tuple[type[t.Base], ...] = (
    t.ReadingRow,
    t.EngagementRow,
    t.EngagementPartyRow,
    t.DelegateRow,
    t.ConceptRow,
    t.SubjectRow,
    t.StatementRow,
    t.TopicRow,
    t.CommitmentRow,
    t.CommitmentPartyRow,
    t.CommitmentDomainRow,
    t.FigureRow,
)


def document_day(document: Document) -> str | None:
    """Return the day on which a document was published, or None where that is not known."""
    try:
        day = document.published_on
    except ValueError:
        return None
    return day.isoformat() if day else None


def document_values(document: Document) -> Values:
    """Return the row of a document."""
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "published": document.published,
        "day": document_day(document),
        "url": document.url,
        "publisher": document.publisher,
        "language": document.language,
        "kind": document.kind,
    }


def to_document(row: Row[Any]) -> Document:
    """Return the document of a row of `document`."""
    return Document(row.text, row.title, row.published, row.url, row.publisher, row.language, row.kind)


def add_reading(rows: Rows, reading: Reading, n: int) -> None:
    """Add the rows of a reading of document number `n`."""
    rows.by_table[t.ReadingRow].append(
        {
            "document": n,
            "reader": reading.reader,
            "about_talks": reading.about_talks,
            "confidence": reading.confidence,
            "open_domains": msgspec.to_builtins(reading.open_domains),
        }
    )
    findings: list[Any] = [
        *reading.engagements,
        *reading.domains,
        *reading.situations,
        *reading.statements,
        *reading.commitments,
        *reading.figures,
    ]
    counts: dict[int, int] = defaultdict(int)
    keys: list[int] = []
    day = document_day(reading.document) or ""
    concepts: list[Domain | Situation] = [*reading.domains, *reading.situations]
    named = [(c.id, c.spans) for c in concepts]
    for ordinal, finding in enumerate(findings):
        first = finding_key(reading.document.id, finding, 0)
        again = counts[first]
        counts[first] += 1
        keys.append(first if not again else finding_key(reading.document.id, finding, again))
        add_finding(rows, finding, {"id": keys[-1], "document": n, "ordinal": ordinal, "decision": None}, day)
        if isinstance(finding, Statement):
            about = sorted(topics(reading.document.text, finding.content, named))
            rows.by_table[t.TopicRow] += [{"concept": c, "day": day, "statement": keys[-1]} for c in about]
    engagements = list(zip(keys, reading.engagements, strict=False))
    for key, concept in zip(keys[len(reading.engagements) :], concepts, strict=False):
        for engagement in _subject_of(reading.document.text, engagements, concept.spans):
            rows.by_table[t.SubjectRow].append({"engagement": engagement, "concept": key})


def _subject_of(text: str, engagements: list[tuple[int, Engagement]], spans: tuple[Span, ...]) -> list[int]:
    """Tell of which engagements a domain or situation was a subject.

    Of those that the document exists to report; where these are between different parties, of those that are named in the same
    paragraph, and of all of them where none is.
    """
    principal = [(k, e) for k, e in engagements if e.principal]
    if len({frozenset(p.id for p in e.parties) for _, e in principal}) > 1:
        paragraphs = {_paragraph(text, s) for s in spans}
        near = [k for k, e in principal if paragraphs & {_paragraph(text, s) for s in _places(e)}]
        if near:
            return near
    return [k for k, _ in principal]


def _places(engagement: Engagement) -> Iterable[Span]:
    yield from engagement.spans
    for party in engagement.parties:
        yield from party.spans


def _paragraph(text: str, span: Span) -> int:
    return text.rfind("\n\n", 0, span.start)


def add_finding(rows: Rows, finding: Any, common: Values, day: str) -> None:
    """Add the rows of one finding, which has in `common` what all findings have; `day` is that of publication, or empty."""
    common = {**common, "confidence": finding.confidence}
    values: Values
    match finding:
        case Engagement():
            _add_engagement(rows, finding, common, day)
        case Domain():
            values = {"kind": "domain", "concept": finding.id, "label": finding.label, "stage": finding.stage, "spans": finding.spans}
            rows.by_table[t.ConceptRow].append(common | values)
        case Situation():
            values = {"kind": finding.kind, "concept": finding.id, "label": finding.label, "stage": None, "spans": finding.spans}
            rows.by_table[t.ConceptRow].append(common | values)
        case Statement(speaker=speaker):
            rows.by_table[t.StatementRow].append(
                common
                | {
                    "speaker": speaker.name,
                    "office": speaker.office,
                    "party": speaker.party,
                    "form": _person_form(rows, speaker, day) if is_person(speaker.name) else None,
                    "day": day,
                    "source": (finding.source,) if finding.source else None,
                    "cue": (finding.cue,) if finding.cue else None,
                    "content": finding.content,
                    "mode": finding.mode,
                    "stance": finding.stance,
                    "negated": finding.negated,
                    "occasion": (finding.occasion,) if finding.occasion else None,
                }
            )
        case Commitment():
            rows.by_table[t.CommitmentRow].append(common | {"deadline": finding.deadline, "spans": finding.spans})
            for i, party in enumerate(dict.fromkeys(finding.parties)):
                rows.by_table[t.CommitmentPartyRow].append({"party": party, "commitment": common["id"], "ordinal": i})
            for i, domain in enumerate(dict.fromkeys(finding.domains)):
                rows.by_table[t.CommitmentDomainRow].append({"domain": domain, "commitment": common["id"], "ordinal": i})
        case Figure():
            values = {"value": finding.value, "unit": finding.unit, "comparator": finding.comparator, "spans": finding.spans}
            rows.by_table[t.FigureRow].append(common | values)


def _add_engagement(rows: Rows, finding: Engagement, common: Values, day: str) -> None:
    date, place, series = finding.date, finding.place, finding.series
    rows.by_table[t.EngagementRow].append(
        common
        | {
            "kind": finding.kind,
            "status": finding.status,
            "principal": finding.principal,
            "level": level((d.party, d.office) for d in finding.delegates),
            "day": date.value if date else None,
            "day_spans": date.spans if date else None,
            "day_confidence": date.confidence if date else None,
            "place": place.name if place else None,
            "country": place.country if place else None,
            "place_spans": place.spans if place else None,
            "place_confidence": place.confidence if place else None,
            "series": series.name if series else None,
            "edition": series.edition if series else None,
            "series_spans": series.spans if series else None,
            "series_confidence": series.confidence if series else None,
            "form": _series_form(rows, finding),
            "spans": finding.spans,
            "cluster": common["id"],
        }
    )
    seen: set[str] = set()
    for i, party in enumerate(finding.parties):
        if party.id not in seen:
            seen.add(party.id)
            rows.by_table[t.EngagementPartyRow].append(
                {"party": party.id, "engagement": common["id"], "ordinal": i, "spans": party.spans, "confidence": party.confidence}
            )
    for i, delegate in enumerate(finding.delegates):
        rows.by_table[t.DelegateRow].append(
            {
                "engagement": common["id"],
                "ordinal": i,
                "name": delegate.name,
                "office": delegate.office,
                "party": delegate.party,
                "form": _person_form(rows, delegate, day),
                "spans": delegate.spans,
                "confidence": delegate.confidence,
            }
        )


def _person_form(rows: Rows, person: Delegate | Speaker, day: str) -> int:
    key = person_key(person.name, person.office, person.party)
    values = {"id": key, "name": person.name, "office": person.office, "party": person.party, "cluster": key}
    rows.forms.setdefault((t.PersonForm, key), values)
    rows.days[key].append(day)
    return key


def _series_form(rows: Rows, engagement: Engagement) -> int | None:
    if engagement.series is None:
        return None
    parties = sorted({p.id for p in engagement.parties})
    between = " ".join(parties) if len(parties) <= _MANY else ""
    key = series_key(engagement.series.name, between)
    rows.forms.setdefault((t.SeriesForm, key), {"id": key, "name": engagement.series.name, "parties": between, "cluster": key})
    return key


def document_and_reading() -> Select[Any]:
    """Return the query for documents with how they were read, as `to_reading` needs them."""
    r = t.ReadingRow
    columns = (r.reader, r.about_talks, r.confidence.label("reading_confidence"), r.open_domains)
    return select(t.DocumentRow.__table__, *columns).join(r, r.document == t.DocumentRow.n)


def to_reading(connection: Connection, row: Row[Any], keep: Callable[[Any, Row[Any]], bool] | None = None) -> Reading:
    """Return a reading; `row` is of `document` joined with `reading`, its confidence as `reading_confidence`.

    Args:
        connection: the record.
        row: the document and how it was read.
        keep: chooses findings by table and row; without it, what the reader found, apart from what people decided.
    """

    def of(table: Any) -> list[Row[Any]]:
        rows = connection.execute(select(table.__table__).where(table.document == row.n).order_by(table.ordinal))
        return [r for r in rows if (r.decision is None if keep is None else keep(table, r))]

    concepts = of(t.ConceptRow)
    return Reading(
        document=to_document(row),
        about_talks=row.about_talks,
        confidence=row.reading_confidence,
        engagements=tuple(_engagement(connection, e) for e in of(t.EngagementRow)),
        domains=to_domains(concepts),
        situations=to_situations(concepts),
        statements=tuple(map(to_statement, of(t.StatementRow))),
        commitments=tuple(_commitment(connection, c) for c in of(t.CommitmentRow)),
        figures=tuple(map(to_figure, of(t.FigureRow))),
        open_domains=to_open_domains(row),
        reader=row.reader,
    )


def _engagement(connection: Connection, e: Row[Any]) -> Engagement:
    party, delegate = t.EngagementPartyRow, t.DelegateRow
    return to_engagement(
        e,
        connection.execute(select(party.__table__).where(party.engagement == e.id).order_by(party.ordinal)),
        connection.execute(select(delegate.__table__).where(delegate.engagement == e.id).order_by(delegate.ordinal)),
    )


def _commitment(connection: Connection, c: Row[Any]) -> Commitment:
    party, domain = t.CommitmentPartyRow, t.CommitmentDomainRow
    return to_commitment(
        c,
        connection.scalars(select(party.party).where(party.commitment == c.id).order_by(party.ordinal)).all(),
        connection.scalars(select(domain.domain).where(domain.commitment == c.id).order_by(domain.ordinal)).all(),
    )
