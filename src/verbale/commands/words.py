"""Questions about people and words: people, said, search."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from verbale.commands.answers import As, Columns, Form, give, plain_columns
from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Since, Until, Where, open_record

app = typer.Typer()


@app.command()
@one_line_errors
def people(
    who: Annotated[str | None, typer.Argument(metavar="PERSON", help="Name, part of a name, or key.")] = None,
    party: Annotated[str | None, typer.Option(help="Only people of this party.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """The people of the record, the offices in which they are seen and when."""
    with open_record(record) as r:
        answer = r.people(who, party=party, limit=limit)
        columns: Columns = {
            "key": lambda p: p.key,
            "name": lambda p: p.name,
            "party": lambda p: p.party or "",
            "offices": lambda p: "\n".join(f"{o.office} ({o.first or '?'} – {o.last or '?'})" for o in p.offices),
            "engagements": lambda p: str(p.engagements),
            "statements": lambda p: str(p.statements),
            "also": lambda p: ", ".join(p.names),
        }
        give(answer, answer.coverage, form, columns)


@app.command()
@one_line_errors
def said(
    who: Annotated[str | None, typer.Argument(metavar="PERSON", help="Name of a person.")] = None,
    party: Annotated[str | None, typer.Option(help="The party spoken for.")] = None,
    about: Annotated[str | None, typer.Option(help="A domain, a situation, or words.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """Who said what about what, the latest first."""
    with open_record(record) as r:
        answer = r.said(who, party=party, about=about, since=since, until=until, limit=limit)
        columns: Columns = {
            "date": lambda s: s.day or "–",
            "speaker": lambda s: s.speaker,
            "party": lambda s: s.party or "",
            "cue": lambda s: f"not: {s.cue}" if s.negated else s.cue or "",
            "content": lambda s: f"“{s.content}”" if s.mode == "direct" else s.content,
            "source": lambda s: s.source.url or s.source.title,
        }
        give(answer, answer.coverage, form, columns)


@app.command()
@one_line_errors
def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", prefix*, OR, NOT, brackets; empty for everything.')] = "",
    party: Annotated[list[str] | None, typer.Option(help="In which this party takes part; may be given again.")] = None,
    person: Annotated[str | None, typer.Option(help="In which this person takes part or speaks.")] = None,
    about: Annotated[list[str] | None, typer.Option(help="A domain or situation; may be given again.")] = None,
    stage: Annotated[str | None, typer.Option(help="A stage of a domain.")] = None,
    kind: Annotated[str | None, typer.Option(help="A kind of engagement.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Name of the publisher.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    facets: Annotated[bool, typer.Option("--facets", help="How the documents found are spread, in place of the documents.")] = False,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """Find documents by words and by what they are about, the best first."""
    filters: dict[str, Any] = {
        "parties": party or [], "person": person, "concepts": about or [], "stage": stage, "kind": kind, "publisher": publisher,
        "since": since, "until": until,
    }  # fmt: skip
    with open_record(record) as r:
        if facets:
            spread = asdict(r.facets(query, **filters))
            rows = [{"facet": facet, "value": value, "documents": n} for facet, found in spread.items() for value, n in found.items()]
            give(rows, None, form, plain_columns(("facet", "value", "documents")))
            return
        answer = r.search(query, limit=limit, offset=offset, **filters)
        columns: Columns = {
            "date": lambda h: h.source.day or "–",
            "title": lambda h: h.source.title,
            "passage": lambda h: h.snippet,
            "document": lambda h: h.source.document[:12],
        }
        give(answer, answer.coverage, form, columns)
