"""Record: the questions as methods that return typed rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection

from verbale.document import Document, Span
from verbale.errors import DecisionError
from verbale.findings import Reading
from verbale.record import accounts as accounts_
from verbale.record import comparison, engagements, followup, identity, lookup, review, statements, store
from verbale.record import evidence as evidence_
from verbale.record import ledger as ledger_
from verbale.record import people as people_
from verbale.record import search as search_
from verbale.record import stats as stats_
from verbale.record.answers import Answer, coverage
from verbale.record.connection import connect, reading
from verbale.record.embedding import Embed, embed_meaning
from verbale.record.judgements import Kind
from verbale.record.keys import key_range
from verbale.record.renewal import renew

R = TypeVar("R")


def open(url: str | Path) -> "Record":
    """Open the record at a path or database URL, and create it where there is none.

    Raises:
        RecordError: it cannot be opened, is no record, or is newer than this program.
    """
    return Record(url)


class Record:
    """A record. Parties are given as code or name, engagements and findings by their keys, documents by id, address or title.

    Every question raises UnknownNameError for a name that the record does not know, with the nearest ones, and RecordError when the
    database fails.

    Args:
        url: path of an SQLite file, or a database URL.
        embed: what embeds passages for comparison and evidence.
    """

    def __init__(self, url: str | Path, embed: Embed = embed_meaning) -> None:
        self._engine = connect(url)
        self._embed = embed

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the database."""
        self._engine.dispose()

    def _ask(self, question: Callable[[Connection], Sequence[R]]) -> Answer[R]:
        """Ask a question over identities that are up to date, and give the rows with the coverage of the record."""
        renew(self._engine)
        with reading(self._engine) as connection:
            return Answer(question(connection), coverage(connection))

    def _one(self, question: Callable[[Connection], R]) -> R:
        renew(self._engine)
        with reading(self._engine) as connection:
            return question(connection)

    # ── storing ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(
        self,
        items: Iterable[Document | Reading],
        reader: store.Reader = store.read_here,
        *,
        batch: int = store.BATCH,
        progress: Callable[[store.Added], None] | None = None,
    ) -> store.Added:
        """Read and store what the record does not hold yet, in batches that land whole or not at all, and renew the identities.

        Killed at any moment and run again, it ends with the same record as a run that was never killed.
        """
        done = store.add(self._engine, items, reader, batch=batch, progress=progress)
        renew(self._engine)
        return done

    def reread(
        self,
        reader: store.Reader = store.read_here,
        *,
        but: str | None = None,
        batch: int = store.BATCH,
        progress: Callable[[store.Added], None] | None = None,
    ) -> store.Added:
        """Read every document again, except those that the reader of version `but` has read; what people decided is kept."""
        done = store.reread(self._engine, reader, but=but, batch=batch, progress=progress)
        renew(self._engine)
        return done

    def reading(self, document: str) -> Reading | None:
        """Return what the reader found in the document of this id, or None."""
        return store.stored_reading(self._engine, document)

    def document_id(self, written: str) -> str:
        """Return the id of a document given by id, the beginning of its id, address or title."""
        return self._one(lambda c: lookup.document_id(c, written))

    def label(self, kind: Kind, key: int) -> str:
        """Return how people recognise a form or a report: its name and where it stands."""
        return self._one(lambda c: identity.label(c, kind, key))

    # ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def timeline(
        self, parties: Sequence[str], *, since: str | None = None, until: str | None = None, kind: str | None = None, only: bool = False
    ) -> Answer[engagements.EngagementEntry]:
        """Return the engagements between parties by date; `only`: in which nobody else took part."""
        return self._ask(lambda c: engagements.timeline(c, lookup.parties(c, parties), since=since, until=until, kind=kind, only=only))

    def engagement(self, key: str) -> engagements.EngagementEntry:
        """Return one engagement."""
        return self._one(lambda c: engagements.load(c, [lookup.engagement(c, key)])[0])

    def ledger(
        self,
        parties: Sequence[str],
        *,
        silence: int = ledger_.SILENCE,
        since: str | None = None,
        until: str | None = None,
        only: bool = False,
    ) -> Answer[ledger_.LedgerRow]:
        """Return every domain and situation between parties by engagement: new, resumed after `silence` days, moved, held or dropped."""
        return self._ask(lambda c: ledger_.ledger(c, lookup.parties(c, parties), silence=silence, since=since, until=until, only=only))

    def new(self, parties: Sequence[str], engagement: str, *, silence: int = ledger_.SILENCE) -> Answer[ledger_.LedgerRow]:
        """Return what is new in one engagement between parties, resumed, moved, held, and dropped since the edition before."""
        return self._ask(lambda c: ledger_.news_in(c, lookup.parties(c, parties), lookup.engagement(c, engagement), silence=silence))

    def compare(self, before: str, after: str) -> comparison.Comparison:
        """Compare two documents passage by passage."""
        return self._one(lambda c: comparison.compare(c, lookup.document(c, before), lookup.document(c, after), self._embed))

    def accounts(self, engagement: str) -> Answer[accounts_.AccountRow]:
        """Return what each account of an engagement mentions, and what only one does."""
        return self._ask(lambda c: accounts_.accounts(c, lookup.engagement(c, engagement), self._embed)[1])

    def said(
        self,
        who: str | None = None,
        *,
        party: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        mode: Literal["direct", "mixed", "indirect"] | None = None,
        limit: int | None = None,
    ) -> Answer[statements.StatementEntry]:
        """Return statements by person, party, subject (a domain or situation by id or name, or words of a search) and date."""
        return self._ask(
            lambda c: statements.said(
                c,
                people=lookup.person(c, who) if who else (),
                party=lookup.party(c, party) if party else None,
                concept=lookup.concept(c, about) if about else None,
                about=about,
                since=since,
                until=until,
                mode=mode,
                limit=limit,
            )
        )

    def promises(
        self,
        parties: Sequence[str] = (),
        *,
        status: followup.Status | None = None,
        domain: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: date | None = None,
    ) -> Answer[followup.PromiseEntry]:
        """Return commitments; `as_of` is the day on which deadlines have passed or not."""
        return self._ask(
            lambda c: followup.promises(c, lookup.parties(c, parties), status=status, domain=domain, since=since, until=until, as_of=as_of)
        )

    def evidence(self, commitment: str, *, limit: int = 10) -> Answer[evidence_.Candidate]:
        """Return passages of later documents that may show what became of a commitment, ranked."""
        return self._ask(lambda c: evidence_.candidates(c, followup.commitment_key(c, commitment), self._embed, limit=limit))

    def compliance(self, by: followup.By | None = None, parties: Sequence[str] = ()) -> list[followup.ComplianceRow]:
        """Return the averages of assessments, overall or by party, domain or period."""
        return followup.compliance(self._engine, by, self._one(lambda c: lookup.parties(c, parties)))

    def search(self, query: str, *, limit: int = 20, offset: int = 0, **filters: Any) -> Answer[search_.Hit]:
        """Return the documents that answer a query, the best first; `filters` are those of `filters`."""
        return self._ask(lambda c: search_.search(c, query, self._filters(c, **filters), limit=limit, offset=offset))

    def facets(self, query: str = "", **filters: Any) -> search_.Facets:
        """Return how the documents that answer a query are spread over parties, concepts, stages, kinds, publishers and years."""
        return self._one(lambda c: search_.facets(c, query, self._filters(c, **filters)))

    @staticmethod
    def _filters(
        connection: Connection,
        *,
        parties: Sequence[str] = (),
        person: str | None = None,
        concepts: Sequence[str] = (),
        stage: str | None = None,
        kind: str | None = None,
        publisher: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> search_.Filters:
        return search_.Filters(
            lookup.parties(connection, parties),
            tuple(lookup.person(connection, person)) if person else (),
            tuple(lookup.concept(connection, c) or c for c in concepts),
            stage,
            kind,
            publisher,
            since,
            until,
        )

    def people(self, who: str | None = None, *, party: str | None = None, limit: int | None = None) -> Answer[people_.PersonEntry]:
        """Return the people of the record, or those that a name can mean, with the offices in which they are seen."""
        return self._ask(
            lambda c: people_.people(
                c, clusters=lookup.person(c, who) if who else (), party=lookup.party(c, party) if party else None, limit=limit
            )
        )

    def network(self, parties: Sequence[str] = (), *, since: str | None = None, until: str | None = None) -> Answer[people_.MeetingCount]:
        """Return who met whom, how often, at what level and in what kind of engagement, by year."""
        return self._ask(lambda c: people_.network(c, lookup.parties(c, parties), since=since, until=until))

    # ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def assess(
        self,
        commitment: str,
        score: int,
        *,
        person: str,
        evidence: Sequence[tuple[str, str | Span]] = (),
        note: str = "",
        party: str | None = None,
    ) -> list[int]:
        """Record a person's score of a commitment; see `followup.assess`."""
        who = self._one(lambda c: lookup.party(c, party)) if party else None
        return followup.assess(self._engine, commitment, score, person=person, evidence=evidence, note=note, party=who)

    def merge(self, kind: Kind, entries: Sequence[str], *, person: str, why: str = "") -> list[int]:
        """Record that these entries, given by key (people also by name), are the same."""
        return identity.merge(self._engine, kind, [self._entry(kind, e) for e in entries], person=person, why=why)

    def split(self, kind: Kind, entries: Sequence[str], *, person: str, why: str = "") -> list[int]:
        """Record that these forms or reports, given by key, are different from everything else that they are joined with."""
        return identity.split(self._engine, kind, [self._entry(kind, e) for e in entries], person=person, why=why)

    def judge(self, kind: Kind, left: str, right: str, verdict: identity.Verdict, *, person: str, why: str = "") -> int:
        """Record what a person judges of two entries: same, different, or unsure; return the number of the judgement."""
        return identity.judge(self._engine, kind, [(self._entry(kind, left), self._entry(kind, right))], verdict, person=person, why=why)[0]

    def why(self, kind: Kind, entry: str) -> list[identity.Judgement]:
        """Return the judgements, computed and of people, that an identity rests on."""
        renew(self._engine)
        return identity.explain(self._engine, kind, self._entry(kind, entry))

    def _entry(self, kind: Kind, written: str) -> int:
        """Return the key of a form or report as written, or of the only person of a name."""
        with reading(self._engine) as connection:
            found = identity.entry(connection, kind, key_range(written.lower())) if _is_key(written) else []
            if not found and kind == "person":
                found = lookup.person(connection, written)
        if len(found) != 1:
            what = "several entries" if found else "no entry"
            raise DecisionError(
                f"there is {what} “{written}” of kind {kind}; give the key as `verbale people` or `verbale timeline` shows it"
            )
        return found[0]

    def accept(self, finding: str, *, person: str, why: str = "") -> int:
        """Record that a finding is right."""
        return review.decide(self._engine, "accept", finding, person=person, why=why)

    def reject(self, finding: str, *, person: str, why: str = "") -> int:
        """Record that a finding is wrong: no answer shows it any more."""
        return review.decide(self._engine, "reject", finding, person=person, why=why)

    def amend(self, finding: str, value: Mapping[str, Any], *, person: str, why: str = "") -> int:
        """Put a finding, as the reading has it in JSON, in place of another."""
        return review.amend(self._engine, finding, value, person=person, why=why)

    def add_finding(self, document: str, kind: review.FindingKind, value: Mapping[str, Any], *, person: str, why: str = "") -> int:
        """Add a finding that the reader missed, as the reading has it in JSON."""
        return review.add_finding_by_hand(self._engine, document, kind, value, person=person, why=why)

    def undo(self, what: Literal["decision", "judgement", "assessment"], number: int, *, person: str, why: str = "") -> None:
        """Take a decision, judgement or assessment back, by a further row."""
        if what == "judgement":
            identity.undo_judgement(self._engine, number, person=person, why=why)
        elif what == "assessment":
            followup.undo_assessment(self._engine, number, person=person, note=why)
        else:
            review.undo_decision(self._engine, number, person=person, why=why)

    def decisions(self) -> list[review.Decision]:
        """Return every decision about findings."""
        return review.decisions(self._engine)

    def corrections(self) -> list[dict[str, Any]]:
        """Return the documents that people corrected in the form of the annotation guidelines, to train a reader on."""
        return [review.gold(r) for r in review.corrected_readings(self._engine)]

    # ── the record itself ──────────────────────────────────────────────────────────────────────────────────────────────────

    def stats(self) -> stats_.Stats:
        """Return the record in numbers."""
        return self._one(stats_.stats)

    def digest(self) -> str:
        """Return a SHA-256 of the content, the same for records that hold the same."""
        return self._one(stats_.digest)

    def sql(self, query: str) -> Iterator[dict[str, Any]]:
        """Run one SQL query that cannot write, and give its rows as they come."""
        renew(self._engine)
        return stats_.sql(self._engine, query)


def _is_key(written: str) -> bool:
    return 4 <= len(written) <= 16 and all(c in "0123456789abcdef" for c in written.lower())
