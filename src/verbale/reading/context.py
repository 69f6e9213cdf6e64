"""What all the rules look at: a document with its encoding and the words of the vocabularies found in it, each computed once."""

import math
import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from verbale.document import Document, Span
from verbale.findings import Stage
from verbale.intake.publishers import publisher_named, publisher_of
from verbale.reading.concepts import stage_words
from verbale.reading.dates import DateMention, date_mentions
from verbale.reading.encoder import Encoder, Encoding
from verbale.reading.intervals import Intervals
from verbale.reading.layout import ENTITY
from verbale.reading.offices import OfficeMention, joined, office_mentions
from verbale.reading.parties import PartyMention, party_mentions
from verbale.reading.patterns import contact
from verbale.reading.sequences import Ints
from verbale.reading.sequences import spans as tag_spans
from verbale.vocabulary.lexicon import Tokens, tokens

_THE = re.compile(r"(?:the|The)[ \n]+")
_END = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘'(\[A-Z0-9À-ÖØ-Ž—-])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|No|Rs|vs|Lt|Gen|Col|Sen|Gov|Rep|Amb|Hon|Maj|Capt|Adm|Prof|Rev|H\.E|[ap]\.m|[AP]\.M|U\.[A-Z]))$"
)

_OF = re.compile(r"[ \n]of[ \n](?:the[ \n])?$")
_FOR = re.compile(r"[ \n](?:for|to|on)[ \n](?:the[ \n])?$")


