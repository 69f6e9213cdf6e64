"""Computed judgements: which forms and which reports of engagements are compared, and what comes of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from verbale.record.likeness import (
    EngagementSeen,
    Likeness,
    PersonSeen,
    conflict,
    days_apart,
    engagements_alike,
    people_alike,
    period,
    same_office,
    series_alike,
    series_core,
    surname_of,
)
from verbale.record.names import is_full, likeness, name_words

Found = tuple[int, int, Likeness]

_CROWD = 60  # forms of one name beyond which each is compared with the most frequent alone
_COMMON = 400  # names that share a beginning: beyond this the beginning tells nothing
_WINDOW = 3  # days
_FAR_MORE = 20


def ordered(a: int, b: int, alike: Likeness) -> Found:
    """Return a pair with the lesser key first."""
    return (a, b, alike) if a < b else (b, a, alike)


def judge_people(seen: Sequence[PersonSeen]) -> Iterator[Found]:
    """Compare the people named by two words or more: forms of one name, and names that may be spellings of one."""
    by_name: dict[tuple[str, ...], list[PersonSeen]] = defaultdict(list)
    for person in seen:
        if is_full(person.name):
            by_name[name_words(person.name)].append(person)
    for forms in by_name.values():
        forms.sort(key=lambda p: (-p.times, p.id))
        pairs = combinations(forms, 2) if len(forms) <= _CROWD else ((forms[0], f) for f in forms[1:])
        yield from _judged(pairs)
    for first, second in _near_names(by_name):
        pairs = ((a, b) for a in by_name[first][:_CROWD] for b in by_name[second][:_CROWD])
        yield from _judged(pairs)


def _judged(pairs: Iterable[tuple[PersonSeen, PersonSeen]]) -> Iterator[Found]:
    for a, b in pairs:
        alike = people_alike(a, b)
        if alike.verdict != "different" or alike.score < 0:
            yield ordered(a.id, b.id, alike)


def _near_names(names: Iterable[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the pairs of different names that may be one: they share a word, its beginning, or all letters."""
    blocks: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(names):
        for word in dict.fromkeys(w[:4] for w in words if len(w) > 2):
            blocks[word].append(words)
        blocks["".join(words)].append(words)
    done: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for block in blocks.values():
        if len(block) > _COMMON:
            continue
        for pair in combinations(block, 2):
            if pair not in done and len(set(pair[0]) | set(pair[1])) < len(pair[0]) + len(pair[1]) + 1:
                done.add(pair)
                if likeness(" ".join(pair[0]), " ".join(pair[1])) >= 0.9:
                    yield pair


def judge_surnames(seen: Sequence[PersonSeen], cluster: dict[int, int]) -> Iterator[Found]:
    """Compare the people named by one word with each other, and with the full names that end or begin with it.

    Where party and office, as far as they are given, fit one person of the record only, or one who is named far more often than all
    others, they are the same; where they fit several, that is noted as unsure.
    """
    times: dict[int, int] = defaultdict(int)
    full: dict[str, list[PersonSeen]] = defaultdict(list)
    short: dict[tuple[str, str | None], list[PersonSeen]] = defaultdict(list)
    for person in sorted(seen, key=lambda p: (-p.times, p.id)):
        times[cluster.get(person.id, person.id)] += person.times
        words = name_words(person.name)
        if is_full(person.name):
            for word in dict.fromkeys((words[-1], words[0])):
                full[word].append(person)
        else:
            short[surname_of(person.name), person.party].append(person)
    for group in short.values():
        yield from _one_word(group)
        for person in group:
            yield from _bearer(person, full.get(surname_of(person.name), ()), cluster, times)


def _one_word(group: Sequence[PersonSeen]) -> Iterator[Found]:
    """Compare people of one word and one party ("Abdullah II", "Pope Francis"): the same where their offices are."""
    for a, b in pairwise(group):
        if a.office and b.office and same_office(a.office, b.office):
            yield ordered(a.id, b.id, Likeness(0.84, f"one name, office and party: {a.office}"))


