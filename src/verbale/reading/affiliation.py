"""Affiliation: the office and the party that the words beside a name give."""

import re
from dataclasses import dataclass

from verbale.document import Span
from verbale.reading.context import Context
from verbale.reading.mentions import name_chance, skip
from verbale.reading.patterns import contact, name_word, stance_words
from verbale.vocabulary.lexicon import fold
from verbale.vocabulary.wordings import courtesies

OF = re.compile(r"(?:[’']s)?,?[ \n]+(?:of|from)[ \n]+(?:the[ \n]+)?|[ \n]*\((?:the )?")
_APPOSITION = re.compile(r",[ \n]+(?:the[ \n]+|its[ \n]+|his[ \n]+|her[ \n]+|who is (?:the )?)?|[ \n]+as (?:the )?|[ \n]*\(")
_SIDE = re.compile(r"(?:[’']s)?[ \n]+(?:[\w-]+[ \n]+){0,2}?(?:delegation|side|team|contingent|mission)\b", re.I)
_SIDE_OF = re.compile(r"\b(?:delegation|side|team|contingent|mission)[ \n]+(?:of|from)[ \n]+(?:the[ \n]+)?$", re.I)
_DESCRIPTION = re.compile(r"(?P<words>(?:(?!(?:with|by|and|to|for|of|in|on|at|from|as|that)\b)[a-z][a-z-]+ ){0,2}[a-z][a-z-]+,? |)$")
_LEADS = re.compile(r"\b(?:led|leads|leading|headed|heads|heading|represented|representing|for|from|on)\b[^.;]{0,24}$")
_CLAUSE = re.compile(r"[,;]? (?:while|whereas|and on the other)\b|;|, with (?=the )")
_HONORIFIC_BEFORE = re.compile(r"\b(\w+)\.?[ \u00a0]+$")
_AWAY = re.compile(r"\b(?:to|for|with|on)\b[ \n]+(?:the[ \n]+)?$", re.I)


def offices_beside(span: Span, context: Context) -> list[tuple[str, Span, str | None]]:
    """Return the offices that stand beside a name, each with its place and the party that its wording names."""
    text = context.text
    found: list[tuple[str, Span, str | None]] = []
    before = context.office_ending(_before_honorific(text, span.start))
    if before is not None:
        found.append(_office(before, context))
    elif (held := context.office_of(span.start)) is not None:
        found.append((*_office(held[0], context)[:2], held[1]))
    # A comma of a headline stands for "and" as often as before an apposition.
    if not context.is_heading(span) and (gap := _APPOSITION.match(text, span.end)) is not None:
        at = gap.end()
        own = context.party_at(at)  # "X, Kenya's finance minister" and "X, the Kenyan finance minister"
        if own is not None:
            at = skip(text, own.span.end + (2 if text[own.span.end : own.span.end + 2] in ("’s", "'s") else 0))
        after = context.office_starting(at)
        if after is not None and not _opens_name(after.end, context):
            office, place, party = _office(after, context)
            found.append((office, place, party or (own.id if own else None)))
    return found


def _opens_name(at: int, context: Context) -> bool:
    """Tell whether a name follows at once: then the office before it is of that name, not of the one before ("President A, Minister B")."""
    name = name_word("after").match(context.text, at)
    return name is not None and name_chance(Span(name.start(1), name.end(1)), context, ("delegate", "person")) > 0.3


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
            start = skip(text, mention.span.end + (2 if text[mention.span.end : mention.span.end + 2] in ("’s", "'s") else 0))
        elif (
            mention.form == "name"
            and mention.span.end == end
            and (of := re.search(r"[ \n]+of(?:[ \n]+the)?[ \n]+$", text[start : mention.span.start]))
        ):
            end = start + of.start()
    if start >= end:
        start, end = place.start, place.end
    if (of := OF.match(text, end)) and party is None:
        named = context.party_at(of.end())
        party = named.id if named else None
    office = re.sub(r"\s+", " ", text[start:end]).strip(" ,").lower()
    return re.sub(r"^(?:the|a|an|his|her|its|our)\s+", "", office), Span(start, end), party


def delegation(span: Span, context: Context) -> str | None:
    """Return the party whose delegation, side or team a name is listed under.

    "The Kenyan side was led by X", "X led the Kenyan side", "Kenya was represented by V, X; the minister of trade, Y; …".
    """
    text = context.text
    sentence = context.sentence(span.start)
    clause = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, span.start)), default=sentence.start)
    before = _sides(sentence.start, span.start, context)
    if before and before[-1].start >= clause:
        return before[-1].party
    end = _CLAUSE.search(text, span.end, sentence.end)
    for side in _sides(span.end, end.start() if end else sentence.end, context):
        if _LEADS.search(text, span.end, side.start):
            return side.party
    listed = before and text[clause - 1] in "; " and ";" in text[clause - 2 : clause]
    return before[-1].party if listed else None


@dataclass(frozen=True)
class _Side:
    """Where a text names the delegation of a party."""

    start: int
    party: str


def _sides(start: int, end: int, context: Context) -> list[_Side]:
    text = context.text
    inside = context.parties_in(Span(start, end)) if start < end else []
    return [
        _Side(m.span.start, m.id)
        for m in inside
        if _SIDE.match(text, m.span.end) or _SIDE_OF.search(text, max(0, m.span.start - 40), m.span.start)
    ]


def described(span: Span, context: Context) -> str | None:
    """Return the party of a description right before a name that is no known office.

    "Nairobi’s negotiator, X", "his Kenyan counterpart X", "Kenya’s, X".
    """
    text = context.text
    at = _before_honorific(text, span.start)
    office = context.office_ending(at)  # "his Kenyan counterpart, Brigadier X"
    at = office.start if office else at
    found = _DESCRIPTION.search(text, max(0, at - 60), at)
    if found is None:
        return None
    # From the longest description to the shortest: the party stands right before it.
    words = found["words"].split()
    for k in range(len(words) + 1):
        start = at - len(found.group()) + len(" ".join(words[:k])) + (1 if k else 0)
        party = context.adjective_ending(start)
        if party is not None:
            return None if k < len(words) and _is_verb(words[k]) else party
    return None


def _is_verb(word: str) -> bool:
    word = word.strip(" ,")
    return word.endswith("ed") or bool(contact("contact").fullmatch(word)) or bool(stance_words().find(word))
