"""A reading as a page in the terminal, with or without colour."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from verbale.document import Span
from verbale.findings import Engagement, OpenDomain, Reading, Speaker
from verbale.page.marks import Edge, Mark, edges, marks
from verbale.page.names import concept_name, party_name
from verbale.page.outline import amount, delegations, manner, statement_words, unsure, words

# Colours are those of the terminal's own theme, so that they are readable on any background.
_STYLES = {
    "parties": "bold blue",
    "delegates": "bold magenta",
    "when-where": "bold cyan",
    "domains": "bold green",
    "open-domains": "green",
    "situations": "bold yellow",
    "commitments": "underline",
    "figures": "bold red",
    "engagements": "bold",
    "source": "underline blue",
    "cue": "underline",
    "content": "italic",
    "occasion": "dim",
}
# Without colour a mark is [X words]; these are the X.
_LETTERS = {
    "engagements": ("E", "engagement"),
    "parties": ("P", "party"),
    "delegates": ("N", "delegate"),
    "when-where": ("W", "date or place"),
    "domains": ("D", "domain"),
    "open-domains": ("U", "other subject"),
    "situations": ("R", "region or situation"),
    "source": ("S", "source of a statement"),
    "cue": ("V", "cue"),
    "content": ("Q", "what was said"),
    "occasion": ("O", "where it was said"),
    "commitments": ("C", "commitment"),
    "figures": ("F", "figure"),
}
# A document must not be able to move the cursor or change the terminal's title.
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\N{REPLACEMENT CHARACTER}")


def print_reading(reading: Reading, console: Console) -> None:
    """Print what was found in a document and then its text with the findings marked in it."""
    page = _Page(console)
    document, text = reading.document, reading.document.text
    page.title(document.title or words_at_start(text))
    page.line(" · ".join(filter(None, (document.publisher, document.published, document.url, f"id {document.id[:12]}"))), style="dim")
    if not reading.about_talks:
        page.line(f"Not about talks between governments. {unsure(reading.confidence)}".strip())
    for engagement in reading.engagements:
        _print_engagement(page, engagement, text)
    page.section("Domains", (_concept(d.label, d.stage, d.spans, "domains", d.confidence, text) for d in reading.domains))
    page.section("Other subjects", (_open_domain(o, text) for o in reading.open_domains))
    page.section("Situations", (_concept(s.label, s.kind, s.spans, "situations", s.confidence, text) for s in reading.situations))
    page.section(
        "Statements",
        (
            _parts(
                (_speaker(s.speaker), "bold"),
                (" · ", "dim"),
                ("not: " if s.negated else "", "bold red"),
                (f"{words([s.cue], text)} · " if s.cue else "", "dim"),
                (statement_words(s, text), ""),
                (f" ({manner(s)}{f', {words([s.occasion], text)}' if s.occasion else ''})", "dim"),
                s.confidence,
            )
            for s in reading.statements
        ),
    )
    page.section(
        "Commitments",
        (
            _parts(
                (", ".join(party_name(p) for p in c.parties) or "Party not known", "bold"),
                (f" · {words(c.spans, text)}", ""),
                (f" · by {c.deadline}" if c.deadline else "", ""),
                (f" ({', '.join(concept_name(d) for d in c.domains)})" if c.domains else "", "dim"),
                c.confidence,
            )
            for c in reading.commitments
        ),
    )
    page.section(
        "Figures",
        (_parts((amount(f), "bold"), (" · ", ""), (words(f.spans, text), _STYLES["figures"]), f.confidence) for f in reading.figures),
    )
    _print_text(page, reading)


def words_at_start(text: str) -> str:
    """Return the first words of a text, for a document without a title."""
    first = " ".join(text[:200].split())
    return first if len(first) <= 70 else first[:69] + "…"


def _print_engagement(page: "_Page", engagement: Engagement, text: str) -> None:
    kind = f"{concept_name(engagement.kind)}, {engagement.status}"
    page.heading(kind if engagement.principal else f"{kind} (only referred to)", unsure(engagement.confidence))
    date, place, series = engagement.date, engagement.place, engagement.series
    for label, value in (
        ("Date", date and date.value),
        ("Place", place and ", ".join(filter(None, (place.name, party_name(place.country))))),
        ("Series", series and series.name + (f" (no. {series.edition})" if series.edition else "")),
    ):
        if value:
            page.line(_parts((f"{label}: ", "dim"), (value, _STYLES["when-where"] if label != "Series" else "bold")), indent=2)
    for delegation in delegations(engagement, text):
        page.line(_parts((delegation.name or "Party not known", _STYLES["parties"])), indent=2)
        for delegate in delegation.delegates:
            office = f", {delegate.office}" if delegate.office else ""
            page.line(_parts((delegate.name, _STYLES["delegates"]), (office, ""), delegate.confidence), indent=4)


def _concept(label: str, kind: str, spans: tuple[Span, ...], style: str, confidence: float, text: str) -> Text:
    """Return the line of a domain or situation, with the words that first carry it."""
    return _parts((label, "bold"), (f" · {kind} · ", ""), (words(spans[:1], text), _STYLES[style]), confidence)


def _open_domain(subject: OpenDomain, text: str) -> Text:
    """Return the line of a subject outside the vocabulary, with the concepts that are nearest to it."""
    near = ", ".join(concept_name(c) for c in subject.nearest)
    found = (words(subject.spans[:1], text), _STYLES["open-domains"])
    return _parts(found, (f" · {subject.stage}", ""), (f" · near {near}" if near else "", "dim"), subject.confidence)


def _print_text(page: "_Page", reading: Reading) -> None:
    text, found = reading.document.text, marks(reading)
    page.heading("Text", "")
    if page.coloured:
        marked = Text(text.translate(_CONTROLS))
        for mark in found:
            marked.stylize(_STYLES[mark.role or mark.layer], mark.span.start, mark.span.end)
        page.legend((name, _STYLES[key]) for key, (_, name) in _LETTERS.items())
        page.line(marked)
        return
    page.legend((f"[{letter} {name}]", "") for letter, name in _LETTERS.values())
    page.line(Text(_bracketed(text, found)))


def _bracketed(text: str, found: list[Mark]) -> str:
    """Return the text with a bracket around each mark, its letter behind the opening bracket."""
    pieces, at = [], 0
    for edge in edges(found, 0, len(text)):
        pieces += [text[at : edge.at], _bracket(edge)]
        at = edge.at
    return "".join([*pieces, text[at:]]).translate(_CONTROLS)


def _bracket(edge: Edge) -> str:
    return f"[{_LETTERS[edge.mark.role or edge.mark.layer][0]} " if edge.opens else "]"


def _speaker(speaker: Speaker) -> str:
    about = ", ".join(filter(None, (speaker.office, party_name(speaker.party))))
    return f"{speaker.name} ({about})" if about else speaker.name


def _parts(*parts: tuple[str, str] | float) -> Text:
    """Join styled words; a number is a confidence, shown only when it is low."""
    line = Text()
    for part in parts:
        if isinstance(part, tuple):
            line.append(part[0].translate(_CONTROLS), part[1])
        elif note := unsure(part):
            line.append(f" [{note}]", "dim")
    return line


class _Page:
    """Prints lines: wrapped with a hanging indent in a terminal, whole when another program reads them."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.coloured = console.color_system is not None and not console.no_color

    def line(self, content: str | Text, *, indent: int = 0, style: str = "") -> None:
        text = Text(content.translate(_CONTROLS), style) if isinstance(content, str) else content
        if self._console.is_terminal:
            self._console.print(Padding(text, (0, 0, 0, indent)))
        else:
            self._console.print(Text(" " * indent).append_text(text), soft_wrap=True)

    def title(self, title: str) -> None:
        self.line("")
        self.line(Text(title.translate(_CONTROLS), "bold reverse" if self.coloured else "bold"))

    def heading(self, heading: str, note: str) -> None:
        self.line("")
        self.line(_parts((heading, "bold underline"), (f" [{note}]" if note else "", "dim")))

    def section(self, heading: str, lines: Iterable[Text]) -> None:
        found = list(lines)
        if found:
            self.heading(heading, "")
        for line in found:
            self.line(line, indent=2)

    def legend(self, entries: Iterable[tuple[str, str]]) -> None:
        legend = Text()
        for n, (name, style) in enumerate(entries):
            legend.append("  " if n else "").append(name, style)
        self.line(legend)
        self.line("")
