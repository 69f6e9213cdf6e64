"""Selection: which part of a record is given away."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from verbale.record import Record
from verbale.record.engagements import EngagementEntry
from verbale.record.extract import Extract
from verbale.record.lookup import party_label

_NAMED = 8


@dataclass(frozen=True)
class Selection:
    """A record, or the part of it between parties and dates.

    Documents count by their day of publication, engagements by their own date; with parties only those count in which all of
    them take part, and the documents that report such a one.

    Attributes:
        record: the record.
        parties: codes or names.
        since: first day, month or year.
        until: last day, month or year.
        query: words that a document must hold, in the language of `search`; only the Atom feed asks for them.
    """

    record: Record
    parties: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    query: str = field(default="")

    def documents(self) -> Iterator[Extract]:
        """Give what is held of each document, the earliest first."""
        return self.record.extract(self.parties, since=self.since, until=self.until)

    def codes(self) -> tuple[str, ...]:
        """Return the parties by code."""
        return self.record.party_codes(self.parties)

    def engagements(self) -> list[EngagementEntry]:
        """Return the engagements by date."""
        return list(self.record.every_engagement(self.parties, since=self.since, until=self.until))


def headline(entry: EngagementEntry) -> str:
    """Return what an engagement is called where it has no name of its own: its series or kind, and the parties, eight at most."""
    names = [party_label(p) for p in entry.parties]
    more = f" and {len(names) - _NAMED} others" if len(names) > _NAMED else ""
    return f"{entry.series or entry.kind.capitalize()}: {', '.join(names[:_NAMED])}{more}"


def document_iri(identifier: str) -> str:
    """Return the name of a document for linked data."""
    return f"urn:verbale:document:{identifier}"


def iri(kind: str, key: str) -> str:
    """Return the name of anything else for linked data: `engagement`, `person`, `party`, `finding` or `concept`."""
    return f"urn:verbale:{kind}:{key}"
