"""Adding documents and renewing readings, in batches that land whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from verbale.document import Document
from verbale.errors import RecordError
from verbale.findings import Reading
from verbale.record import tables as t
from verbale.record.connection import reading, writing
from verbale.record.decisions import carry_over, decided_findings
from verbale.record.rows import Rows, add_reading, document_and_reading, document_values, note, to_document, to_reading
from verbale.record.topics import renew_topics
from verbale.record.words import index_words

Reader = Callable[[Sequence[Document]], Iterable[Reading]]
"""What reads documents: given some, it gives the reading of each in the same order."""

BATCH = 64
"""Documents that are read and stored at a time: what a killed run has to do again at most."""


@dataclass
class Added:
    """What a run of `add` or `reread` did: documents stored or renewed, known already, and refused with the reason."""

    stored: int = 0
    known: int = 0
    refused: list[tuple[Document, str]] = field(default_factory=list)


def read_here(documents: Sequence[Document]) -> Iterator[Reading]:
    """Read documents with the reader that verbale ships, in this process."""
    from verbale.reading import read_document  # noqa: PLC0415 - loads the encoder

    return (read_document(d) for d in documents)


def add(
    engine: Engine,
    items: Iterable[Document | Reading],
    reader: Reader = read_here,
    *,
    batch: int = BATCH,
    progress: Callable[[Added], None] | None = None,
) -> Added:
    """Read and store the documents that the record does not hold yet; a reading is stored as it is.

    Killed at any moment and run again with the same items, it goes on with the batch that it was at. Identities are not renewed here.

    Raises:
        RecordError: the database failed; the batches before are kept.
    """
    done = Added()
    for group in _batched(items, batch):
        wanted: dict[str, Document | Reading] = {}
        for item in group:
            document = item.document if isinstance(item, Reading) else item
            reason = _unfit(document)
            if reason:
                done.refused.append((document, reason))
            elif document.id in wanted:
                done.known += 1
            else:
                wanted[document.id] = item
        with reading(engine) as connection:
            known = _known(connection, wanted)
        fresh = _read([item for key, item in wanted.items() if key not in known], reader)
        done.known += len(wanted) - len(fresh)
        if fresh:
            stored = _store(engine, fresh)
            done.stored += stored
            done.known += len(fresh) - stored
        if progress:
            progress(done)
    return done


def _batched(items: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    iterator = iter(items)
    while group := tuple(islice(iterator, size)):
        yield group


def _unfit(document: Document) -> str | None:
    """Say why a document cannot be kept by a database, or None."""
    if not document.text.strip():
        return "the document has no text"
    if "\x00" in document.text or "\x00" in document.title:
        return "the text holds NUL characters, which databases cannot keep; remove them"
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError:
        return "the text holds half of a surrogate pair, which no database can keep; decode the file again"
    return None


def _known(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of the ids that the record holds."""
    return set(connection.scalars(select(t.DocumentRow.id).where(t.DocumentRow.id.in_(list(ids)))))


def _read(items: Sequence[Document | Reading], reader: Reader) -> list[Reading]:
    """Read those of the items that are documents, keeping the order."""
    documents = [i for i in items if isinstance(i, Document)]
    readings = iter(list(reader(documents)) if documents else [])
    return [next(readings) if isinstance(i, Document) else i for i in items]


def _store(engine: Engine, readings: Sequence[Reading]) -> int:
    """Store readings in one transaction and return how many were not there yet."""
    with writing(engine) as connection:
        # Another program may have stored some while these were read.
        known = _known(connection, [r.document.id for r in readings])
        fresh = [r for r in readings if r.document.id not in known]
        if not fresh:
            return 0
        connection.execute(insert(t.DocumentRow), [document_values(r.document) for r in fresh])
        numbers = _numbers(connection, [r.document.id for r in fresh])
        rows = Rows()
        for r in fresh:
            add_reading(rows, r, numbers[r.document.id])
        rows.insert(connection)
        rows.count_forms(connection)
        index_words(connection, [(numbers[r.document.id], r.document.text) for r in fresh])
        note(connection, "document", numbers.values())
    return len(fresh)


def _numbers(connection: Connection, ids: list[str]) -> dict[str, int]:
    found = connection.execute(select(t.DocumentRow.id, t.DocumentRow.n).where(t.DocumentRow.id.in_(ids)))
    return {row.id: row.n for row in found}


