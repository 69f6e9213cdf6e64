"""The people of each side, their offices, and when they last met the other."""

from verbale.brief.material import Came, Material, Meeting
from verbale.brief.model import Grid, Section, Sentence
from verbale.brief.wording import day_words, times
from verbale.record.lookup import party_label

_EACH = 5


def people(material: Material) -> Section | None:
    """Return the section: for each side those who met the other most recently, and how often."""
    rows = []
    for side in material.parties:
        seen: dict[str, list[tuple[Meeting, Came]]] = {}
        for m in material.meetings:
            if len({c.who.party for c in m.people} & set(material.parties)) > 1:
                for c in m.people:
                    if c.who.party == side:
                        seen.setdefault(c.who.key, []).append((m, c))
        ranked = sorted(seen.values(), key=lambda found: (found[0][0].day, len(found), found[0][1].who.name), reverse=True)
        rows += [_row(side, found) for found in ranked[:_EACH]]
    return Section("People", (Grid(("Side", "Name and office", "Last met", "Met"), tuple(rows)),)) if rows else None


def _row(side: str, found: list[tuple[Meeting, Came]]) -> tuple[Sentence, ...]:
    meeting, came = found[0]
    office = next((c.who.office for _, c in found if c.who.office), None)
    named = next(c for _, c in found if c.who.office == office)
    across = sorted({c.who.name for c in meeting.people if c.who.party != side})
    last = f"{day_words(meeting.day)}, {meeting.entry.kind} with {', '.join(across[:2])}"
    return (
        Sentence(party_label(side), (came.note,)),
        Sentence(f"{came.who.name}, {office}" if office else came.who.name, (named.note,)),
        Sentence(last, (meeting.note(),)),
        Sentence(times(len(found)), (found[-1][0].note(),)),
    )
