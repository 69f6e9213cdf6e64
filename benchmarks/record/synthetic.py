"""Invented documents with their readings, as many as are wanted, the same for the same number: to measure the record, not the reader."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from verbale.document import Document, Span
from verbale.findings import (
    Commitment,
    Delegate,
    Domain,
    Engagement,
    Figure,
    Party,
    Place,
    Reading,
    Series,
    Situation,
    Speaker,
    Statement,
    When,
)
from verbale.vocabulary import domains, situations

PARTIES = [
    "US", "IN", "JP", "PH", "GB", "FR", "DE", "IT", "CA", "AU", "BR", "MX", "ZA", "NG", "KE", "EG", "TR", "SA", "AE", "IL",
    "UA", "PL", "RO", "SE", "NO", "FI", "DK", "NL", "BE", "ES", "PT", "GR", "KR", "CN", "VN", "TH", "ID", "MY", "SG", "NZ",
]  # fmt: skip
_GIVEN = [
    "Ana", "Boris", "Chen", "Dalia", "Emil", "Farah", "Goran", "Hana", "Ivo", "Jelena", "Karim", "Lena", "Marek", "Nadia",
    "Omar", "Petra", "Quentin", "Rosa", "Stefan", "Tala",
]  # fmt: skip
_FAMILY = [
    "Abadi", "Berger", "Costa", "Dvorak", "Eriksen", "Fonseca", "Gruber", "Haddad", "Ivanov", "Jansen", "Kowal", "Lindt",
    "Moreau", "Novak", "Okafor", "Popescu", "Rossi", "Sato",
]  # fmt: skip
_SUFFIXES = ("", "son", "ova", "escu", "dze", "sen", "wala", "idis")
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ne",
    "ru",
    "sa",
    "ti",
    "vo",
    "ze",
    "bar",
    "del",
    "fon",
    "gil",
    "hem",
    "jor",
    "pen",
    "qua",
    "rin",
    "sul",
    "tor",
)
WORDS = [f"{a}{b}{c}" for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
"""Words without a sense, the first the most frequent: they stand in a text as often as words of a language do (Zipf)."""
_WEIGHTS = list(accumulate(1 / (rank + 5) for rank in range(len(WORDS))))
_TERM = 4  # years that somebody holds an office
_OFFICES = ("president", "foreign minister", "defence minister", "national security advisor", "ambassador")
_STAGES = ("contested", "delivered", "launched", "advanced", "continued", "explored")
_PLACES = ("Geneva", "Valletta", "Nairobi", "Lima", "Hanoi", "Oslo")
_FIRST = date(1990, 1, 1)


def readings(count: int, seed: int = 1) -> Iterator[Reading]:
    """Give so many readings; the first are the same whatever the number."""
    rng = random.Random(seed)
    subjects, places = list(domains().values()), list(situations().values())
    for i in range(count):
        yield _reading(rng, i, subjects, places)


def person(party: str, office: int, year: int) -> str:
    """Return the name of the holder of an office of a party in a year."""
    n = (PARTIES.index(party) * len(_OFFICES) + office) * 9 + (year - 1990) // _TERM
    return f"{_GIVEN[n % 20]} {_FAMILY[n // 20 % 18]}{_SUFFIXES[n // 360 % 8]}"


class _Writer:
    """Writes a text and remembers where its words stand."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str, after: str = " ") -> Span:
        start = len(self.text)
        self.text += words + after
        return Span(start, start + len(words))


def _reading(rng: random.Random, i: int, subjects: list, places: list) -> Reading:
    one, two = rng.sample(PARTIES[: 8 if rng.random() < 0.3 else len(PARTIES)], 2)
    day = _FIRST + timedelta(days=rng.randrange(12_000))
    office = rng.randrange(len(_OFFICES))
    w = _Writer()
    title = w.put(f"Talks {i} between {one} and {two}", "\n\n")
    who = [Delegate(person(p, office, day.year), _OFFICES[office], p, (w.put(person(p, office, day.year)),)) for p in (one, two)]
    w.put(f"met on {day:%d %B %Y} in")
    place = _PLACES[i % len(_PLACES)]
    where = Place(place, None, (w.put(place, ".\n\n"),))
    series = None
    if i % 5 == 0:
        name = f"{one}–{two} Strategic Dialogue"
        series = Series(name, None, (w.put(name, ".\n\n"),))
    about = []
    for subject in rng.sample(subjects, 4):
        w.put("They spoke of")
        about.append(
            Domain(
                subject.id, subject.label, rng.choice(_STAGES), (w.put(subject.label, " and number " + str(rng.randrange(9999)) + ". "),)
            )
        )
    seen = []
    for region in rng.sample(places, 1):
        w.put("Views were exchanged on")
        seen.append(Situation(region.id, region.label, region.kind, (w.put(region.label, ".\n\n"),)))
    said = []
    for d in (*who, who[0]):
        source = w.put(d.name)
        cue = w.put("said")
        content = w.put(f"that {rng.choice(subjects).label.lower()} would matter in round {rng.randrange(99999)}", ". ")
        said.append(Statement(Speaker(d.name, d.office, d.party), source, cue, (content,), "indirect"))
    promised = []
    for _ in range(2):
        subject = rng.choice(subjects)
        words = w.put(f"will deliver {rng.randrange(2, 999)} units for {subject.label.lower()} by {day.year + 2}", ". ")
        promised.append(Commitment((one, two), (subject.id,), str(day.year + 2), (words,)))
    amount = rng.randrange(1, 10**6)
    figures = (Figure(float(amount), "USD", "=", (w.put(f"${amount}", "."),)),)
    w.put("\n\n" + " ".join(rng.choices(WORDS, cum_weights=_WEIGHTS, k=40)), ".")
    text = w.text
    parties = tuple(Party(p, (title,)) for p in (one, two))
    met = Engagement(
        "dialogue" if series else "meeting", "held", True, parties, When(day.isoformat(), (title,)), where, series, tuple(who), (title,)
    )
    document = Document(text, text.split("\n")[0], day.isoformat(), f"https://talks.example/{i}", f"Ministry of {one}", "en", "json")
    return Reading(document, True, 0.9, (met,), tuple(about), tuple(seen), tuple(said), tuple(promised), figures, "synthetic")
