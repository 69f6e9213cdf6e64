"""Suggestions: the open domains that many readings share, for a person to adopt into the vocabulary."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from verbale.findings import OpenDomain, Reading
from verbale.reading.concepts import domain_candidates, sentence_around


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A subject that the vocabulary lacks.

    Attributes:
        phrase: as it is written most often.
        documents: in how many documents it stands.
        nearest: the ids of the domains nearest to it, the most frequent first.
        example: a sentence with it.
        source: title or address of the document of that sentence.
    """

    phrase: str
    documents: int
    nearest: tuple[str, ...]
    example: str
    source: str


def suggest(readings: Iterable[Reading]) -> list[Suggestion]:
    """Gather the open domains of readings, singular and plural as one, the most frequent first.

    A phrase that the vocabulary holds by now is left out, so that one that was adopted does not come again.
    """
    found: dict[str, list[tuple[Reading, OpenDomain]]] = {}
    for reading in readings:
        for subject in reading.open_domains:
            found.setdefault(subject.phrase.removesuffix("s"), []).append((reading, subject))
    listed = [_suggestion(places) for places in found.values()]
    return sorted((s for s in listed if all(m.weak for m in domain_candidates(s.phrase))), key=lambda s: (-s.documents, s.phrase))


def _suggestion(places: list[tuple[Reading, OpenDomain]]) -> Suggestion:
    reading, first = places[0]
    text = reading.document.text
    forms = Counter(subject.phrase for _, subject in places)
    near = Counter(concept for _, subject in places for concept in subject.nearest)
    return Suggestion(
        forms.most_common(1)[0][0],
        len({r.document.id for r, _ in places}),
        tuple(concept for concept, _ in near.most_common(3)),
        " ".join(sentence_around(text, first.spans[0]).exact(text).split()),
        reading.document.title or reading.document.url or reading.document.id[:12],
    )