def _bearer(person: PersonSeen, full: Sequence[PersonSeen], cluster: dict[int, int], times: dict[int, int]) -> Iterator[Found]:
    """Find the person of a full name whom a family name alone means."""
    fits: dict[int, PersonSeen] = {}
    for other in full:
        if _fits(person, other):
            fits.setdefault(cluster.get(other.id, other.id), other)
    known = f"{person.name} of {person.party}" if person.party else person.name
    ranked = sorted(fits, key=lambda c: (-times[c], c))
    if len(fits) > 1 and times[ranked[0]] >= _FAR_MORE * sum(times[c] for c in ranked[1:]):
        yield ordered(person.id, fits[ranked[0]].id, Likeness(0.82, f"by far the most often named {known}"))
    elif len(fits) == 1 and (person.party or person.office):
        yield ordered(person.id, fits[ranked[0]].id, Likeness(0.85, f"the only {known} in this record"))
    else:
        unsure = Likeness(0.6, f"{len(fits)} people may be {known}")
        yield from (ordered(person.id, fits[c].id, unsure) for c in ranked[:5])


def _fits(person: PersonSeen, other: PersonSeen) -> bool:
    """Tell whether a family name with its party and office can mean a person; without a party the office must be the same."""
    if person.office and other.office and not same_office(person.office, other.office):
        return False
    if person.party is None:
        return person.office is None or bool(other.office)
    return other.party == person.party and not conflict(person, other)


def judge_series(seen: Sequence[tuple[int, str, str]]) -> Iterator[Found]:
    """Compare series, each a key, a name and its parties, that share a word of their names."""
    blocks: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for series in sorted(seen):
        for word in dict.fromkeys(series_core(series[1])[0]):
            blocks[word].append(series)
    done: set[tuple[int, int]] = set()
    for block in blocks.values():
        by_parties: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for series in block:
            by_parties[series[2]].append(series)
        everyone = by_parties.pop("", [])
        for some in ([*group, *everyone] for group in (*by_parties.values(), [])):
            for a, b in combinations(some[: _COMMON * 2], 2):
                if (a[0], b[0]) not in done:
                    done.add((a[0], b[0]))
                    alike = series_alike(a[1:], b[1:])
                    if alike.verdict != "different":
                        yield ordered(a[0], b[0], alike)


def judge_engagements(seen: Sequence[EngagementSeen], editions: dict[tuple[int, int], list[int]]) -> Iterator[Found]:
    """Compare reports of engagements of about the same days between the same parties, and editions of a series by number."""
    blocks: dict[object, list[EngagementSeen]] = defaultdict(list)
    for engagement in seen:
        if engagement.day is None or len(engagement.parties) < 2 or (len(engagement.day) < 10 and engagement.series is None):
            continue
        blocks[engagement.parties if len(engagement.parties) == 2 else "many"].append(engagement)
    for block in blocks.values():
        yield from _within_days(block)
    numbered = Likeness(0.9, "one edition of one series")
    by_id = {e.id: e for e in seen}
    for same in editions.values():
        for a, b in pairwise(same):
            near = days_apart(by_id[a].day, by_id[b].day)
            if by_id[a].document != by_id[b].document and (near is None or near <= 31):
                yield ordered(a, b, numbered)


def _within_days(block: list[EngagementSeen]) -> Iterator[Found]:
    """Compare those of a block whose dates may be within the window, walking along the calendar."""
    dated = sorted(((p, e) for e in block if (p := period(e.day or ""))), key=lambda x: (x[0][0], x[1].id))
    for i, ((_, last), a) in enumerate(dated):
        for (first, _), b in dated[i + 1 :]:
            if (first - last).days > _WINDOW:
                break
            alike = engagements_alike(a, b)
            if alike.verdict != "different" or alike.score < 0:
                yield ordered(a.id, b.id, alike)
