"""Briefs put together of sections: on parties, on one engagement, on one person, on one domain across countries."""

from dataclasses import replace

from verbale.brief.delegates import people
from verbale.brief.gathering import gather
from verbale.brief.heat import domains_over_time
from verbale.brief.model import Brief, Numbering, Section
from verbale.brief.news import whats_new
from verbale.brief.positions import positions
from verbale.brief.promises import promises
from verbale.brief.questions import open_questions
from verbale.brief.state import state_of_play
from verbale.brief.talks import last_engagements
from verbale.brief.texts import changes_of_wording
from verbale.brief.wording import capital, day_words, listed, party
from verbale.record import Coverage, Record


def of_parties(
    record: Record, parties: list[str], *, since: str | None = None, until: str | None = None, purpose: str = "", as_of: str
) -> Brief:
    """Return the brief for a meeting of these parties.

    Args:
        record: the record.
        parties: codes or names, two or more.
        since: first day, month or year.
        until: last day, month or year.
        purpose: what the brief is for, such as the name of the next meeting.
        as_of: the day on which deadlines have passed or not.

    Raises:
        UnknownNameError: a party is not known.
    """
    material = gather(record, parties, since=since, until=until, as_of=as_of)
    sections: list[Section | None] = []
    if material.meetings:
        makers = (
            state_of_play, last_engagements, whats_new, domains_over_time, positions, promises, people, changes_of_wording, open_questions,
        )  # fmt: skip
        sections = [make(material) for make in makers]
    title = capital(listed([party(p) for p in material.parties]))
    remarks = [] if material.meetings else [f"The record holds no account of talks between {title} that it is sure enough of."]
    if material.gatherings and material.meetings:
        n = len(material.gatherings)
        remarks.append(f"Left out are {n} gathering{'s' if n > 1 else ''} of more than four parties at which both were present.")
    return finished(title, purpose, since, until, as_of, material.coverage, sections, remarks)


def finished(
    title: str,
    purpose: str,
    since: str | None,
    until: str | None,
    as_of: str,
    coverage: Coverage,
    sections: list[Section | None],
    remarks: list[str],
) -> Brief:
    """Return a brief with its notes numbered and the coverage of the record told."""
    period = " ".join(p for p in (f"from {day_words(since)}" if since else "", f"to {day_words(until)}" if until else "") if p)
    held = f", published from {day_words(coverage.first)} to {day_words(coverage.last)}" if coverage.first else ""
    told = f"This record holds {coverage.documents:,} documents{held}. What is called new here is new in this record."
    brief = Brief(title, purpose, period, as_of, coverage, (*remarks, told), tuple(s for s in sections if s))
    return replace(brief, sources=Numbering.of(brief))
