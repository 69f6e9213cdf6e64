"""How likely it is that two forms, or two reports of an engagement, are the same: scores with their reasons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from rapidfuzz import fuzz

from verbale.errors import QueryError
from verbale.record.names import likeness
from verbale.vocabulary import countries, files, groups, offices
from verbale.vocabulary.lexicon import Lexicon, tokens

_SLIP = 5  # times that the one is seen more often than the other
_SELDOM = 2  # times that office and party may both be slips

SAME, UNSURE = 0.80, 0.60
"""Scores from which two are judged the same, and from which it is at least noted that they may be."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 to 1, negative for two that cannot be the same, and why."""

    score: float
    why: str

    @property
    def verdict(self) -> str:
        """What the score says: same, unsure or different."""
        return "same" if self.score >= SAME else "unsure" if self.score >= UNSURE else "different"


# ── people ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person as named somewhere, with the first and last day on which the name is seen and how often."""

    id: int
    name: str
    office: str | None
    party: str | None
    first: str | None = None
    last: str | None = None
    times: int = 1


def people_alike(a: PersonSeen, b: PersonSeen) -> Likeness:
    """Compare two people as named: names first, then party, then whether one person can have held both offices.

    Two names that agree in two words and act for one party are one person, unless they hold two offices that one person cannot hold
    in the same time, or more than once two offices for two countries: then they are different. The same name in the same office for
    two countries is one person where one of the two is seen far more often: the other is a slip of the reader.
    """
    named = likeness(a.name, b.name)
    if a.party and b.party and a.party != b.party:
        other = _international(a.party) or _international(b.party)
        agree = a.office and b.office and same_office(a.office, b.office)
        if named >= 0.95 and _slip(a, b) and (agree or (named >= 0.98 and min(a.times, b.times) <= _SELDOM)):
            return Likeness(0.84, f"names {named:.2f}; {a.party} or {b.party} is a slip")
        if named < 0.95 or not other:
            apart = a.office and b.office and not same_office(a.office, b.office) and min(a.times, b.times) > 2 and not _slip(a, b)
            score = -1.0 if named >= 0.9 and apart else min(named, 0.5)
            return Likeness(score, f"names {named:.2f}, but parties {a.party} and {b.party}")
    if named < 0.9:
        return Likeness(named * 0.9, f"names {named:.2f}")
    if conflict(a, b):
        return Likeness(-1.0, f"names {named:.2f}, but two offices in one time: {a.office} and {b.office}")
    if not (a.party and b.party) or a.party != b.party:
        # Of several that it may be, the one that is seen most often.
        usual = min(4, len(str(a.times * b.times)))
        return Likeness(round(named - 0.09 + 0.003 * usual, 3), f"names {named:.2f}, party of one unknown or an organisation's")
    return Likeness(named, f"names {named:.2f}, both {a.party}")


def _slip(a: PersonSeen, b: PersonSeen) -> bool:
    """Tell whether one of two is seen so seldom beside the other that its party may be read wrongly."""
    return max(a.times, b.times) >= _SLIP * min(a.times, b.times)


def conflict(a: PersonSeen, b: PersonSeen) -> bool:
    """Tell whether the two hold offices that one person cannot hold at once, in periods that lie within one another."""
    left, right = a.office or "", b.office or ""
    if not left or not right or same_office(left, right):
        return False
    if not (a.first and a.last and b.first and b.last):
        return False
    interleaved = a.first <= b.last and b.first <= a.last
    return interleaved and office_rank(left) != office_rank(right) and 0 not in (office_rank(left), office_rank(right))


@lru_cache(maxsize=1 << 14)
def office_rank(office: str) -> int:
    """Return 2 for an office of leaders, 1 for one of ministers, 0 for others, which go together with any."""
    for whole in (office, re.split(r" (?:of|for) ", office)[0]):
        level = _levels().get(" ".join(tokens(whole).keys))
        if level is not None:
            return 2 if level == "leader" else 1 if level == "minister" else 0
    return 0


def is_office(words: str) -> bool:
    """Tell whether words are the name of an office."""
    return " ".join(tokens(words).keys) in _levels()


def level(people: Iterable[tuple[str | None, str | None]]) -> int | None:
    """Return at what level people meet, given as party and office: the lowest of the highest ranks of the parties, as `office_rank` counts.

    None where no office is known.
    """
    best: dict[str | None, int] = {}
    for party, office in people:
        if office:
            best[party] = max(best.get(party, 0), office_rank(office))
    return min(best.values(), default=None)


@cache
def _levels() -> dict[str, str]:
    return {" ".join(tokens(n).keys): o.level for o in offices().offices for n in (o.id, *o.names)}


