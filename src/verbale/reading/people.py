"""People named in a document: their mentions, fullest name, office and party."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from verbale.document import Span
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.layout import ENTITY
from verbale.reading.patterns import name_run, name_word
from verbale.reading.sequences import softmax
from verbale.reading.sequences import spans as tag_spans
from verbale.vocabulary.lexicon import fold
from verbale.vocabulary.wordings import courtesies

DELEGATE = 0.5  # probability from which a person counts as taking part
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?")
_WORD = re.compile(r"[^\W\d_][\w’'.\-]*")
_OF = re.compile(r"(?:[’']s)?,?[ \n]+(?:of|from)[ \n]+(?:the[ \n]+)?|[ \n]*\((?:the )?")
_APPOSITION = re.compile(r",[ \n]+(?:the[ \n]+|its[ \n]+|his[ \n]+|her[ \n]+|who is (?:the )?)?|[ \n]+as (?:the )?|[ \n]*\(")
_CLAUSE = re.compile(r"[,;]? (?:while|whereas|and on the other)\b|;|, with (?=the )")
_SIDE = re.compile(r"(?:[’']s)?[ \n]+(?:[\w-]+[ \n]+){0,2}?(?:delegation|side|team|contingent|mission)\b", re.I)
_HONORIFIC_BEFORE = re.compile(r"\b(\w+)\.?[ \u00a0]+$")
_FIRST = re.compile(r"(\w+)\.?[ \u00a0]+(?=[A-Z])")
_AWAY = re.compile(r"\b(?:to|for|with|on)\b[ \n]+(?:the[ \n]+)?$", re.I)
_TOKEN = re.compile(r"[^\W_]+")


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


def name_tokens(name: str) -> list[str]:
    """Words of a name that tell people apart: folded, honorifics left out."""
    return [w for w in (fold(t) for t in _TOKEN.findall(name)) if w not in courtesies()]


def people(context: Context) -> list[Person]:
    """Find the people named in a document and join the mentions of each, in order of first mention.

    A mention joins the person whose fullest name holds all its words; two people of one surname stay two when their
    first names disagree.
    """
    mentions = _mentions(context)
    clusters: list[list[Span]] = []
    keys: list[set[str]] = []
    # Fullest names first, so that a bare surname finds its person; among equals the earlier.
    for span in sorted(mentions, key=lambda s: (-len(name_tokens(s.exact(context.text))), s.start)):
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
        name = re.sub(_SUFFIX.pattern + "$", "", cluster[0].exact(context.text))
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


def _mentions(context: Context) -> list[Span]:
    """Places of names: those that the encoder tags, stretched over the whole name, and those that follow an office or honorific."""
    text = context.text
    taken: list[Span] = []

    def take(start: int, end: int) -> None:
        span = _tidy(text, *_stretch(context, start, end))
        if span is None or context.is_title_or_party(span):
            return
        if taken and span.overlaps(taken[-1]):
            span = Span(min(span.start, taken[-1].start), max(span.end, taken[-1].end))
            taken.pop()
        taken.append(span)

    for kind, first, last in tag_spans(context.paths["entity"]):
        if ENTITY[kind] in ("delegate", "person"):
            take(*context.encoding.characters((first, last)))
    tagged = sorted(taken)
    starts = [s.start for s in tagged]
    for office in context.offices:
        after = name_run().match(text, _skip(text, office.span.end))
        if after is None or not office.title or after.start() - office.span.end > 2 or context.is_heading(Span(after.start(), after.end())):
            continue
        k = bisect_left(starts, after.end())
        if k and tagged[k - 1].end > after.start():
            continue
        span = _tidy(text, after.start(), after.end())
        if span is None or context.is_title_or_party(span) or context.parties_in(span) or context.date_in(span):
            continue
        if name_tokens(span.exact(text)):
            taken.append(span)
    return taken


def _stretch(context: Context, start: int, end: int) -> tuple[int, int]:
    """Widen a tagged range over neighbouring words with capitals that belong to the same name.

    Not over words of an office, party or date, not in a title (where every word has a capital), and over the first word of a
    sentence only when the encoder gives it some chance of being a name.
    """
    text = context.text
    if end <= len(context.document.title):
        return start, end
    while (before := name_word("before").search(text, max(0, start - 40), start)) is not None:
        span = Span(before.start(1), before.end(1))
        if not _joins(context, span, before.group(1)):
            break
        start = span.start
    while (after := name_word("after").match(text, end)) is not None:
        span = Span(after.start(1), after.end(1))
        if not _joins(context, span, after.group(1).split()[-1]):
            break
        end = span.end
    return start, end


def _joins(context: Context, span: Span, word: str) -> bool:
    if context.office_over(span) or context.party_over(span) or context.date_in(span) or fold(word) in courtesies():
        return False
    if context.sentence(span.start).start + 1 >= span.start:
        return _chance(span, context, ("delegate", "person")) > 0.1
    return True


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \u00a0":
        at += 1
    return at


def _tidy(text: str, start: int, end: int) -> Span | None:
    """Stretch a tagged range to whole words and a following Jr.; cut a possessive; None when no word with a capital is left."""
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "’'-") and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        end += len(re.match(r"-[\w’'-]+", text[end:]).group())  # type: ignore[union-attr]
    if suffix := _SUFFIX.match(text, end):
        end = suffix.end()
    words = text[start:end]
    for possessive in ("’s", "'s", "’", "'"):
        if words.endswith(possessive):
            end -= len(possessive)
            break
    while start < end and not text[start].isalnum():
        start += 1
    while (first := _FIRST.match(text, start, end)) and fold(first.group(1)) in courtesies():
        start = first.end()
    while end > start and text[end - 1] in " ,;:\n\u00a0":
        end -= 1
    if start >= end or not any(c.isupper() for c in text[start:end]) or not _WORD.search(text[start:end]):
        return None
    return Span(start, end)


def _person(cluster: list[Span], context: Context) -> Person:
    text = context.text
    named = max(cluster, key=lambda s: (len(name_tokens(s.exact(text))), not context.is_heading(s), len(s.exact(text)), -s.start))
    offices: Counter[str] = Counter()
    places: dict[str, Span] = {}
    parties: Counter[str] = Counter()
    for span in cluster:
        for held, place, named_party in _offices(span, context):
            offices[held] += 1
            places.setdefault(held, place)
            if named_party:
                parties[named_party] += 2
        if (of := _OF.match(text, span.end)) and (after := context.party_at(of.end())):
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
        party = next((p for m in cluster if (p := _delegation(m, context))), None)
    chances = sorted((_chance(m, context, ("delegate",)) for m in cluster), reverse=True)
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


def _delegation(span: Span, context: Context) -> str | None:
    """The party whose delegation, side or team the clause of a name is about: "the Kenyan side was led by …"."""
    text = context.text
    sentence = context.sentence(span.start)
    start = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, span.start)), default=sentence.start)
    after = _CLAUSE.search(text, span.end, sentence.end)
    clause = Span(start, after.start() if after else sentence.end)
    return next((m.id for m in context.parties_in(clause) if _SIDE.match(text, m.span.end)), None)


def _chance(span: Span, context: Context, names: tuple[str, ...]) -> float:
    """Mean probability over the pieces of a span that the encoder gives to the tags of `names`, against all other tags."""
    first, last = context.encoding.range(span.start, span.end)
    if first >= last:
        return 0.0
    tags = [t for n in names for t in (1 + 2 * ENTITY.index(n), 2 + 2 * ENTITY.index(n))]
    return float(softmax(context.encoding.heads["entity"][first:last])[:, tags].sum(1).mean())


def _offices(span: Span, context: Context) -> list[tuple[str, Span, str | None]]:
    """Offices that stand beside a name, each with its place and the party that its wording names."""
    text = context.text
    found: list[tuple[str, Span, str | None]] = []
    before = context.office_ending(_before_honorific(text, span.start))
    if before is not None:
        found.append(_office(before, context))
    if (gap := _APPOSITION.match(text, span.end)) is not None:
        at = gap.end()
        own = context.party_at(at)  # "X, Kenya's finance minister" and "X, the Kenyan finance minister"
        if own is not None:
            at = _skip(text, own.span.end + (2 if text[own.span.end : own.span.end + 2] in ("’s", "'s") else 0))
        after = context.office_starting(at)
        if after is not None and not _opens_name(after.end, context):
            office, place, party = _office(after, context)
            found.append((office, place, party or (own.id if own else None)))
    return found


def _opens_name(at: int, context: Context) -> bool:
    """Tell whether a name follows at once: then the office before it is of that name, not of the one before ("President A, Minister B")."""
    name = name_word("after").match(context.text, at)
    return name is not None and _chance(Span(name.start(1), name.end(1)), context, ("delegate", "person")) > 0.3


def _before_honorific(text: str, at: int) -> int:
    """Step back over "Dr." and the like, which stand between an office and a name."""
    while (m := _HONORIFIC_BEFORE.search(text, max(0, at - 16), at)) and fold(m.group(1)) in courtesies():
        at = m.start(1)
    return at


def _office(place: Span, context: Context) -> tuple[str, Span, str | None]:
    """An office as written, lower case, its own country taken off at either end, and the party that the wording names."""
    text = context.text
    start, end = place.start, place.end
    party = context.party_ending(start)
    for mention in context.parties_in(place):
        if _AWAY.search(text[start : mention.span.start]):
            continue  # "ambassador to Japan" acts for someone else
        party = party or mention.id
        if mention.form in ("name", "demonym") and mention.span.start == start:
            start = _skip(text, mention.span.end + (2 if text[mention.span.end : mention.span.end + 2] in ("’s", "'s") else 0))
        elif (
            mention.form == "name"
            and mention.span.end == end
            and (of := re.search(r"[ \n]+of(?:[ \n]+the)?[ \n]+$", text[start : mention.span.start]))
        ):
            end = start + of.start()
    if start >= end:
        start, end = place.start, place.end
    if (of := _OF.match(text, end)) and party is None:
        named = context.party_at(of.end())
        party = named.id if named else None
    office = re.sub(r"\s+", " ", text[start:end]).strip(" ,").lower()
    return re.sub(r"^(?:the|a|an|his|her|its|our)\s+", "", office), Span(start, end), party
