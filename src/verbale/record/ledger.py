"""The ledger: every domain and situation between parties, engagement by engagement, and what is new, resumed, moved or dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from sqlalchemy import Connection, select

from verbale.errors import UnknownNameError, VocabularyError
from verbale.record import tables as t
from verbale.record.answers import Source
from verbale.record.engagements import EngagementEntry, Subject, in_time, timeline, within
from verbale.record.keys import shown
from verbale.record.likeness import bounds, period
from verbale.vocabulary import files
from verbale.vocabulary.lexicon import Lexicon

News = Literal["new", "resumed", "moved", "held", "dropped"]

SILENCE = 365
"""Days without a word after which a domain that comes up again counts as resumed."""

_NEAR = 60  # characters before and after a concept within which a word of novelty is about it
_SENTENCE_END = re.compile(r"[.!?]”?\s|\n")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A domain or situation in one engagement.

    `news` is `new` (never before between these parties in this record), `resumed` (before, but silent for the stated time), `moved`
    (its stage is another than last time), `held` (as last time) or `dropped` (in the previous edition of the series, not in this one:
    then the stage and sources are those of last time). `before` and `stage_before` tell of the last time; `called` is what the
    sources themselves call it: `new`, `resumed` or nothing.
    """

    concept: str
    label: str
    kind: str
    news: News
    stage: str | None
    stage_before: str | None
    before: str | None
    called: str | None
    engagement: str
    day: str | None
    engagement_kind: str
    series: str | None
    sources: tuple[Source, ...]


def ledger(
    connection: Connection,
    parties: Sequence[str],
    *,
    silence: int = SILENCE,
    since: str | None = None,
    until: str | None = None,
    only: bool = False,
) -> list[LedgerRow]:
    """Return the ledger between parties, in the order of the engagements; what came before `since` still counts as before."""
    low, _ = bounds(since, None)
    entries = timeline(connection, parties, until=until, only=only)
    wanted = [e for e in entries if low is None or within(_on(e), since, None)]
    return _walk(connection, entries, wanted, silence)


def _walk(connection: Connection, entries: Sequence[EngagementEntry], wanted: Sequence[EngagementEntry], silence: int) -> list[LedgerRow]:
    """Go through engagements in the order of time and say of every subject of those wanted how it stands to the last time."""
    texts = _texts(connection, wanted)
    asked = {e.cluster for e in wanted}
    rows: list[LedgerRow] = []
    last: dict[str, tuple[EngagementEntry, Subject]] = {}
    editions: dict[str, EngagementEntry] = {}
    for entry in sorted(entries, key=in_time):
        if entry.cluster in asked:
            rows += [_row(entry, s, last.get(s.concept), silence, texts) for s in entry.subjects]
        if entry.series_key and entry.subjects:
            previous = editions.get(entry.series_key)
            if previous and entry.cluster in asked:
                rows += _dropped(previous, entry)
            editions[entry.series_key] = entry
        last.update({s.concept: (entry, s) for s in entry.subjects})
    return rows


def news_in(connection: Connection, parties: Sequence[str], cluster: int, *, silence: int = SILENCE) -> list[LedgerRow]:
    """Return the rows of one engagement: what is new in it, resumed, moved, held, and dropped since the edition before.

    Raises:
        UnknownNameError: the parties do not take part in the engagement.
    """
    entries = timeline(connection, parties)
    wanted = [e for e in entries if e.cluster == cluster]
    if not wanted:
        names = " and ".join(parties)
        raise UnknownNameError(f"{names} do not both take part in the engagement {shown(cluster)}; `verbale timeline` lists theirs")
    order = {"new": 0, "resumed": 1, "moved": 2, "held": 3, "dropped": 4}
    return sorted(_walk(connection, entries, wanted, silence), key=lambda r: (order[r.news], r.kind != "domain", r.concept))


def _on(entry: EngagementEntry) -> str | None:
    """Return when an engagement took place, or was first reported where that is not known."""
    return entry.day or entry.reported


def _row(
    entry: EngagementEntry, subject: Subject, last: tuple[EngagementEntry, Subject] | None, silence: int, texts: dict[str, str]
) -> LedgerRow:
    news: News = "new"
    if last is not None:
        news = "held"
        if _silent(_on(last[0]), _on(entry)) > timedelta(days=silence):
            news = "resumed"
        elif subject.kind == "domain" and subject.stage != last[1].stage:
            news = "moved"
    return LedgerRow(
        subject.concept, subject.label, subject.kind, news, subject.stage, last[1].stage if last else None, _on(last[0]) if last else None,
        _called(subject, texts), entry.key, _on(entry), entry.kind, entry.series, subject.sources,
    )  # fmt: skip


def _dropped(previous: EngagementEntry, entry: EngagementEntry) -> list[LedgerRow]:
    """Return what stood in the edition before and does not stand in this one."""
    here = {s.concept for s in entry.subjects}
    return [
        LedgerRow(
            s.concept,
            s.label,
            s.kind,
            "dropped",
            s.stage,
            s.stage,
            _on(previous),
            None,
            entry.key,
            _on(entry),
            entry.kind,
            entry.series,
            s.sources,
        )
        for s in previous.subjects
        if s.concept not in here
    ]


def _silent(before: str | None, day: str | None) -> timedelta:
    """Return how long it was certainly silent between two dates."""
    first, second = period(before) if before else None, period(day) if day else None
    return second[0] - first[1] if first and second else timedelta(0)


def _texts(connection: Connection, entries: Sequence[EngagementEntry]) -> dict[str, str]:
    """Return the texts of all sources of the subjects."""
    ids = sorted({s.document for e in entries for subject in e.subjects for s in subject.sources})
    found: dict[str, str] = {}
    for i in range(0, len(ids), 500):
        rows = connection.execute(select(t.DocumentRow.id, t.DocumentRow.text).where(t.DocumentRow.id.in_(ids[i : i + 500])))
        found.update({row.id: row.text for row in rows})
    return found


@cache
def _novelty() -> Lexicon[str]:
    raw = files.read("novelty.yaml")
    if not isinstance(raw, dict):
        raise VocabularyError("novelty.yaml must hold the lists `new` and `resumed`")
    return Lexicon([(form, kind) for kind in ("new", "resumed") for form in files.texts(raw.get(kind), f"novelty.yaml: {kind}")])


def _called(subject: Subject, texts: dict[str, str]) -> str | None:
    """Return what the sources call it, by the words close to it in its sentence."""
    for source in subject.sources:
        text = texts[source.document]
        for span in source.spans:
            low, high = max(0, span.start - _NEAR), span.end + _NEAR
            start = max((m.end() for m in _SENTENCE_END.finditer(text, low, span.start)), default=low)
            end = _SENTENCE_END.search(text, span.end, high)
            near = text[start : end.start() if end else high]
            for match in _novelty().iter(near):
                return match.payload
    return None
