"""Engagements and what came of them as PLOVER events, one a line of JSON with the columns of POLECAT.

The mapping, after the PLOVER manual (Halterman et al., "PLOVER and POLECAT: A New Political Event Ontology and Dataset", 2023):

- an engagement is CONSULT, its mode from its kind (a call is `phone`, a visit `visit`, more than two parties `multilateral`); a signing
  is SUPPORT;
- a domain that was launched, advanced or delivered is COOPERATE, or AID where help to the other was delivered; one explored, continued
  or contested is no event;
- a commitment is AGREE by each party that is bound, towards the other where there are two;
- a statement whose stance is `criticising` is ACCUSE, one that is `welcoming` SUPPORT, towards nobody; others are no events.

Planned engagements carry the context `future`, earlier ones `historical`, what was not said `negation`.
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import IO, Any

import pycountry

import verbale
from verbale.exchange.selection import Selection
from verbale.record.answers import Source
from verbale.record.engagements import EngagementEntry
from verbale.record.extract import Extract
from verbale.record.lookup import party_label
from verbale.vocabulary import domains

QUAD = {
    "AGREE": "VERBAL COOPERATION",
    "CONSULT": "VERBAL COOPERATION",
    "SUPPORT": "VERBAL COOPERATION",
    "COOPERATE": "MATERIAL COOPERATION",
    "AID": "MATERIAL COOPERATION",
    "ACCUSE": "VERBAL CONFLICT",
}
"""The quad code of every event type that is written."""

CONTEXTS = {
    "security": "military",
    "economy": "economic",
    "technology": "technology",
    "energy-climate": "environment",
    "society": "diplomatic",
    "order": "diplomatic",
}
"""The PLOVER context of the broader headings of domains."""

_OF_DOMAIN = {
    "health": "health", "humanitarian-aid": "humanitarian", "human-rights": "human_rights", "intelligence-sharing": "intelligence",
    "migration": "migration", "law-enforcement": "crime", "counterterrorism": "terrorism", "cybersecurity": "cyber",
    "democracy": "political_institutions", "anti-corruption": "corruption", "nonproliferation": "cbrn",
}  # fmt: skip
_HELP = frozenset(("humanitarian-aid", "development-assistance", "disaster-relief"))
_FEW = 4  # parties
_MODES = {"call": "phone", "visit": "visit"}
_STANCES = {"criticising": "ACCUSE", "welcoming": "SUPPORT"}
_STATUS = {"planned": ["future"], "past": ["historical"], "held": []}


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write the events: those of engagements by date, then those of statements and commitments document by document."""
    for event in events(selection):
        out.write(json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def events(selection: Selection) -> Iterator[dict[str, Any]]:
    """Give the events. Every pair of parties makes one, so that dyads can be counted as in other event data.

    With parties chosen, only pairs among them (with one, pairs that it is in). What came of an engagement of more than four parties is
    not told by pairs: who of them cooperates with whom, the sources do not say.
    """
    chosen = frozenset(selection.codes())
    for entry in selection.engagements():
        yield from _engagement(entry, chosen)
    for x in selection.documents():
        yield from _document(x, chosen)


def _engagement(entry: EngagementEntry, chosen: frozenset[str]) -> Iterator[dict[str, Any]]:
    mode = _MODES.get(entry.kind) or ("multilateral" if len(entry.parties) > 2 else None)
    kind = "SUPPORT" if entry.kind == "signing" else "CONSULT"
    common = {"Event Date": entry.day or entry.reported, "Placename": entry.place}
    contexts = ["diplomatic", *_STATUS[entry.status]]
    for a, b in combinations(entry.parties, 2):
        if len({a, b} & chosen) < min(2, len(chosen)):
            continue
        what = {"Event Type": kind, "Event Mode": mode if kind == "CONSULT" else None, "Contexts": contexts}
        yield _event(f"{entry.key}-{a}-{b}", a, b, common | what, entry.sources[0])
        if entry.status != "held" or len(entry.parties) > _FEW:
            continue
        for s in entry.subjects:
            if s.kind == "domain" and s.stage in ("launched", "advanced", "delivered"):
                helps = s.concept in _HELP and s.stage == "delivered"
                what = {"Event Type": "AID" if helps else "COOPERATE", "Event Mode": None, "Contexts": [_context(s.concept)]}
                yield _event(f"{entry.key}-{a}-{b}-{s.concept}", a, b, common | what, s.sources[0])


def _document(x: Extract, chosen: frozenset[str]) -> Iterator[dict[str, Any]]:
    d = x.reading.document
    day = d.published_on
    common = {"Event Date": day.isoformat() if day else None, "Placename": None}

    def source(spans: Any) -> Source:
        return Source(d.id, d.title, day.isoformat() if day else None, d.publisher, d.url, spans, spans[0].exact(d.text))

    for key, c in zip(x.commitments, x.reading.commitments, strict=True):
        what = {"Event Type": "AGREE", "Event Mode": None, "Contexts": [_context(i) for i in c.domains]}
        for party in c.parties:
            if not chosen or party in chosen:
                other = next((p for p in c.parties if p != party), None) if len(c.parties) == 2 else None
                yield _event(f"{key}-{party}", party, other, common | what, source(c.spans))
    for key, s in zip(x.statements, x.reading.statements, strict=True):
        kind = _STANCES.get(s.stance)
        if kind and s.speaker.party and (not chosen or s.speaker.party in chosen):
            what = {"Event Type": kind, "Event Mode": None, "Contexts": ["negation"] if s.negated else []}
            yield _event(key, s.speaker.party, None, common | what, source(s.content)) | {"Actor Title": s.speaker.office}


def _event(identifier: str, actor: str, recipient: str | None, what: dict[str, Any], source: Source) -> dict[str, Any]:
    return {
        "Event ID": identifier,
        "Event Date": what["Event Date"],
        "Event Type": what["Event Type"],
        "Event Mode": what["Event Mode"],
        "Quad Code": QUAD[what["Event Type"]],
        "Contexts": sorted(set(what["Contexts"])),
        **_actor("Actor", actor),
        "Actor Title": None,
        **_actor("Recipient", recipient),
        "Placename": what["Placename"],
        "Source": source.publisher,
        "Publication Date": source.day,
        "Headline": source.title,
        "URL": source.url,
        "Document": source.document,
        "Spans": [[s.start, s.end] for s in source.spans],
        "Text": source.quote,
        "Language": "en",
        "Version": f"verbale {verbale.__version__}",
    }


def _actor(role: str, party: str | None) -> dict[str, Any]:
    country = _alpha3(party) if party else None
    sector = None if party is None else "GOV" if country else "IGO"
    return {
        f"{role} Name": party_label(party) if party else None,
        f"{role} Country": country,
        f"Primary {role} Sector": sector,
    }


@cache
def _alpha3(party: str) -> str | None:
    found = pycountry.countries.get(alpha_2=party) if len(party) == 2 else None
    return found.alpha_3 if found else None


def _context(domain: str) -> str:
    entry = domains().get(domain)
    return _OF_DOMAIN.get(domain) or (CONTEXTS.get(entry.broader or "", "diplomatic") if entry else "diplomatic")
