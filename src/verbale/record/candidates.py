"""Computed judgements: which forms and which reports of engagements are compared, and what comes of it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from verbale.record.likeness import (
    EngagementSeen,
    Likeness,
    PersonSeen,
    conflict,
    days_apart,
    engagements_alike,
    is_office,
    people_alike,
    period,
    same_office,
    series_alike,
    series_core,
)
from verbale.record.names import family_words, is_full, likeness, name_words, title_of

Found = tuple[int, int, Likeness]

_CROWD = 60  # forms of one name beyond which each is compared with the most frequent alone
_COMMON = 400  # names that share a beginning: beyond this the beginning tells nothing
WINDOW = 3
"""Days between the dates of two reports of one engagement at most."""

EDITION = "one edition of one series"
_FAR_MORE = 10  # times that one is seen more often than all others together
_ONE_WORD_SLIP = 3  # times that one of two of one word is seen more often, where the party of the other is a slip
_SELDOM = 2


def ordered(a: int, b: int, alike: Likeness) -> Found:
    """Return a pair with the lesser key first."""
    return (a, b, alike) if a < b else (b, a, alike)


Name = tuple[str, ...]


def judge_people(seen: Sequence[PersonSeen], among: Container[Name] | None = None) -> Iterator[Found]:
    """Compare the people named by two words or more: forms of one name, and names that may be spellings of one.

    `among`: only those pairs of which one has such a name.
    """
    by_name: dict[tuple[str, ...], list[PersonSeen]] = defaultdict(list)
    for person in seen:
        if is_full(person.name):
            by_name[name_words(person.name)].append(person)
    for name, forms in by_name.items():
        forms.sort(key=lambda p: (-p.times, p.id))
        if among is not None and name not in among:
            continue
        pairs = combinations(forms, 2) if len(forms) <= _CROWD else ((forms[0], f) for f in forms[1:])
        yield from _judged(pairs)
    for first, second in _near_names(by_name, among):
        pairs = ((a, b) for a in by_name[first][:_CROWD] for b in by_name[second][:_CROWD])
        yield from _judged(pairs)


def _judged(pairs: Iterable[tuple[PersonSeen, PersonSeen]]) -> Iterator[Found]:
    for a, b in pairs:
        alike = people_alike(a, b)
        if alike.verdict != "different" or alike.score < 0:
            yield ordered(a.id, b.id, alike)


def _blocks(names: Iterable[Name]) -> dict[str, list[Name]]:
    """Group names by what two that may be one have in common: the beginning of a word, or all letters."""
    blocks: dict[str, list[Name]] = defaultdict(list)
    for words in sorted(names):
        for word in dict.fromkeys(w[:4] for w in words if len(w) > 2):
            blocks[word].append(words)
        blocks["".join(words)].append(words)
    return blocks


def crowded(seen: Iterable[PersonSeen]) -> list[str]:
    """Return the beginnings of names that are too common to tell anything."""
    names = {name_words(p.name) for p in seen if is_full(p.name)}
    return sorted(beginning for beginning, block in _blocks(names).items() if len(block) > _COMMON)


def _near_names(names: Iterable[Name], among: Container[Name] | None) -> Iterator[tuple[Name, Name]]:
    """Give the pairs of different names that may be one."""
    done: set[tuple[Name, Name]] = set()
    for block in _blocks(names).values():
        if len(block) > _COMMON:
            continue
        wanted = block if among is None else [name for name in block if name in among]
        for name in wanted:
            for other in block:
                pair = (name, other) if name < other else (other, name)
                if name != other and pair not in done and len(set(name) | set(other)) < len(name) + len(other) + 1:
                    done.add(pair)
                    if likeness(" ".join(pair[0]), " ".join(pair[1])) >= 0.9:
                        yield pair


def judge_surnames(seen: Sequence[PersonSeen], cluster: dict[int, int], among: Container[str] | None = None) -> Iterator[Found]:
    """Compare the people named by one word with each other, and with the full names that end or begin with it.

    Where party and office, as far as they are given, fit one person of the record only, or one who is named far more often than all
    others, they are the same; where they fit several, that is noted as unsure. `among`: only for people named by such a word.
    """
    times: dict[int, int] = defaultdict(int)
    full: dict[str, list[PersonSeen]] = defaultdict(list)
    short: dict[str, list[PersonSeen]] = defaultdict(list)
    for person in sorted(seen, key=lambda p: (-p.times, p.id)):
        times[cluster.get(person.id, person.id)] += person.times
        if is_full(person.name):
            for word in family_words(person.name):
                full[word].append(person)
        else:
            short[family_words(person.name)[0]].append(person)
    for word, group in short.items():
        if not word or (among is not None and word not in among):
            continue
        yield from _one_word(group)
        for person in group:
            yield from _bearer(person, full.get(word, ()), cluster, times)


def _one_word(group: Sequence[PersonSeen]) -> Iterator[Found]:
    """Compare people of one word ("King Olaf"): the same where their offices are, and their parties unless one is a slip.

    Each is compared with the one before it that is seen most often.
    """
    for i, b in enumerate(group):
        for a in group[:i]:
            agree = a.office and b.office and same_office(a.office, b.office)
            if agree and (a.party == b.party or None in (a.party, b.party) or a.times >= _ONE_WORD_SLIP * b.times):
                yield ordered(a.id, b.id, Likeness(0.84, f"one name and office: {a.office}"))
                break


def _bearer(person: PersonSeen, full: Sequence[PersonSeen], cluster: dict[int, int], times: dict[int, int]) -> Iterator[Found]:
    """Find the person of a full name whom a family name means: of those who hold the office, where one does, else of those who can."""
    known = f"{person.name} of {person.party}" if person.party else person.name
    if person.office is None:
        title = title_of(person.name)
        person = replace(person, office=title if title and is_office(title) else None)
    held = [p for p in full if person.office and p.office and same_office(person.office, p.office)]
    own = [p for p in held if _fits(person, p)]
    others = sum(p.times for p in held) - sum(p.times for p in own)
    if own and sum(p.times for p in own) <= _SELDOM and others >= _FAR_MORE * _SELDOM:
        own = []  # as wrong as the party of this one may be
    if own or not (person.party and held):
        fits, counted = _by_person(own or [p for p in full if _fits(person, p)], cluster)
        if not own:
            counted = {c: times[c] for c in fits}
    else:  # nobody of this party has the office: perhaps somebody of another, when seen so much more often that the party is a slip
        fits, counted = _by_person(held, cluster)
        if max(counted.values()) < (_FAR_MORE if len(fits) > 1 else 2) * person.times:
            return
    ranked = sorted(fits, key=lambda c: (-counted[c], c))
    if len(fits) > 1 and counted[ranked[0]] >= _FAR_MORE * sum(counted[c] for c in ranked[1:]):
        yield ordered(person.id, fits[ranked[0]].id, Likeness(0.82, f"by far the most often named {known}"))
    elif len(fits) == 1 and (person.party or person.office or times[ranked[0]] > person.times):
        yield ordered(person.id, fits[ranked[0]].id, Likeness(0.85, f"the only {known} in this record"))
    else:
        unsure = Likeness(0.6, f"{len(fits)} people may be {known}")
        yield from (ordered(person.id, fits[c].id, unsure) for c in ranked[:5])


def _by_person(forms: Iterable[PersonSeen], cluster: dict[int, int]) -> tuple[dict[int, PersonSeen], dict[int, int]]:
    """Return the first form of each person, and how often their forms are seen."""
    first: dict[int, PersonSeen] = {}
    counted: dict[int, int] = defaultdict(int)
    for form in forms:
        key = cluster.get(form.id, form.id)
        first.setdefault(key, form)
        counted[key] += form.times
    return first, counted


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


def comparable(engagement: EngagementSeen) -> bool:
    """Tell whether a report can be compared by its date: it has one, of a day or of a series, and two parties."""
    return engagement.day is not None and len(engagement.parties) > 1 and (len(engagement.day) >= 10 or engagement.series is not None)


def judge_engagements(seen: Iterable[EngagementSeen], among: Container[int]) -> Iterator[Found]:
    """Compare reports of engagements of about the same days between the same parties, those pairs of which one is `among` some."""
    blocks: dict[object, list[EngagementSeen]] = defaultdict(list)
    for engagement in seen:
        if comparable(engagement):
            blocks[engagement.parties if len(engagement.parties) == 2 else "many"].append(engagement)
    for block in blocks.values():
        yield from _within_days(block, among)


def judge_editions(same: Sequence[EngagementSeen]) -> Iterator[Found]:
    """Compare the reports of one edition of one series, each with the next."""
    for a, b in pairwise(sorted(same, key=lambda e: e.id)):
        near = days_apart(a.day, b.day)
        if a.document != b.document and (near is None or near <= 31):
            yield ordered(a.id, b.id, Likeness(0.9, EDITION))


def _within_days(block: list[EngagementSeen], among: Container[int]) -> Iterator[Found]:
    """Compare those of a block whose dates may be within the window, walking along the calendar."""
    dated = sorted(((p, e) for e in block if (p := period(e.day or ""))), key=lambda x: (x[0][0], x[1].id))
    for i, ((_, last), a) in enumerate(dated):
        for (first, _), b in dated[i + 1 :]:
            if (first - last).days > WINDOW:
                break
            if a.id not in among and b.id not in among:
                continue
            alike = engagements_alike(a, b)
            if alike.verdict != "different" or alike.score < 0:
                yield ordered(a.id, b.id, alike)
