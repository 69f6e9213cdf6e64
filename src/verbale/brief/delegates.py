"""The people of each side, their offices, and when they last met the other."""

from verbale.brief.material import Came, Material, Meeting
from verbale.brief.model import Grid, Section, Sentence
from verbale.brief.wording import day_words, times
from verbale.record.lookup import party_label

_EACH = 5
_CLOSE = 3  # parties up to which people can be said to have met, and not to have been in one room


def people(material: Material) -> Section | None:
    """Return the section: for each side those who met the other most recently, and how often."""
    grids = []
    for side in material.parties:
        seen: dict[str, list[tuple[Meeting, Came]]] = {}
        for m in material.meetings:
            if len(m.parties) <= _CLOSE and len({c.who.party for c in m.people} & set(material.parties)) > 1:
                for c in m.people:
                    if c.who.party == side and c.who.office:
                        seen.setdefault(c.who.key, []).append((m, c))
        ranked = sorted(seen.values(), key=lambda found: (found[0][0].day, len(found), found[0][1].who.name), reverse=True)
        rows = tuple(_row(side, found) for found in ranked[:_EACH])
        if rows:
            grids.append(Grid(("Name and office", "Last met the other side", "In all"), rows, party_label(side)))
    return Section("People", tuple(grids)) if grids else None


def _row(side: str, found: list[tuple[Meeting, Came]]) -> tuple[Sentence, ...]:
    meeting, came = found[0]
    across = sorted({c.who.name for c in meeting.people if c.who.party != side})
    last = f"{day_words(meeting.day)}, {meeting.entry.kind} with {', '.join(across[:2])}"
    return (
        Sentence(f"{came.who.name}, {came.who.office}", (came.note,)),
        Sentence(last, (meeting.note(),)),
        Sentence(times(len(found)), (found[-1][0].note(),)),
    )
