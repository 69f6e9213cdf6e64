"""What an entry of each vocabulary holds."""

from dataclasses import dataclass
from typing import Literal

from verbale.findings import EngagementKind, Stage

Level = Literal["leader", "minister", "official"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A domain of cooperation, or a region or situation.

    Attributes:
        id: stable slug.
        label: preferred label in English.
        kind: `domain`, `region` or `situation`.
        scope: what counts.
        broader: the heading that a domain stands under; empty for regions and situations.
        terms: surface forms that carry the concept by themselves.
        weak: surface forms that carry it only in the right surroundings.
        after_party: weak forms that are strong right after the name of a party ("U.S.-Japan alliance").
        parties: for a situation about countries, their codes; the name of one is no situation where it is a party to the talks.
        bare: how much the bare name of such a country shows: `strong`, `weak` or `none`.
    """

    id: str
    label: str
    kind: Literal["domain", "region", "situation"]
    scope: str = ""
    broader: str = ""
    terms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    after_party: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    bare: Literal["strong", "weak", "none"] = "none"


@dataclass(frozen=True, slots=True)
class NotConcepts:
    """What holds a term of a concept and means another thing.

    Attributes:
        phrases: fixed phrases ("Munich Security Conference").
        before: words that, with "of" or "for" after them, make a term the name of an office or body ("Minister of Trade").
        after: words that do so from behind ("trade minister").
    """

    phrases: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage of a domain and the words that govern a concept at that stage.

    Attributes:
        id: the stage.
        label: its name.
        definition: what it means.
        verbs: every verb with all its inflections.
        words: nouns, adjectives and fixed phrases.
        weights: how much a word says for the stage by its place in the sentence (`nearest`, `before`, `first`, `inside`, `after`), and
            the `prior` of the stage, as log-odds.
    """

    id: Stage
    label: str
    definition: str
    verbs: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    weights: dict[str, float]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every verb in every inflection, and every other word."""
        return tuple(dict.fromkeys([f for forms in self.verbs.values() for f in forms] + [*self.words]))


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind of engagement, with the words that show it in a headline and in the opening paragraphs."""

    id: EngagementKind
    label: str
    definition: str
    title: tuple[str, ...]
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation or group of states that can be a party.

    Attributes:
        id: the code in a record, such as `ASEAN`.
        label: usual name in English.
        names: names as written.
        bodies: organs and seats that stand for it.
        members: ISO codes of the members, where the membership is fixed.
    """

    id: str
    label: str
    names: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office as written, in lower case.

    Attributes:
        id: the office itself.
        level: leader (of a state, government or organisation), minister, or official.
        names: other spellings and names of the same office.
        title: it also stands straight before a name.
        of: words with "of …", "for …" or "to …" after it belong to it.
        spokes: it speaks for a government without taking part in talks.
        party: code of the one party that has an office of this name.
    """

    id: str
    level: Level
    names: tuple[str, ...] = ()
    title: bool = False
    of: bool = False
    spokes: bool = False
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Titles:
    """The offices, and the words that stand around offices and names.

    Attributes:
        offices: every office.
        prefixes: words before an office that belong to it ("deputy", "acting").
        honorifics: words before a name that are no office ("H.E.", "Dr.").
        ranks: military ranks.
        portfolios: words that name what an office is for ("minister of …").
    """

    offices: tuple[Office, ...]
    prefixes: tuple[str, ...]
    honorifics: tuple[str, ...]
    ranks: tuple[str, ...]
    portfolios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory.

    Attributes:
        id: ISO 3166-1 alpha-2, or `XK` for Kosovo.
        label: short name in English.
        names: every name, official and short.
        adjectives: adjectives and the nationalities that take a regular plural.
        people: nationalities that are nouns only.
        capitals: cities that stand for the government.
        seats: palaces, ministries and streets that stand for the government.
        combining: what stands for it before a hyphen ("Franco-German").
        ambiguous: those of its forms that often mean something else.
        territory: it has no government that takes part in talks of its own.
    """

    id: str
    label: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    combining: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    territory: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What tells whether an ambiguous form means a country in a given document.

    Attributes:
        forms: the ambiguous forms.
        id: the code that they may mean.
        shows: words elsewhere in the document that show that the code is meant.
        denies: words that show that it is not.
        default: what holds when neither or both stand there: `keep`, `doubt` or `drop`.
    """

    forms: frozenset[str]
    id: str
    shows: tuple[str, ...]
    denies: tuple[str, ...]
    default: Literal["keep", "doubt", "drop"]


@dataclass(frozen=True, slots=True)
class CueClass:
    """A class of words that report speech or stance.

    Attributes:
        id: `saying`, `asserting`, `urging`, `promising`, `welcoming`, `criticising` or `denying`.
        label: its name.
        verbs: every verb with all its inflections.
        nouns: nouns that report ("statement", "concern").
        phrases: fixed phrases ("according to").
    """

    id: str
    label: str
    verbs: dict[str, tuple[str, ...]]
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every verb in every inflection, every noun and phrase."""
        return tuple(dict.fromkeys([f for forms in self.verbs.values() for f in forms] + [*self.nouns, *self.phrases]))


@dataclass(frozen=True, slots=True)
class Opening:
    """Words after which a subject of cooperation stands, and the share of the phrases found by them that are subjects."""

    sure: float
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenDomainRules:
    """How subjects that no vocabulary holds are told.

    Attributes:
        openings: what stands before a subject.
        leads: words at the start of a phrase that do not belong to the subject.
        ends: words that end a phrase.
        verbs: words that show that what stands before them is a clause of its own.
        general: nouns that a subject does not end in.
        plain: nouns that name a subject only with another noun before them.
        qualifiers: words that are no such noun, besides those that end as adjectives do.
        acts: verbs that a list of subjects may run into, besides those of cues and stages.
        modifiers: endings of adjectives.
        abstract: endings of single words that name no subject by themselves.
    """

    openings: tuple[Opening, ...]
    leads: frozenset[str]
    ends: frozenset[str]
    verbs: frozenset[str]
    general: frozenset[str]
    plain: frozenset[str]
    qualifiers: frozenset[str]
    acts: frozenset[str]
    modifiers: tuple[str, ...]
    abstract: tuple[str, ...]
