"""Follow-up: what was promised, what became of it, and compliance after the G20 Research Group's coding manual."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any, Literal

from sqlalchemy import Connection, Engine, and_, exists, insert, or_, select

from verbale.document import Span
from verbale.errors import DecisionError, UnknownNameError
from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.connection import reading, writing
from verbale.record.decisions import now, standing, successors
from verbale.record.engagements import clusters_between, within
from verbale.record.keys import key_range, shown
from verbale.record.likeness import period

Status = Literal["open", "overdue", "assessed"]
By = Literal["party", "domain", "period"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A person's score of a commitment for one party, with evidence and note."""

    number: int
    party: str
    score: int
    person: str
    at: str
    note: str
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """A commitment: who is bound, on what, until when, in which words; its status, and the assessments that hold.

    `open`: not every bound party is assessed and the deadline, if any, has not passed; `overdue`: it has; `assessed`: every one is.
    """

    key: str
    day: str | None
    text: str
    parties: tuple[str, ...]
    domains: tuple[str, ...]
    deadline: str | None
    status: Status
    assessments: tuple[Assessment, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    """The average of scores of a group of commitments, from −1 (not complied with) to +1 (fully), and as a percentage."""

    group: str
    commitments: int
    scores: int
    average: float
    percent: float


def promises(
    connection: Connection,
    parties: Sequence[str] = (),
    *,
    status: Status | None = None,
    domain: str | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: date | None = None,
) -> list[PromiseEntry]:
    """Return commitments, the earliest first.

    Args:
        connection: the record.
        parties: those between whom; a promise counts when it binds one of them and was made where all of them took part, or binds all.
        status: only those `open`, `overdue` or `assessed`.
        domain: only those about it.
        since: first day of publication.
        until: last day of publication.
        as_of: the day on which a deadline has passed or not; none: no deadline has.
    """
    c, e, p, q = t.CommitmentRow, t.EngagementRow, t.CommitmentPartyRow, t.CommitmentDomainRow
    conditions = [standing(c)]
    if parties:
        bound = [c.id.in_(select(p.commitment).where(p.party == party)) for party in parties]
        together = select(e.document).where(e.cluster.in_(clusters_between(parties)))
        free = ~exists().where(p.commitment == c.id)
        conditions.append(or_(and_(*bound), and_(c.document.in_(together), or_(*bound, free))))
    if domain:
        conditions.append(c.id.in_(select(q.commitment).where(q.domain == domain)))
    found = [x for x in entries(connection, conditions, as_of) if within(x.day, since, until) or not (since or until)]
    return [x for x in found if status in (None, x.status)]


def entries(connection: Connection, conditions: Iterable[Any], as_of: date | None) -> list[PromiseEntry]:
    """Return the commitments, of `commitment` joined with `document`, that meet all conditions, the earliest first."""
    c, d = t.CommitmentRow, t.DocumentRow
    query = (
        select(
            c.id, c.deadline, c.spans, d.id.label("document"), d.title, d.text, d.day.label("published"), d.publisher, d.url,
        )
        .join(d, d.n == c.document)
        .where(*conditions)
        .order_by(d.day.nulls_last(), d.id, c.ordinal)
    )  # fmt: skip
    rows = list(connection.execute(query))
    keys = [r.id for r in rows]
    parties = _listed(connection, t.CommitmentPartyRow, t.CommitmentPartyRow.party, keys)
    domains = _listed(connection, t.CommitmentDomainRow, t.CommitmentDomainRow.domain, keys)
    scored = _assessments(connection)
    return [_entry(r, tuple(parties[r.id]), tuple(domains[r.id]), scored.get(r.id, ()), as_of) for r in rows]


def _listed(connection: Connection, table: Any, column: Any, keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for i in range(0, len(keys), 500):
        query = select(table.commitment, column).where(table.commitment.in_(keys[i : i + 500])).order_by(table.commitment, table.ordinal)
        for key, value in connection.execute(query):
            found[key].append(value)
    return found


def _entry(
    r: Any, parties: tuple[str, ...], domains: tuple[str, ...], assessments: Sequence[Assessment], as_of: date | None
) -> PromiseEntry:
    scored = {a.party for a in assessments}
    status: Status = "open"
    last = period(r.deadline) if r.deadline else None
    if scored and scored >= set(parties):
        status = "assessed"
    elif as_of is not None and last is not None and last[1] < as_of:
        status = "overdue"
    words = " […] ".join(s.exact(r.text) for s in r.spans)
    source = Source(r.document, r.title, r.published, r.publisher, r.url, r.spans, quote(r.text, r.spans))
    return PromiseEntry(shown(r.id), r.published, words, parties, domains, r.deadline, status, tuple(assessments), source)


def _assessments(connection: Connection) -> dict[int, list[Assessment]]:
    """Return the assessments that hold, by the present key of their commitment: the last for each party, none taken back."""
    row: Any = t.AssessmentRow.__table__
    undone = set(connection.scalars(select(row.c.undoes).where(row.c.undoes.is_not(None))))
    present = successors(connection)
    last: dict[tuple[int, str], Any] = {}
    for a in connection.execute(select(row).where(row.c.undoes.is_(None)).order_by(row.c.n)):
        if a.n not in undone:
            last[present.get(a.commitment, a.commitment), a.party] = a
    found: dict[int, list[Assessment]] = defaultdict(list)
    for (key, party), a in sorted(last.items(), key=lambda x: (x[0][0], x[0][1])):
        evidence = tuple(_evidence(connection, e) for e in a.evidence)
        found[key].append(Assessment(a.n, party, a.score, a.person, a.at, a.note, evidence))
    return found


def _evidence(connection: Connection, kept: dict[str, Any]) -> Source:
    """Find the place of evidence again by its W3C selectors."""
    d = t.DocumentRow
    row = connection.execute(select(d.__table__).where(d.id == kept["document"])).one()
    span = Span.from_selectors(kept["selectors"], row.text)
    return Source(row.id, row.title, row.day, row.publisher, row.url, (span,), span.exact(row.text))


def commitment_key(connection: Connection, written: str) -> int:
    """Return the key of a commitment from how it is shown.

    Raises:
        UnknownNameError: there is none, or several begin so.
    """
    c = t.CommitmentRow
    low, high = key_range(written.lower())
    found = connection.scalars(select(c.id).where(c.id.between(low, high)).limit(3)).all()
    if len(found) != 1:
        what = "no commitment" if not found else "more than one commitment begins with"
        raise UnknownNameError(f"{what} “{written}” in this record; `verbale promises` shows their keys")
    return found[0]


def assess(
    engine: Engine,
    commitment: str,
    score: int,
    *,
    person: str,
    evidence: Sequence[tuple[str, str | Span]] = (),
    note: str = "",
    party: str | None = None,
) -> list[int]:
    """Record a person's score of a commitment, for one party or for every party bound; return the numbers of the assessments.

    Args:
        engine: the record.
        commitment: its key as shown.
        score: −1 (not complied with), 0 (partly, or in progress) or +1 (fully), as the manual defines them.
        person: who assesses.
        evidence: documents of the record, by id, each with a quotation or a span; needed for 0 and +1.
        note: the reasons; needed for −1, for which there may be no evidence to quote.
        party: whom the score is for; every party bound where it is left out.

    Raises:
        DecisionError: the score is out of range, a name, evidence or note is missing, or the party is not bound.
        UnknownNameError: the commitment or a document of the evidence is not in the record.
        SpanError: the quotation does not stand in the document.
    """
    if score not in (-1, 0, 1):
        raise DecisionError(f"a commitment is scored -1, 0 or +1, not {score}")
    if not person.strip():
        raise DecisionError("an assessment needs the name of the person who makes it")
    if score >= 0 and not evidence:
        raise DecisionError(f"a score of {score:+d} needs evidence: a document of the record and the words in it")
    if score < 0 and not note.strip() and not evidence:
        raise DecisionError("a score of -1 needs a note that says what was looked for, or evidence")
    with writing(engine) as connection:
        key = commitment_key(connection, commitment)
        p = t.CommitmentPartyRow
        bound = list(connection.scalars(select(p.party).where(p.commitment == key).order_by(p.ordinal)))
        if party is not None and bound and party not in bound:
            raise DecisionError(f"{party} is not bound by this commitment; {', '.join(bound)} are")
        if party is None and not bound:
            raise DecisionError("the reading names no party that is bound; say for whom the score is")
        kept = [_selectors(connection, document, where) for document, where in evidence]
        n = connection.scalar(select(t.CommitmentRow.document).where(t.CommitmentRow.id == key))
        numbers = []
        for one in [party] if party else bound:
            values = {"commitment": key, "document": n, "party": one, "score": score, "evidence": kept, "note": note}
            done = connection.execute(insert(t.AssessmentRow).values(**values, person=person, at=now()).returning(t.AssessmentRow.n))
            numbers.append(int(done.scalar_one()))
    return numbers


def _selectors(connection: Connection, document: str, where: str | Span) -> dict[str, Any]:
    """Return evidence as it is kept: the id of the document, and W3C selectors of the place."""
    d = t.DocumentRow
    text = connection.scalar(select(d.text).where(d.id == document))
    if text is None:
        raise UnknownNameError(f"the document “{document}” is not in this record; evidence must be: add it first")
    span = where if isinstance(where, Span) else Span.from_selectors([{"type": "TextQuoteSelector", "exact": where}], text)
    return {"document": document, "selectors": span.selectors(text)}


def undo_assessment(engine: Engine, number: int, *, person: str, note: str = "") -> None:
    """Take an assessment back, by a further row.

    Raises:
        DecisionError: there is none, or it is taken back already.
    """
    a = t.AssessmentRow
    with writing(engine) as connection:
        row = connection.execute(select(a.__table__).where(a.n == number, a.undoes.is_(None))).first()
        if row is None:
            raise DecisionError(f"there is no assessment {number}; `verbale promises` lists them")
        if connection.scalar(select(a.n).where(a.undoes == number)):
            raise DecisionError(f"assessment {number} is taken back already")
        values = {"commitment": row.commitment, "document": row.document, "party": row.party, "evidence": [], "note": note}
        connection.execute(insert(a).values(**values, score=None, person=person, at=now(), undoes=number))


def compliance(engine: Engine, by: By | None = None, parties: Sequence[str] = ()) -> list[ComplianceRow]:
    """Return the averages of the scores that people gave, overall or by party, domain or year of publication.

    A commitment's score is the average over the parties assessed; a party's, the average of its scores over all commitments; that of a
    domain, a year or overall, the average over the commitments' scores. Source: G20 Research Group, Compliance Coding Manual.
    """
    with reading(engine) as connection:
        entries = [x for x in promises(connection, parties) if x.assessments]
    scores: dict[str, list[float]] = defaultdict(list)
    counted: dict[str, int] = defaultdict(int)
    for x in entries:
        mean = fmean(a.score for a in x.assessments)
        if by == "party":
            for a in x.assessments:
                scores[a.party].append(a.score)
                counted[a.party] += 1
            continue
        groups = x.domains or ("none",) if by == "domain" else (x.day[:4] if x.day else "undated",) if by == "period" else ("all",)
        for group in groups:
            scores[group].append(mean)
            counted[group] += len(x.assessments)
    return [
        ComplianceRow(group, len(found), counted[group], round(fmean(found), 4), round(50 * (fmean(found) + 1), 1))
        for group, found in sorted(scores.items())
    ]
