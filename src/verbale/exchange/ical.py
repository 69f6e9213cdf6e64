"""Engagements as an iCalendar, so that they stand in any calendar."""

from datetime import UTC, date, datetime, time, timedelta
from typing import IO

import icalendar

import verbale
from verbale.exchange.selection import Selection, headline, iri
from verbale.record.engagements import EngagementEntry
from verbale.record.likeness import period


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write one VEVENT for every engagement whose day is known; one known by month or year alone has no place in a calendar."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//verbale//{verbale.__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Talks between governments")
    for entry in selection.engagements():
        found = period(entry.day) if entry.day and len(entry.day) == 10 else None
        if found:
            calendar.add_component(_event(entry, found[0]))
    out.write(calendar.to_ical())


def _event(entry: EngagementEntry, day: date) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{iri('engagement', entry.key)}@verbale")
    event.add("dtstamp", datetime.combine(date.fromisoformat(entry.reported) if entry.reported else day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", headline(entry))
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "TENTATIVE" if entry.status == "planned" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [entry.kind, *([entry.level] if entry.level else [])])
    lines = [", ".join(f"{p.name} ({p.office})" if p.office else p.name for p in entry.people)]
    if entry.subjects:
        lines.append("Domains and situations: " + ", ".join(s.label for s in entry.subjects))
    if len(entry.days) > 1:
        lines.append(f"Sources differ on the date: {', '.join(entry.days)}")
    lines += [f"{s.publisher or 'Source'}, {s.day or 'undated'}: {s.url or s.title}" for s in entry.sources]
    event.add("description", "\n".join(line for line in lines if line))
    if entry.sources and entry.sources[0].url:
        event.add("url", entry.sources[0].url)
    return event
