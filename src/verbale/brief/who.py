"""Who is who: people of a record as a brief can name them, and nobody whom it is not sure of."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from verbale.findings import Delegate, Speaker
from verbale.record.extract import Extract
from verbale.record.names import is_full, likeness, name_words
from verbale.record.people import PersonEntry
from verbale.vocabulary import offices
from verbale.vocabulary.lexicon import tokens

_FAR_MORE = 20
"""How much more often one of two people of one family name must be seen to be meant where the name leaves it open."""

_RARE = 0.05  # share of all times a person is seen in an office under which the office is taken for a slip of the reading

_PARTICLES = frozenset(("de", "von", "van", "der", "da", "dos", "del", "bin", "al", "el"))
_NOT_IN_OFFICE = ("former", "nominee", "late")
_HANGING = frozenset(("of", "to", "for", "and", "the"))


@dataclass(frozen=True)
class Named:
    """A person as a brief names them."""

    key: str
    name: str
    office: str | None
    party: str


class Directory:
    """The people of some parties, and the offices in which the documents of a brief show them.

    Args:
        people: people of the record.
        extracts: the documents, in which offices are counted.
    """

    def __init__(self, people: Iterable[PersonEntry], extracts: Iterable[Extract]) -> None:
        self._people = {p.key: p for p in people}
        self._offices: dict[str, Counter[str]] = defaultdict(Counter)
        for x in extracts:
            for keys, e in zip(x.delegates, x.reading.engagements, strict=True):
                for key, d in zip(keys, e.delegates, strict=True):
                    self._offices[key][d.office or ""] += 1
        self._families: dict[str, list[PersonEntry]] = defaultdict(list)
        for p in self._people.values():
            if p.party and is_name(p.name):
                for word in {_family(p.name), name_words(p.name)[0]}:
                    self._families[word].append(p)

    def named(self, key: str, found: Delegate | Speaker) -> Named | None:
        """Return the person whom a report names, or None where it is not sure who that is or in which office."""
        person = self._people.get(key)
        party = found.party or (person.party if person else None)
        if party is None:
            return None
        if person is None or person.party != party or not is_name(person.name):
            person = self._most_seen(_family(found.name), party)
        if person is None or self._overshadowed(person):
            return None
        if (found.office or "").lower().startswith(_NOT_IN_OFFICE):
            return None
        if found.office and _twofold(found.office) and self._office(person, found.office) in (None, found.office):
            return Named(person.key, person.name, None, party)  # two offices run together: neither is sure
        office = self._office(person, found.office)
        return None if found.office and office is None else Named(person.key, person.name, office, party)

    def _most_seen(self, family: str, party: str) -> PersonEntry | None:
        """Return the person of a family name who is by far the most often seen."""
        ranked = sorted((p for p in self._families.get(family, []) if p.party == party), key=lambda p: (-_times(p), p.key))
        if not ranked or (len(ranked) > 1 and _times(ranked[0]) < _FAR_MORE * _times(ranked[1])):
            return None
        return ranked[0]

    def _overshadowed(self, person: PersonEntry) -> bool:
        """Tell whether another of the same name, or of the family name on the same side, is so much better known that a slip is likely."""
        return any(
            _times(other) >= _FAR_MORE * _times(person)
            for other in self._families.get(_family(person.name), [])
            if other.key != person.key and (other.party == person.party or likeness(other.name, person.name) >= 0.9)
        )

    def _office(self, person: PersonEntry, found: str | None) -> str | None:
        """Return the office as written where the person is often seen in it, or the usual one that the writing contains."""
        if not found:
            return None
        counted = self._offices[person.key]
        usual = [o for o, n in counted.most_common() if o and n >= _RARE * counted.total()]
        words = set(tokens(found).keys)
        simpler = [o for o in usual if set(tokens(o).keys) < words and counted[o] >= counted[found]]
        office = simpler[0] if simpler else found if found in usual else None
        return _tidy(office) if office else None


def _twofold(office: str) -> bool:
    """Tell whether an office is two run together, such as “vice president and president”: its head word stands twice."""
    words = [w for w in tokens(office).keys if w.isalpha()]
    return bool(words) and words.count(words[-1]) > 1


def _tidy(office: str) -> str:
    words = office.split()
    while words and words[-1] in _HANGING:
        words.pop()
    return " ".join(words)


def _family(name: str) -> str:
    """Return the word of a name that stands for the family: the last."""
    words = name_words(name)
    return words[-1] if words else ""


def _times(person: PersonEntry) -> int:
    return person.engagements + person.statements


@cache
def _titles() -> frozenset[str]:
    return frozenset(w.lower() for o in offices().offices for n in o.names for w in n.split()) - _PARTICLES


def is_name(name: str) -> bool:
    """Tell whether a name can stand in a brief: given and family name, written as names are, without title."""
    words = name.replace("-", " ").split()
    return (
        is_full(name)
        and all(w[:1].isupper() or w in _PARTICLES for w in words)
        and words[0].lower().strip(".") not in _titles()
        and not (len(words[0]) > 2 and words[0].isupper() and words[-1].isupper())
        and "’s" not in name
    )