@lru_cache(maxsize=1 << 14)
def same_office(a: str, b: str) -> bool:
    """Tell whether two offices as written are one, or one of them a part of the other."""
    left, right = (frozenset(w for w in tokens(o).keys if len(w) > 3 or w not in _series_words("filling")) for o in (a, b))
    spelt = {"defence": "defense", "affairs": "", "external": "foreign", "premier": "prime"}
    left, right = (frozenset(spelt.get(w, w) for w in words) - {""} for words in (left, right))
    return left <= right or right <= left or fuzz.token_sort_ratio(a, b) >= 90


@lru_cache(maxsize=1 << 10)
def _international(party: str) -> bool:
    return party not in countries()


# ── series ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)|(?:19|20)\d\d")


@cache
def _series_words(kind: str) -> frozenset[str]:
    """Return a list of vocabulary/series.yaml: `edition`, `filling` or `any`."""
    raw = files.read("series.yaml")
    return frozenset(files.texts(raw.get(kind) if isinstance(raw, dict) else None, f"series.yaml: {kind}"))


@lru_cache(maxsize=1)
def _party_names() -> Lexicon[str]:
    pairs = [(n, c.id) for c in countries().values() for n in (c.label, *c.names, *c.adjectives, *c.combining) if n]
    pairs += [(n, g.id) for g in groups().values() for n in (g.id, g.label, *g.names) if len(g.id) > 2 or n != g.id]
    pairs += [("=EU", "EU"), ("=UN", "UN"), ("=US", "US"), ("=U.S.", "US"), ("=UK", "GB"), ("=U.K.", "GB")]
    return Lexicon(pairs, case="capital")


