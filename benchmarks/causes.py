"""Why a reading differs from the gold record: each miss with its cause, as far as the two and the text can tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import ModuleType
from typing import Any

from verbale.document import Span
from verbale.reading.concepts import domain_candidates, sentence_around, situation_candidates
from verbale.reading.dates import date_mentions
from verbale.reading.parties import party_mentions

Row = dict[str, Any]
BLANK: Row = {"kind": None, "status": None, "parties": [], "delegates": [], "date": None, "place": None}

KINDS = (
    *("about_talks", "engagements", "kind", "status", "parties", "date", "place", "delegates", "delegate party", "delegate office"),
    *("domains", "domain stage", "situations", "statement content", "statement speaker", "commitments", "commitment parties", "figures"),
)


@dataclass(frozen=True)
class Miss:
    """One difference: `what` is `missed`, `extra` or `wrong` (which score.py counts as one missed and one extra)."""

    kind: str
    cause: str
    document: str
    what: str
    item: str
    sentence: str


class Case:
    """A gold record beside the reading of its document; `judge` is the module score.py, whose pairs are used."""

    def __init__(self, name: str, gold: Row, reading: Row, judge: ModuleType) -> None:
        self.name, self.gold, self.reading, self.judge = name, gold, reading, judge
        self.text: str = reading["document"]["text"]
        published = reading["document"].get("published")
        self.published = date.fromisoformat(published[:10]) if published else None

    def miss(self, kind: str, cause: str, what: str, item: object, at: Span | None = None) -> Miss:
        """A miss with the sentence that it stands in; without a place, the title of the document."""
        where = sentence_around(self.text, at) if at else Span(0, max(1, len(self.text.split("\n", 1)[0])))
        return Miss(kind, cause, self.name, what, str(item), " ".join(where.exact(self.text).split()))

    def quoted(self, quote: str) -> Span | None:
        """Where a quotation of the gold record stands in the text, whatever the white space and the quotation marks."""
        squeezed, places = self._squeezed
        wanted = self.judge.squeeze(quote)[0]
        at = squeezed.find(wanted) if wanted else -1
        return Span(places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None

    @cached_property
    def _squeezed(self) -> tuple[str, list[int]]:
        squeezed, places = self.judge.squeeze(self.text)
        return squeezed, places

    def misses(self) -> Iterator[Miss]:
        """Every difference between the gold record and the reading."""
        if self.gold["about_talks"] != self.reading["about_talks"]:
            yield self.miss("about_talks", "talks not seen" if self.gold["about_talks"] else "no talks", "wrong", self.gold["about_talks"])
        yield from self._engagements()
        yield from self._concepts("domains")
        yield from self._concepts("situations")
        yield from self._statements()
        yield from self._commitments()
        yield from self._figures()

    # Engagements

    def _engagements(self) -> Iterator[Miss]:
        gold = [e for e in self.gold["engagements"] if e["principal"]]
        found = [e for e in self.reading["engagements"] if e["principal"]]
        pairs = self.judge.best_pairs(gold, found, self.judge.engagement_likeness, 0.5)
        for i, j in pairs:
            for field in ("kind", "status"):
                if gold[i][field] != found[j][field]:
                    yield self.miss(field, f"{found[j][field]} for {gold[i][field]}", "wrong", gold[i][field], place(found[j]))
            yield from self._parties(gold[i], found[j])
            yield from self._slots(gold[i], found[j])
        for k, e in enumerate(gold):
            if k not in {i for i, _ in pairs}:
                yield self.miss("engagements", "not found", "missed", (e["kind"], e["status"], e["parties"]))
                yield from (*self._parties(e, BLANK), *self._slots(e, BLANK))
        for k, e in enumerate(found):
            if k not in {j for _, j in pairs}:
                parties = [p["id"] for p in e["parties"]]
                yield self.miss("engagements", "invented or not principal", "extra", (e["kind"], e["status"], parties), place(e))
                yield from (*self._parties(BLANK, e), *self._slots(BLANK, e))

    def _parties(self, gold: Row, found: Row) -> Iterator[Miss]:
        there = {p["id"]: p for p in found["parties"]}
        named = {m.id: m.span for m in reversed(party_mentions(self.text))}
        for p in sorted(set(gold["parties"]) - there.keys()):
            cause = whole(found) or ("side named, not taken" if p in named else "side not named by its own name")
            yield self.miss("parties", cause, "missed", p, named.get(p))
        for p in sorted(there.keys() - set(gold["parties"])):
            elsewhere = any(p in e["parties"] for e in self.gold["engagements"])
            cause = whole(gold) or ("side of another engagement" if elsewhere else "third party")
            yield self.miss("parties", cause, "extra", p, place(there[p]))

    def _slots(self, gold: Row, found: Row) -> Iterator[Miss]:
        yield from self._date(gold, found)
        yield from self._place(gold, found)
        yield from self._delegates(gold, found)

    def _place(self, gold: Row, found: Row) -> Iterator[Miss]:
        right, given = gold["place"], (found["place"] or {}).get("name")
        a, b = (self.judge.fold(p or "").removeprefix("the ") for p in (right, given))
        if a == b or (a and b and (a in b or b in a)):
            return
        at = place(found["place"]) if given else self.quoted(right or "")
        if given is None:
            yield self.miss("place", whole(found) or "not found", "missed", right, at)
        elif right is None:
            yield self.miss("place", whole(gold) or "none is given", "extra", given, at)
        else:
            yield self.miss("place", "another", "wrong", f"{given} for {right}", at)

    def _date(self, gold: Row, found: Row) -> Iterator[Miss]:
        right, given = gold["date"], (found["date"] or {}).get("value")
        if right == given:
            return
        mentions = date_mentions(self.text, self.published)
        read = next((m.span for m in mentions if m.value == right), None)
        at = place(found["date"]) if given else read
        if (gold if right is None else found) is BLANK:
            yield self.miss("date", "engagement not paired", "missed" if right else "extra", right or given, at)
        elif given is None:
            cause = "mention not chosen" if read else "no mention read so" if mentions else "no date read at all"
            yield self.miss("date", cause, "missed", right, at)
        elif right is None:
            yield self.miss("date", "date of something else", "extra", given, at)
        else:
            finer = right.startswith(given) or given.startswith(right)
            cause = "as precise as not" if finer else "wrong mention chosen" if read else "wrong resolution"
            yield self.miss("date", cause, "wrong", f"{given} for {right}", at)

    def _delegates(self, gold: Row, found: Row) -> Iterator[Miss]:
        same = self.judge.same_name
        right, given = gold["delegates"], found["delegates"]
        pairs = self.judge.best_pairs(right, given, lambda a, b: float(same(a["name"], b["name"])) + 0.1 * (a["party"] == b["party"]), 1.0)
        others = [d for e in self.reading["engagements"] if e is not found for d in e["delegates"]]
        theirs = [d for e in self.gold["engagements"] if e is not gold for d in e["delegates"]]
        for k, d in enumerate(right):
            if k in {i for i, _ in pairs}:
                continue
            alike = any(last(d["name"]) == last(x["name"]) for x in given)
            moved = any(same(d["name"], x["name"]) for x in others)
            cause = "form of the name" if alike else "under another engagement" if moved else whole(found) or "not found"
            yield self.miss("delegates", cause, "missed", d["name"], self.quoted(d["name"]) or self.quoted(last(d["name"])))
        for k, d in enumerate(given):
            if k in {j for _, j in pairs}:
                continue
            alike = any(last(d["name"]) == last(x["name"]) for x in right)
            moved = any(same(d["name"], x["name"]) for x in theirs)
            cause = "form of the name" if alike else "under another engagement" if moved else whole(gold) or "only mentioned"
            yield self.miss("delegates", cause, "extra", d["name"], place(d))
        for i, j in pairs:
            a, b = right[i], given[j]
            if a["party"] != b["party"]:
                cause = "none" if b["party"] is None else "another"
                yield self.miss("delegate party", cause, "wrong", f"{a['name']}: {b['party']} for {a['party']}", place(b))
            x, y = self.judge.office_key(a["office"]), self.judge.office_key(b["office"])
            if not (x == y or (x and y and (x <= y or y <= x))):
                cause = "not found" if not y else "none is given" if not x else "another"
                yield self.miss("delegate office", cause, "wrong", f"{a['name']}: {b['office']} for {a['office']}", place(b))

    # What was spoken of

    def _concepts(self, field: str) -> Iterator[Miss]:
        gold, found = ({d["id"]: d for d in side[field]} for side in (self.gold, self.reading))
        parties = {p for e in self.gold["engagements"] if e["principal"] for p in e["parties"]}
        candidates = domain_candidates(self.text) if field == "domains" else situation_candidates(self.text, parties)
        strong, weak = ({m.id for m in candidates if m.weak == k} for k in (False, True))

        def shown(id: str) -> str:
            return "a strong term" if id in strong else "a weak term" if id in weak else "no term"

        for id in sorted(gold.keys() - found.keys()):
            yield self.miss(field, f"{shown(id)}, not taken", "missed", id, self.quoted(gold[id]["quote"]))
        for id in sorted(found.keys() - gold.keys()):
            yield self.miss(field, f"{shown(id)}, taken", "extra", id, place(found[id]))
        for id in sorted(gold.keys() & found.keys() if field == "domains" else ()):
            right, given = gold[id]["stage"], found[id]["stage"]
            if right != given:
                yield self.miss("domain stage", f"{given} for {right}", "wrong", id, self.quoted(gold[id]["quote"]))

    def _statements(self) -> Iterator[Miss]:
        gold, found = self.gold["statements"], self.reading["statements"]
        at = [self.quoted(s["content"]) for s in gold]
        there = [[Span(c["start"], c["end"]) for c in s["content"]] for s in found]
        pairs = self._paired(at, there, 0.5)
        yield from self._stretches("statement content", at, there, pairs, [s["content"] for s in gold])
        for i, j in pairs:
            right, given = gold[i]["speaker"], found[j]["speaker"]["name"]
            if not self.judge.same_name(right, given):
                source = "no source" if found[j]["source"] is None else f"source “{found[j]['source']['exact']}”"
                pronoun = source[8:-1].lower() in {"he", "she", "they", "we", "it", "i", "both"}
                cause = "a pronoun" if pronoun else "no source" if source == "no source" else "a name or group"
                yield self.miss("statement speaker", cause, "wrong", f"{given} for {right} ({source})", at[i])

    def _commitments(self) -> Iterator[Miss]:
        gold, found = self.gold["commitments"], self.reading["commitments"]
        at = [self.quoted(c["quote"]) for c in gold]
        there = [[Span(s["start"], s["end"]) for s in c["spans"]] for c in found]
        pairs = self._paired(at, there, 0.4)
        yield from self._stretches("commitments", at, there, pairs, [c["quote"] for c in gold])
        for i, j in pairs:
            right, given = set(gold[i]["parties"]), set(found[j]["parties"])
            if right != given:
                cause = "too few" if given < right else "too many" if right < given else "others"
                yield self.miss("commitment parties", cause, "wrong", f"{sorted(given)} for {sorted(right)}", at[i])

    def _paired(self, gold: Sequence[Span | None], found: Sequence[Sequence[Span]], floor: float) -> list[tuple[int, int]]:
        def likeness(a: Span | None, spans: Sequence[Span]) -> float:
            return max((shared(a, s) for s in spans), default=0.0) if a else 0.0

        pairs: list[tuple[int, int]] = self.judge.best_pairs(gold, found, likeness, floor)
        return pairs

    def _stretches(
        self, kind: str, gold: Sequence[Span | None], found: Sequence[Sequence[Span]], pairs: list[tuple[int, int]], quotes: Sequence[str]
    ) -> Iterator[Miss]:
        """Stretches of text that were missed or found too much: whether they touch one of the other side."""
        flat = [s for spans in found for s in spans]
        for i, a in enumerate(gold):
            if i not in {g for g, _ in pairs}:
                touching = [s for s in flat if a and s.overlaps(a)]
                wide = [s for s in touching if sum(1 for g in gold if g and s.overlaps(g)) > 1]
                cause = "joined with another" if wide else "boundaries" if touching else "not found"
                yield self.miss(kind, cause, "missed", quotes[i], a)
        for j, spans in enumerate(found):
            if j not in {f for _, f in pairs}:
                touched = any(g and s.overlaps(g) for g in gold for s in spans)
                yield self.miss(kind, "boundaries" if touched else "none there", "extra", spans[0].exact(self.text), spans[0])

    def _figures(self) -> Iterator[Miss]:
        gold = {(float(f["value"]), self.judge.fold(f["unit"] or "")[:3]): self.quoted(f["quote"]) for f in self.gold["figures"]}
        found = {(float(f["value"]), self.judge.fold(f["unit"] or "")[:3]): place(f) for f in self.reading["figures"]}
        for key in sorted(gold.keys() - found.keys()):
            cause = "another unit" if any(k[0] == key[0] for k in found) else "not found"
            yield self.miss("figures", cause, "missed", key, gold[key])
        for key in sorted(found.keys() - gold.keys()):
            cause = "another unit" if any(k[0] == key[0] for k in gold) else "not of the substance"
            yield self.miss("figures", cause, "extra", key, found[key])


def place(finding: Row) -> Span | None:
    """The first place that a finding of a reading points at."""
    spans = finding.get("spans") or []
    return Span(spans[0]["start"], spans[0]["end"]) if spans else None


def whole(side: Row) -> str:
    """The cause of every miss of an engagement that has no partner; nothing where it has one."""
    return "engagement not paired" if side is BLANK else ""


def last(name: str) -> str:
    """The last word of a name, without what follows a comma."""
    return name.partition(",")[0].split()[-1]


def shared(a: Span, b: Span) -> float:
    """Characters that two spans share, of those that they cover together."""
    common = max(0, min(a.end, b.end) - max(a.start, b.start))
    return common / ((a.end - a.start) + (b.end - b.start) - common)
