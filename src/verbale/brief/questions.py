"""What the record leaves open: what no source says of the last engagements."""

from verbale.brief.material import Material, Meeting
from verbale.brief.model import Listing, Section, Sentence
from verbale.brief.positions import chosen, label, spoken
from verbale.brief.promises import chosen as chosen_promises
from verbale.brief.wording import capital, day_words, listed, number, party

_LAST = 8


def open_questions(material: Material) -> Section | None:
    """Return the section, or None where nothing is open."""
    found = [*_accounts(material), *_silent(material), *_unsaid(material), *_undated(material)]
    return Section("What the record leaves open", (Listing(tuple(found)),)) if found else None


def _accounts(material: Material) -> list[Sentence]:
    """Whose account the record has of these talks, where it is one publisher's alone."""
    publishers = {r.extract.reading.document.publisher for m in material.meetings for r in m.reports}
    if len(publishers) != 1 or None in publishers:
        return []
    name = next(iter(publishers))
    text = f"All accounts of these talks come from one publisher, {name}; what another side’s own readouts say is not in this record."
    return [Sentence(text, (material.meetings[0].note(),), "One account")]


def _silent(material: Material) -> list[Sentence]:
    """What the sources do not say of the last engagements: the day, the place, and who was there for a side."""
    lacks: dict[str, list[Meeting]] = {}
    for m in material.meetings[:_LAST]:
        if m.entry.day is None:
            lacks.setdefault("the day", []).append(m)
        if m.entry.place is None and m.entry.kind not in ("call", "statement"):
            lacks.setdefault("the place", []).append(m)
        for side in material.parties:
            if all(c.who.party != side for c in m.people):
                lacks.setdefault(f"who was there for {party(side)}", []).append(m)
    return [
        Sentence(
            f"{capital(what)} could not be read in any source: {listed([f'{m.entry.kind} of {day_words(m.day)}' for m in meetings])}.",
            tuple(dict.fromkeys(m.note() for m in meetings)),
            "Not found",
        )
        for what, meetings in lacks.items()
    ]


def _unsaid(material: Material) -> list[Sentence]:
    """On which of the situations a side has no words of its own."""
    found = []
    positions = spoken(material)
    for side in material.parties:
        silent = []
        notes = []
        for situation in chosen(material)[:6]:
            if not any(p.situation == situation and p.side == side for p in positions):
                silent.append(label(situation))
                joint = next((p for p in positions if p.situation == situation), None)
                notes += [joint.note] if joint else []
        if silent and notes:
            text = f"No words of {party(side)} alone that could be quoted were found on {listed(silent)}."
            found.append(Sentence(text, tuple(dict.fromkeys(notes)), "Own words"))
    return found


def _undated(material: Material) -> list[Sentence]:
    """How many promises have no date by which they can be held."""
    promises = chosen_promises(material)
    undated = [n for p, _, n in promises if p.deadline is None]
    if not undated or len(promises) < 2:
        return []
    text = f"Of {number(len(promises))} promises between them, {number(len(undated))} bear no date by which to measure them."
    return [Sentence(text, tuple(undated[:2]), "No date")]
