"""People named in a document: the mentions of each joined, with fullest name, office and party."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from verbale.document import Span
from verbale.reading.affiliation import OF, delegation, described, offices_beside
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.mentions import SUFFIX, mentions, name_chance, name_tokens

DELEGATE = 0.5  # probability from which a person counts as taking part


@dataclass(frozen=True)
class Person:
    """One person of the document.

    Attributes:
        name: the fullest name that the document gives.
        office: the office as written, lower case, without the country.
        party: code of the government or organisation acted for.
        mentions: every place where the name stands.
        named: place of the fullest name.
        delegate: how likely the person takes part in the talks.
        titles: the offices under which the person is mentioned, lower case.
        office_span: place of the office.
        spokes: the office is to speak for a government, without taking part in talks.
        features: the numbers by which `delegate` is reckoned.
    """

    name: str
    office: str | None
    party: str | None
    mentions: tuple[Span, ...]
    named: Span
    delegate: float
    titles: frozenset[str]
    office_span: Span | None = None
    spokes: bool = False
    features: Mapping[str, float] = field(default_factory=dict)


def people(context: Context) -> list[Person]:
    """Find the people named in a document and join the mentions of each, in order of first mention.

    A mention joins the person whose fullest name holds all its words; two people of one surname stay two when their
    first names disagree.
    """
    found_at = mentions(context)
    clusters: list[list[Span]] = []
    keys: list[set[str]] = []
    # Fullest names first, so that a bare surname finds its person; among equals the earlier.
    for span in sorted(found_at, key=lambda s: (-len(name_tokens(s.exact(context.text))), s.start)):
        words = name_tokens(span.exact(context.text))
        if not words:
            continue
        home = _home(words, span, clusters, keys, context)
        if home is None:
            clusters.append([span])
            keys.append(set(words))
        else:
            clusters[home].append(span)
    _recall(clusters, context)
    found = [_person(sorted(c), context) for c in clusters]
    return sorted(found, key=lambda p: p.mentions[0])


def _recall(clusters: list[list[Span]], context: Context) -> None:
    """Add the places where the last name of someone named in full stands alone and was passed over: many a name is also that of a city."""
    taken = sorted(s for c in clusters for s in c)
    starts = [s.start for s in taken]
    surnames: dict[str, list[list[Span]]] = {}
    for cluster in clusters:
        name = re.sub(SUFFIX.pattern + "$", "", cluster[0].exact(context.text))
        if " " in name and len(name.split()[-1]) > 3 and name.split()[-1][0].isupper():
            surnames.setdefault(name.split()[-1], []).append(cluster)
    known = {n: c[0] for n, c in surnames.items() if len(c) == 1}
    if not known:
        return
    for m in re.finditer(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b", context.text):
        span = Span(m.start(), m.end())
        k = bisect_left(starts, span.end)
        if not (k and taken[k - 1].end > span.start) and not context.is_heading(span):
            known[m.group()].append(span)


def _home(words: list[str], span: Span, clusters: list[list[Span]], keys: list[set[str]], context: Context) -> int | None:
    """The cluster that a name belongs to: all its words are in the fullest name, the nearest mention before deciding among several."""
    fits = [k for k, key in enumerate(keys) if set(words) <= key]
    if not fits and len(words) > 1:
        # A short and a full form: same last word, first words begin alike.
        for k, cluster in enumerate(clusters):
            other = name_tokens(cluster[0].exact(context.text))
            if other[-1] == words[-1] and other[0][0] == words[0][0] and len(words[-1]) > 2:
                fits.append(k)
    if len(fits) < 2:
        return fits[0] if fits else None
    return min(fits, key=lambda k: min((span.start - m.start) % (1 << 30) for m in clusters[k]))


def _person(cluster: list[Span], context: Context) -> Person:
    text = context.text
    named = max(cluster, key=lambda s: (len(name_tokens(s.exact(text))), not context.is_heading(s), len(s.exact(text)), -s.start))
    offices: Counter[str] = Counter()
    places: dict[str, Span] = {}
    parties: Counter[str] = Counter()
    for span in cluster:
        for held, place, named_party in offices_beside(span, context):
            offices[held] += 1
            places.setdefault(held, place)
            if named_party:
                parties[named_party] += 2
        if (of := OF.match(text, span.end)) and (after := context.party_at(of.end())):
            parties[after.id] += 2
        if (before := context.party_ending(span.start)) is not None and not context.party_away(span.start):
            parties[before] += 1
    # The fullest of the offices counts, but one said of a former post does not.
    current = [o for o in offices if not re.match(r"(?:then|former|late)\b", o)] or list(offices)
    office = max(current, key=lambda o: (len(o.split()), offices[o]), default=None)
    party = parties.most_common(1)[0][0] if parties else None
    if party is None and office is not None:
        party = context.party_of_office(office)
    if party is None:
        party = next((p for m in cluster if not context.is_heading(m) and (p := described(m, context))), None)
    if party is None:
        party = next((p for m in cluster if (p := delegation(m, context))), None)
    chances = sorted((name_chance(m, context, ("delegate",)) for m in cluster), reverse=True)
    features = {
        "mean": logit(float(np.mean(chances))),
        "best": logit(chances[0]),
        "title": float(any(context.is_heading(m) for m in cluster)),
        "lead": float(any(m.start < context.lead.end for m in cluster)),
        "office": float(office is not None),
        "party": float(party is not None),
        "times": math.log1p(len(cluster)),
        "spokes": float(any(context.speaks(place) for place in places.values())),
    }
    return Person(
        name=" ".join(named.exact(text).split()),
        office=office,
        party=party,
        mentions=tuple(cluster),
        named=named,
        delegate=confidence(context.encoder.calibration["delegate"], features),
        features=features,
        titles=frozenset(offices),
        office_span=places.get(office) if office else None,
        spokes=features["spokes"] > 0,
    )