class Context:
    """A document as the rules see it."""

    def __init__(self, document: Document, encoder: Encoder, encoding: Encoding) -> None:
        self.document = document
        self.text = document.text
        self.encoder = encoder
        self.encoding = encoding

    @cached_property
    def paths(self) -> dict[str, Ints]:
        """Best tags of the sequence heads."""
        return self.encoder.paths(self.encoding)

    def chance(self, head: str, span: Span) -> float:
        """Mean probability that a yes-or-no head gives to the pieces of a span."""
        first, last = self.encoding.range(span.start, span.end)
        if first >= last:
            return 0.0
        return sum(1 / (1 + math.exp(-x)) for x in self.encoding.heads[head][first:last, 0].tolist()) / (last - first)

    @cached_property
    def words(self) -> Tokens:
        """The text cut into words, once for all vocabularies."""
        return tokens(self.text)

    @cached_property
    def stage_words(self) -> Intervals[Stage]:
        """The words that govern a stage."""
        return Intervals(stage_words(self.words))

    @cached_property
    def all_parties(self) -> list[PartyMention]:
        """Every mention of a country or organisation, doubtful ones too."""
        return party_mentions(self.words)

    @cached_property
    def parties(self) -> list[PartyMention]:
        """Countries and organisations named in the text, in order."""
        return [m for m in self.all_parties if not m.doubtful]

    @cached_property
    def dates(self) -> list[DateMention]:
        """Dates named in the text, resolved against the day of publication."""
        return date_mentions(self.text, self.document.published_on)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the text; a heading or list item is one too."""
        found, start = [], 0
        for m in _END.finditer(self.text):
            if self.text[m.start()] == "." and _ABBREVIATION.search(self.text, max(0, m.start() - 6), m.start()):
                continue
            if self.text[start : m.end()].strip():
                found.append(Span(start, m.end()))
            start = m.end()
        if self.text[start:].strip():
            found.append(Span(start, len(self.text)))
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence(self, at: int) -> Span:
        """The sentence that holds the character `at`."""
        k = bisect_right(self._sentence_starts, at) - 1
        return self.sentences[max(0, k)]

    def sentences_before(self, at: int, many: int) -> list[Span]:
        """The last sentences that end at or before the character `at`, the nearest first."""
        k = bisect_right(self._sentence_starts, at)
        return [s for s in self.sentences[max(0, k - many - 1) : k][::-1] if s.end <= at][:many]

    def paragraph(self, at: int) -> Span:
        """The paragraph that holds the character `at`."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return Span(start, end if end > start else len(self.text))

    @cached_property
    def lead(self) -> Span:
        """The first sentence after the title that tells of a contact; else the first sentence after the title."""
        body = [s for s in self.sentences if s.start >= len(self.document.title)] or self.sentences
        for sentence in body[:6]:
            if contact("contact").search(sentence.exact(self.text)) and self.parties_in(sentence):
                return sentence
        return body[0]

    def is_heading(self, span: Span) -> bool:
        """Tell whether a span stands in the title of the document."""
        return span.end <= len(self.document.title)

    @cached_property
    def speaks_for(self) -> str | None:
        """The party whose government or secretariat publishes the document, or None."""
        known = publisher_of(self.document.url) if self.document.url else None
        if known is None and self.document.publisher:
            known = publisher_named(self.document.publisher)
        return known.party if known else None

    @cached_property
    def offices(self) -> list[OfficeMention]:
        """Offices named in the text: those of the vocabulary and those that the encoder tags, joined where they touch."""
        tagged = [(first, last) for kind, first, last in tag_spans(self.paths["entity"]) if ENTITY[kind] == "office"]
        return joined(office_mentions(self.words), [Span(*self.encoding.characters(t)) for t in tagged])

    def party_away(self, at: int) -> bool:
        """Tell whether the party that ends before `at` is what an office is for, as in "envoy for" a country."""
        found = next((m for end in (at - 1, at) if (m := self._party_ends.get(end))), None)
        return found is not None and bool(_FOR.search(self.text, max(0, found.span.start - 12), found.span.start))

    @cached_property
    def _office_ends(self) -> dict[int, OfficeMention]:
        return {o.span.end: o for o in self.offices if not o.courtesy}

    @cached_property
    def _office_starts(self) -> dict[int, OfficeMention]:
        return {o.span.start: o for o in self.offices if not o.courtesy}

    def office_ending(self, at: int) -> Span | None:
        """The office that ends right before a name at `at`; two joined by "and" are one."""
        if self.party_away(at) and (away := self._party_ends.get(at - 1)):
            purpose = _FOR.search(self.text, max(0, away.span.start - 12), away.span.start)
            if purpose and purpose.start() in self._office_ends:
                return Span(self._office_ends[purpose.start()].span.start, away.span.end)
        for gap in (" ", "\u00a0", "\n", ", ", " – ", ""):
            end = at - len(gap)
            if self.text[end:at] != gap or end not in self._office_ends:
                continue
            span = self._office_ends[end].span
            for joint in (" and ", " & ", ", ", " "):
                before = self._office_ends.get(span.start - len(joint))
                if before is not None and self.text[span.start - len(joint) : span.start] == joint:
                    span = Span(before.span.start, span.end)
                    break
            return span
        return None

    def office_of(self, at: int) -> tuple[Span, str] | None:
        """The office that ends with its country right before a name at `at`, and the country: "the President of Peru, X"."""
        for gap in (" ", ", "):
            party = self._party_ends.get(at - len(gap)) if self.text[at - len(gap) : at] == gap else None
            of = party and _OF.search(self.text, max(0, party.span.start - 9), party.span.start)
            if party is not None and of and (office := self._office_ends.get(of.start())) is not None:
                return office.span, party.id
        return None

    def office_starting(self, at: int) -> Span | None:
        """The office that starts at `at`; two joined by "and" are one."""
        if at not in self._office_starts:
            return None
        span = self._office_starts[at].span
        after = self._office_starts.get(span.end + 5)
        if after is not None and self.text[span.end : span.end + 5] == " and ":
            span = Span(span.start, after.span.end)
        return span

    @cached_property
    def _party_starts(self) -> dict[int, PartyMention]:
        return {m.span.start: m for m in self.parties}

    @cached_property
    def _party_ends(self) -> dict[int, PartyMention]:
        return {m.span.end: m for m in self.parties}

    def party_at(self, at: int) -> PartyMention | None:
        """The party that is named at `at`, an article before it allowed."""
        if the := _THE.match(self.text, at):
            at = the.end()
        return self._party_starts.get(at)

    def party_ending(self, at: int) -> str | None:
        """The party whose name or adjective ends right before `at`, a possessive between allowed."""
        for gap in (" ", "’s ", "'s ", "’ ", "' ", "\n", "-"):
            if self.text[at - len(gap) : at] == gap and (found := self._party_ends.get(at - len(gap))):
                return found.id
        return None

    def adjective_ending(self, at: int) -> str | None:
        """The party whose adjective or possessive ends right before `at`."""
        for gap in ("’s ", "'s ", "’ ", "' ", "’s, ", "'s, ", " "):
            found = self._party_ends.get(at - len(gap)) if self.text[at - len(gap) : at] == gap else None
            if found is not None:
                return found.id if gap != " " or found.form == "demonym" else None
        return None

    @cached_property
    def _party_places(self) -> list[int]:
        return [m.span.start for m in self.parties]

    def parties_in(self, span: Span) -> list[PartyMention]:
        """The parties named inside a span."""
        low, high = bisect_left(self._party_places, span.start), bisect_left(self._party_places, span.end)
        return [m for m in self.parties[low:high] if m.span.end <= span.end]

    def office_over(self, span: Span) -> bool:
        """Tell whether a word belongs to an office or honorific."""
        return span in self._places["offices"]

    def party_over(self, span: Span) -> bool:
        """Tell whether a word belongs to the name of a party."""
        return span in self._places["parties"]

    def date_in(self, span: Span) -> bool:
        """Tell whether a date stands in a span."""
        return span in self._places["dates"]

    def speaks(self, span: Span) -> bool:
        """Tell whether an office in a span is that of a spokesperson."""
        return span in self._places["spokespeople"]

    def is_title_or_party(self, span: Span) -> bool:
        """Tell whether a span lies wholly in an office or in the name of a party."""
        over = [s for kind in ("offices", "parties") for s, _ in self._places[kind].over(span.start, span.end)]
        return any(s.start <= span.start and span.end <= s.end for s in over)

    @cached_property
    def _places(self) -> dict[str, Intervals[None]]:
        found = {
            "offices": [o.span for o in self.offices],
            "parties": [m.span for m in self.parties],
            "dates": [d.span for d in self.dates],
            "spokespeople": [o.span for o in self.offices if o.spokes],
        }
        return {kind: Intervals((s, None) for s in spans) for kind, spans in found.items()}

    def party_of_office(self, office: str) -> str | None:
        """The party that alone has an office of this name ("external affairs minister"), or None."""
        return next((o.party for o in office_mentions(tokens(office)) if o.party), None)
