"""Browsing: the questions of a person who looks through a record page by page."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from verbale.record import agenda, followup, lookup
from verbale.record import board as board_
from verbale.record import firsts as firsts_
from verbale.record import meeting as meeting_
from verbale.record import queue as queue_
from verbale.record import series as series_
from verbale.record import sheet as sheet_
from verbale.record import spread as spread_
from verbale.record import state as state_
from verbale.record.engagements import EngagementEntry
from verbale.record.tables import CommitmentRow

R = TypeVar("R")


class Browsing:
    """What a record answers a page at a time, the latest first."""

    def _one(self, question: Callable[[Connection], R]) -> R:
        raise NotImplementedError

    def state(self) -> str:
        """Return a short text that changes whenever what the record answers may have changed."""
        return self._one(state_.state)

    def engagements(
        self,
        parties: Sequence[str] = (),
        *,
        person: str | None = None,
        concept: str | None = None,
        series: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
        offset: int = 0,
        latest: bool = True,
    ) -> tuple[list[EngagementEntry], int]:
        """Return a page of engagements, the latest first (or the earliest), and how many there are in all."""

        def question(c: Connection) -> tuple[list[EngagementEntry], int]:
            wanted = _wanted(c, parties, person=person, concept=concept, series_key=series, kind=kind, since=since, until=until)
            return agenda.engagements(c, wanted, limit=limit, offset=offset, latest=latest), agenda.count(c, wanted)

        return self._one(question)

    def days(
        self, parties: Sequence[str] = (), *, kind: str | None = None, since: str | None = None, until: str | None = None
    ) -> dict[str, int]:
        """Return how many engagements there are on each day, month or year that a report gives."""
        return self._one(lambda c: agenda.days(c, _wanted(c, parties, kind=kind, since=since, until=until)))

    def firsts(self, since: str, until: str) -> list[firsts_.First]:
        """Return the domains that first came up between two parties in a period, the latest first."""
        return self._one(lambda c: firsts_.firsts(c, since, until))

    def party_codes(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the codes of parties given by code or name."""
        return self._one(lambda c: lookup.parties(c, names))

    def sheet(self, document: str) -> sheet_.Sheet:
        """Return a document as people left it, with its findings and what was decided about them."""
        return self._one(lambda c: sheet_.sheet(c, lookup.document(c, document)))

    def meeting(self, engagement: str, *, as_of: date | None = None) -> meeting_.Meeting:
        """Return an engagement with what was said and promised in the documents that report it."""
        return self._one(lambda c: meeting_.meeting(c, lookup.engagement(c, engagement), as_of=as_of))

    def queue(self, kind: str | None = None, *, limit: int = 20, offset: int = 0) -> list[queue_.QueueEntry]:
        """Return findings that nobody has decided about, the least sure first."""
        return self._one(lambda c: queue_.queue(c, kind, limit=limit, offset=offset))

    def waiting(self) -> dict[str, int]:
        """Return how many findings of each kind wait for a decision."""
        return self._one(queue_.count)

    def series(self, key: str | None = None) -> list[series_.SeriesEntry]:
        """Return the series of the record, those with most engagements first, or the one of a key."""
        return self._one(lambda c: series_.series(c, [series_.series_cluster(c, key)] if key else ()))

    def concepts(self) -> list[spread_.ConceptEntry]:
        """Return the domains and situations of the record, the most frequent first."""
        return self._one(spread_.concepts)

    def spread(self, concept: str) -> spread_.Spread:
        """Return how a domain or situation is spread over years, stages and parties."""
        return self._one(lambda c: spread_.spread(c, lookup.concept(c, concept) or concept))

    def promise(self, key: str, *, as_of: date | None = None) -> followup.PromiseEntry:
        """Return one promise."""

        def question(c: Connection) -> followup.PromiseEntry:
            return followup.entries(c, [CommitmentRow.id == followup.commitment_key(c, key)], as_of)[0]

        return self._one(question)

    def finding(self, key: str) -> tuple[sheet_.Sheet, sheet_.FindingEntry]:
        """Return a finding by its key, with the sheet of its document."""
        return self._one(lambda c: sheet_.finding(c, key))

    def board(
        self,
        status: followup.Status = "open",
        *,
        parties: Sequence[str] = (),
        domain: str | None = None,
        as_of: date,
        limit: int = 20,
        offset: int = 0,
    ) -> board_.Board:
        """Return a page of promises of a status, the latest first, and how many there are of each."""
        return self._one(
            lambda c: board_.board(c, status, parties=lookup.parties(c, parties), domain=domain, as_of=as_of, limit=limit, offset=offset)
        )


def _wanted(
    connection: Connection,
    parties: Sequence[str],
    *,
    person: str | None = None,
    concept: str | None = None,
    series_key: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> agenda.Wanted:
    return agenda.Wanted(
        lookup.parties(connection, parties),
        tuple(lookup.person(connection, person)) if person else (),
        (lookup.concept(connection, concept) or concept) if concept else None,
        series_.series_cluster(connection, series_key) if series_key else None,
        kind,
        since,
        until,
    )
