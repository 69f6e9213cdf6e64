"""A brief as Markdown, sources at the end."""

import re

from verbale.brief.model import Brief, Grid, HeatMap, Listing, Note, Sentence
from verbale.brief.wording import day_words

_ACTS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write(brief: Brief) -> str:
    """Return the brief; what a source says cannot become markup."""
    lines = [f"# {_plain(brief.title)}", ""]
    if brief.purpose:
        lines += [f"Prepared for {_plain(brief.purpose)}.", ""]
    lines += [f"*{_plain(' · '.join(x for x in (brief.period, f'as of {day_words(brief.as_of)}') if x))}*", ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for block in section.blocks:
            if isinstance(block, Listing):
                lines += [f"### {_plain(block.heading)}", ""] if block.heading else []
                lines += [f"- {_sentence(s, brief)}" for s in block.sentences]
            elif isinstance(block, Grid):
                lines += [f"### {_plain(block.heading)}", ""] if block.heading else []
                lines += [f"| {' | '.join(block.columns)} |", "|" + "---|" * len(block.columns)]
                lines += [f"| {' | '.join(_sentence(c, brief) for c in row)} |" for row in block.rows]
            else:
                lines += _heat(block, brief)
            lines.append("")
    lines += [f"{_plain(remark)}\n" for remark in brief.remarks]
    if brief.sources.sources:
        lines += ["## Sources", ""]
        for n, notes in enumerate(brief.sources.sources, 1):
            lines += [f"{n}. {_source(notes[0])}", *(f"    - {brief.sources.mark(x)}: characters {places(x)}" for x in notes)]
    return "\n".join(lines).rstrip() + "\n"


def _sentence(s: Sentence, brief: Brief) -> str:
    lead = f"**{_plain(s.lead)}.** " if s.lead else ""
    marks = ", ".join(brief.sources.mark(n) for n in s.notes)
    return f"{lead}{_plain(s.text)} [{marks}]"


def _heat(block: HeatMap, brief: Brief) -> list[str]:
    head = [f"| {block.title} | {' | '.join(block.columns)} | last in |", "|---" * (len(block.columns) + 2) + "|"]
    rows = zip(block.rows, block.counts, block.notes, strict=True)
    return head + [f"| {_plain(r)} | {' | '.join(str(c or '') for c in counts)} | [{brief.sources.mark(n)}] |" for r, counts, n in rows]


def _source(n: Note) -> str:
    published = ", ".join(x for x in (n.publisher or "unknown publisher", day_words(n.day)) if x)
    return f"{_plain(published)}: {_plain(n.title)}" + (f", {_address(n.url)}" if n.url else "") + f" (document {n.document[:12]})"


def places(n: Note) -> str:
    """Return the places of a note as people write them: 120–137, 300–312."""
    return ", ".join(f"{s.start}–{s.end}" for s in n.spans)


def _address(url: str) -> str:
    return f"<{url}>" if re.fullmatch(r"https?://[^\s<>]+", url) else _plain(url)


def _plain(text: str) -> str:
    return _ACTS.sub(r"\\\1", " ".join(text.split()))