@lru_cache(maxsize=1 << 12)
def series_core(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what names a series apart from its edition and parties, as sorted words, and the parties that its name holds."""
    words = tokens(name)
    matches = _party_names().find(words)
    taken = {i for m in matches for i in range(m.first, m.last + 1)}
    rest = [k for i, k in enumerate(words.keys) if i not in taken and not _NUMBER.fullmatch(k)]
    kept = [w for w in rest if w not in _series_words("filling") and w not in _series_words("edition")]
    if "summit" in kept:  # a summit is one of leaders
        kept = [w for w in kept if w not in ("leaders", "leader")]
    core = tuple(sorted(kept))
    return core, frozenset(m.payload for m in matches)


def series_alike(a: tuple[str, str], b: tuple[str, str]) -> Likeness:
    """Compare two series, each a name and the parties between which it is named: the parties agree, and the rest of the names does."""
    (left, named_left), (right, named_right) = series_core(a[0]), series_core(b[0])
    between_left, between_right = frozenset(a[1].split()) | named_left, frozenset(b[1].split()) | named_right
    if between_left and between_right and not (between_left <= between_right or between_right <= between_left):
        return Likeness(0.0, "between other parties")
    shared_by_all = not a[1] or not b[1]
    if not left or not right:
        return Likeness(0.0, "a name that tells nothing")
    if not (set(left) - _series_words("any") and set(right) - _series_words("any")) and (between_left != between_right or not between_left):
        return Likeness(0.5, "names that any talks could have, and other parties")
    score = fuzz.token_sort_ratio(" ".join(left), " ".join(right)) / 100
    contained = set(left) <= set(right) or set(right) <= set(left)
    if contained and min(len(left), len(right)) > 1 and not shared_by_all:
        score = max(score, 0.88)
    if score < 0.88:
        return Likeness(score * 0.8, f"names {score:.2f}")
    return Likeness(round(score - (0.05 if between_left != between_right else 0.0), 3), f"names {score:.2f} without parties and edition")


# ── engagements ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EngagementSeen:
    """An engagement as one document reports it; people (each with the party acted for) and series are those of the record.

    `leads` are the people named first for each party. `reported` is true where `day` is that of publication, because the document
    names no date for what it exists to report.
    """

    id: int
    document: int
    kind: str
    status: str
    parties: frozenset[str]
    day: str | None
    place: str | None
    country: str | None
    series: int | None
    reported: bool = False
    people: frozenset[tuple[str | None, int]] = field(default_factory=frozenset)
    leads: frozenset[tuple[str | None, int]] = field(default_factory=frozenset)

    def of(self, party: str) -> set[int]:
        """Return the people who acted for a party."""
        return {person for side, person in self.people if side == party}


_TOGETHER = (
    frozenset(("meeting", "visit", "dialogue", "summit", "signing", "statement")),
    frozenset(("call", "meeting", "dialogue", "summit", "statement")),  # a meeting may be virtual
)


def engagements_alike(a: EngagementSeen, b: EngagementSeen) -> Likeness:
    """Compare two reports of an engagement on date, parties, people, series, kind and place.

    Who met decides: where both name people for a party and none is common, they are different engagements, whatever the day.
    """
    if a.document == b.document:
        return Likeness(-1.0, "told apart by one document")
    days = days_apart(a.day, b.day)
    shared, every = a.parties & b.parties, a.parties | b.parties
    if days is None or days > 3 or not shared:
        return Likeness(0.0, "other date or parties")
    agreement = len(shared) / len(every)
    small = min(len(a.parties), len(b.parties)) <= 2
    if agreement < (1.0 if small else 0.6):
        return Likeness(0.4 * agreement, f"parties agree to {agreement:.2f}")
    if not any(a.kind in kinds and b.kind in kinds for kinds in _TOGETHER):
        return Likeness(0.3, f"a {a.kind} and a {b.kind}")
    precise = len(a.day or "") >= 10 and len(b.day or "") >= 10 and not (a.reported or b.reported)
    if not precise:
        score, why = 0.35, ["dates agree as far as they go"]
    elif days == 0:
        score, why = 0.55, ["same day"]
    else:
        # Two days are two engagements, but for late reports, the dates of other time zones and plans that were changed.
        score, why = 0.30 - 0.10 * (days - 1), [f"{days} days apart"]
    planned = "planned" in (a.status, b.status)
    sides = [(a.of(party), b.of(party)) for party in sorted(shared)]
    met = sum(bool(left & right) for left, right in sides)
    others = sum(bool(left and right and not left & right) for left, right in sides)
    # A plan does not yet know everybody, and of many parties one may be read wrongly.
    if others > (met if planned or len(shared) > 2 else 0):
        return Likeness(-1.0, "other people for one of the parties")
    if met:
        score += 0.30 if met > 1 else 0.0  # a leader meets several people of one party on one day
        why.append(f"the same people for {met} of the parties")
        if not planned and len(a.parties) == 2 and any(_other_lead(a, b, party) for party in shared):
            score -= 0.25
            why.append("others named first")
    elif a.people and b.people and not {p for _, p in a.people} & {p for _, p in b.people}:
        return Likeness(-1.0, "other people")
    if a.kind == b.kind:
        score += 0.15
        why.append(f"both a {a.kind}")
    elif "visit" in (a.kind, b.kind) or "statement" in (a.kind, b.kind) or "signing" in (a.kind, b.kind):
        score -= 0.05
    if a.series is not None and b.series is not None:
        score += 0.3 if a.series == b.series else -0.5
        why.append("one series" if a.series == b.series else "two series")
    if a.place and b.place:
        same = fuzz.partial_ratio(a.place.lower(), b.place.lower()) >= 85
        apart = a.country and b.country and a.country != b.country
        score += 0.05 if same else -0.3 if apart else 0.0
        why.append("one place" if same else "two places")
    if len(shared) > 2:
        score += 0.1
    one_day = days == 0 and len(a.day or "") >= 10 and len(b.day or "") >= 10
    one_series = a.series is None or b.series is None or a.series == b.series
    if one_day and one_series and agreement == 1.0 and not (a.people and b.people) and {a.kind, b.kind} != {"call", "meeting"}:
        score = max(score, SAME)
        why.append("nobody named in one of them")
    return Likeness(round(max(0.0, min(score, 1.0)), 3), ", ".join(why))


def _other_lead(a: EngagementSeen, b: EngagementSeen, party: str) -> bool:
    """Tell whether two reports name other people first for a party."""
    left, right = ({person for side, person in x.leads if side == party} for x in (a, b))
    return bool(left) and bool(right) and not left & right


@lru_cache(maxsize=1 << 16)
def period(day: str) -> tuple[date, date] | None:
    """Return the first and last day that an ISO 8601 date, month or year can mean."""
    try:
        if len(day) == 4:
            return date(int(day), 1, 1), date(int(day), 12, 31)
        if len(day) == 7:
            first = date(int(day[:4]), int(day[5:7]), 1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        only = date.fromisoformat(day[:10])
    except ValueError:
        return None
    return only, only


def bounds(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day between two dates that may each be a day, a month or a year.

    Raises:
        QueryError: one of them is no date.
    """
    found = [(written, period(written) if written else None) for written in (since, until)]
    for written, known in found:
        if written and known is None:
            raise QueryError(f"“{written}” is not a date; write 2023, 2023-05 or 2023-05-01")
    first, last = found[0][1], found[1][1]
    return first[0].isoformat() if first else None, last[1].isoformat() if last else None


def days_apart(a: str | None, b: str | None) -> int | None:
    """Return the least number of days between two dates as precise as they are, or None where one is not known."""
    left, right = period(a) if a else None, period(b) if b else None
    if left is None or right is None:
        return None
    return max(0, (right[0] - left[1]).days, (left[0] - right[1]).days)
