"""Questions about engagements: timeline, ledger, new, accounts, compare, network."""

import json
import sys
from typing import Annotated

import typer

from verbale.commands.answers import As, Columns, Form, give, spread
from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Only, Parties, Since, Until, Where, open_record

app = typer.Typer()

Silence = Annotated[int, typer.Option(min=1, help="Days without a word after which a domain counts as resumed.")]


@app.command()
@one_line_errors
def timeline(
    parties: Parties,
    since: Since = None,
    until: Until = None,
    kind: Annotated[str | None, typer.Option(help="call, meeting, summit, dialogue, visit, signing or statement.")] = None,
    only: Only = False,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """What happened between these parties, by date, with sources."""
    with open_record(record) as r:
        answer = r.timeline(parties, since=since, until=until, kind=kind, only=only)
        columns: Columns = {
            "key": lambda e: e.key,
            "date": lambda e: " / ".join(e.days) or "–",
            "kind": lambda e: f"{e.kind}, {e.status}" if e.status != "held" else e.kind,
            "level": lambda e: e.level or "",
            "parties": lambda e: " ".join(e.parties),
            "what": lambda e: e.series or e.place or "",
            "people": lambda e: ", ".join(p.name for p in e.people),
            "domains": lambda e: ", ".join(f"{s.concept} {s.stage}" if s.stage else s.concept for s in e.subjects),
            "sources": lambda e: "; ".join(s.title for s in e.sources),
        }
        give(answer, answer.coverage, form, columns)


_LEDGER: Columns = {
    "date": lambda x: x.day or "–",
    "engagement": lambda x: x.engagement,
    "news": lambda x: x.news,
    "concept": lambda x: x.label,
    "stage": lambda x: f"{x.stage_before} → {x.stage}" if x.news == "moved" else x.stage or "",
    "before": lambda x: x.before or "",
    "called": lambda x: x.called or "",
    "source": lambda x: f"“{x.sources[0].quote}”" if x.sources else "",
}


@app.command()
@one_line_errors
def ledger(
    parties: Parties,
    since: Since = None,
    until: Until = None,
    silence: Silence = 365,
    only: Only = False,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """Every domain and situation between these parties by engagement: new, resumed, moved, held or dropped."""
    with open_record(record) as r:
        answer = r.ledger(parties, silence=silence, since=since, until=until, only=only)
        give(answer, answer.coverage, form, _LEDGER)


@app.command()
@one_line_errors
def new(
    parties: Parties,
    engagement: Annotated[str, typer.Option("--in", help="Key of the engagement, or a document that reports it.", metavar="ENGAGEMENT")],
    silence: Silence = 365,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """What is new in one engagement, what resumed or moved a stage, and what was dropped since the edition before."""
    with open_record(record) as r:
        answer = r.new(parties, engagement, silence=silence)
        give(answer, answer.coverage, form, _LEDGER)


@app.command()
@one_line_errors
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier document: id, address or title.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later document.")],
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """How the wording changed: passages added, dropped, changed and moved, hardened and softened."""
    with open_record(record) as r:
        found = r.compare(before, after)
    if form is Form.json:
        from verbale.record.answers import plain

        sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
        return
    columns: Columns = {
        "change": lambda p: "\n".join([p.change, *(f"{s.shift}: {s.before} → {s.after}" for s in p.shifts)]),
        found.before_title or "A": lambda p: p.before.text if p.before else "",
        found.after_title or "B": lambda p: p.after.text if p.after else "",
        "words": lambda p: "\n".join(f"−{w.dropped or '∅'} +{w.added or '∅'}" for w in p.words) if p.change != "same" else "",
    }
    give([p for p in found.pairs if p.change != "same" or form is not Form.text], None, form, columns)


@app.command()
@one_line_errors
def accounts(
    engagement: Annotated[str, typer.Argument(help="Key of the engagement, or a document that reports it.")],
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """What each account of one engagement mentions, where they differ, and what only one does."""
    with open_record(record) as r:
        answer = r.accounts(engagement)
        columns: Columns = {
            "kind": lambda x: x.kind,
            "item": lambda x: x.item,
            "said by": lambda x: "\n".join(f"{m.account}: {m.says}" for m in x.mentions),
            "missing in": lambda x: "\n".join(x.missing),
            "": lambda x: f"only {x.only}" if x.only else "" if x.agree else "differ",
        }
        give(answer, answer.coverage, form, columns)


@app.command()
@one_line_errors
def network(
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTY]...", help="One: whom it met. More: among them.", show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """Who met whom, how often, at what level and in what kind of engagement, by year."""
    with open_record(record) as r:
        answer = r.network(parties or [], since=since, until=until)
        columns: Columns = {
            "parties": lambda m: " – ".join(m.parties),
            "year": lambda m: m.year,
            "engagements": lambda m: str(m.engagements),
            "levels": lambda m: spread(m.levels),
            "kinds": lambda m: spread(m.kinds),
        }
        give(answer, answer.coverage, form, columns)