def reread(
    engine: Engine,
    reader: Reader = read_here,
    *,
    but: str | None = None,
    batch: int = BATCH,
    progress: Callable[[Added], None] | None = None,
) -> Added:
    """Read every document again and renew its findings; what people decided stays, and follows the finding it is about.

    Args:
        engine: the record.
        reader: what reads.
        but: version of a reader whose readings are left alone, so that an interrupted run goes on where it stopped.
        batch: documents at a time.
        progress: told after every batch.

    Raises:
        RecordError: the database failed; the batches before are kept.
    """
    done, last = Added(), 0
    while True:
        with reading(engine) as connection:
            query = select(t.DocumentRow.__table__).join(t.ReadingRow, t.ReadingRow.document == t.DocumentRow.n)
            if but is not None:
                query = query.where(t.ReadingRow.reader != but)
            found = list(connection.execute(query.where(t.DocumentRow.n > last).order_by(t.DocumentRow.n).limit(batch)))
        if not found:
            return done
        last = found[-1].n
        readings = list(reader([to_document(row) for row in found]))
        with writing(engine) as connection:
            rows = Rows()
            decided = {row.n: decided_findings(connection, row.n) for row in found}
            numbers = [row.n for row in found]
            note(connection, "seen", forms_of(connection, numbers))
            note(connection, "engagement", neighbours(connection, numbers))
            for row, renewed in zip(found, readings, strict=True):
                if renewed.document.id != row.id:
                    raise RecordError(f"the reader gave a reading of another document than “{row.title}”; nothing of this batch is kept")
                _forget(connection, row.n)
                add_reading(rows, renewed, row.n)
            rows.insert(connection)
            for row in found:
                link_by_hand(connection, row.n)
            for number, before in decided.items():
                carry_over(connection, number, before)
            renew_topics(connection, numbers)
            note(connection, "seen", rows.days)
            note(connection, "document", numbers)
        done.stored += len(found)
        if progress:
            progress(done)


def link_by_hand(connection: Connection, n: int) -> None:
    """Make domains and situations that people added subjects of the engagements that a document exists to report, and the reverse."""
    e, c, s = t.EngagementRow, t.ConceptRow, t.SubjectRow
    engagements = list(connection.execute(select(e.id, e.decision).where(e.document == n, e.principal)))
    concepts = list(connection.execute(select(c.id, c.decision).where(c.document == n)))
    wanted = {(x.id, y.id) for x in engagements for y in concepts if x.decision is not None or y.decision is not None}
    if wanted:
        held = {
            (r.engagement, r.concept)
            for r in connection.execute(select(s.engagement, s.concept).where(s.engagement.in_([x.id for x in engagements])))
        }
        fresh = [{"engagement": a, "concept": b} for a, b in sorted(wanted - held)]
        if fresh:
            connection.execute(insert(s), fresh)


def forms_of(connection: Connection, documents: Sequence[int]) -> set[int]:
    """Return the person forms that are seen in documents."""
    e, g, s = t.EngagementRow, t.DelegateRow, t.StatementRow
    came = select(g.form).join(e, e.id == g.engagement).where(e.document.in_(documents))
    spoke = select(s.form).where(s.document.in_(documents), s.form.is_not(None))
    return {*connection.scalars(came), *connection.scalars(spoke)}


def neighbours(connection: Connection, documents: Sequence[int]) -> set[int]:
    """Return the reports of engagements in documents, and those that they are held to be the same as or different from."""
    e, j = t.EngagementRow, t.JudgementRow
    own = set(connection.scalars(select(e.id).where(e.document.in_(documents))))
    found = set(own)
    for part in (sorted(own)[i : i + 500] for i in range(0, len(own), 500)):
        for one, other in ((j.left, j.right), (j.right, j.left)):
            found |= set(connection.scalars(select(other).where(j.kind == "engagement", one.in_(part))))
    return found


def _forget(connection: Connection, n: int) -> None:
    """Take out what a reader found in a document; what people added stays."""
    tables: Sequence[tuple[Any, Sequence[Any]]] = (
        (t.EngagementRow, (t.SubjectRow.engagement, t.DelegateRow.engagement, t.EngagementPartyRow.engagement)),
        (t.ConceptRow, (t.SubjectRow.concept,)),
        (t.StatementRow, (t.TopicRow.statement,)),
        (t.CommitmentRow, (t.CommitmentPartyRow.commitment, t.CommitmentDomainRow.commitment)),
        (t.FigureRow, ()),
    )
    for table, references in tables:
        own = select(table.id).where(table.document == n, table.decision.is_(None)).scalar_subquery()
        for reference in references:
            connection.execute(delete(reference.class_).where(reference.in_(own)))
        connection.execute(delete(table).where(table.document == n, table.decision.is_(None)))
    connection.execute(delete(t.ReadingRow).where(t.ReadingRow.document == n))


def stored_reading(engine: Engine, document: str) -> Reading | None:
    """Return what was read in a document of this id, or None where the record does not hold it."""
    with reading(engine) as connection:
        row = connection.execute(document_and_reading().where(t.DocumentRow.id == document)).first()
        return to_reading(connection, row) if row else None
