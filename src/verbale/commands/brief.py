"""The command `verbale brief`."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Since, Until, Where, open_record

app = typer.Typer()

_FORMS = ("html", "md", "docx", "pdf")


@app.command()
@one_line_errors
def brief(
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTY]...", help="Between whom, by code or name.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File ending in .html, .md, .docx or .pdf; without it Markdown.")] = None,
    engagement: Annotated[str | None, typer.Option(help="In place of parties: one engagement, by key.", metavar="ENGAGEMENT")] = None,
    person: Annotated[str | None, typer.Option(help="In place of parties: one person, by name or key.", metavar="PERSON")] = None,
    domain: Annotated[str | None, typer.Option(help="In place of parties: one domain across countries.", metavar="DOMAIN")] = None,
    purpose: Annotated[str, typer.Option("--for", help="What it is for, such as the name of the next meeting.", metavar="TEXT")] = "",
    since: Since = None,
    until: Until = None,
    as_of: Annotated[str | None, typer.Option(help="Day on which deadlines have passed or not; without it today.", metavar="DATE")] = None,
    record: Where = DEFAULT,
) -> None:
    """Write the brief: a note for the next meeting, every sentence with its sources."""
    asked = [x for x in (engagement, person, domain, parties or None) if x]
    if len(asked) != 1 or (parties and len(parties) < 2):
        raise typer.BadParameter("give two parties or more, or one of --engagement, --person and --domain")
    form = out.suffix.lower().lstrip(".") if out else "md"
    if form not in _FORMS:
        raise typer.BadParameter(f"the file must end in {', '.join('.' + f for f in _FORMS)}", param_hint="--out")
    try:
        day = date.fromisoformat(as_of).isoformat() if as_of else date.today().isoformat()
    except ValueError:
        raise typer.BadParameter(f"“{as_of}” is no day; write it as 2024-05-31", param_hint="--as-of") from None
    from verbale import brief as briefs
    from verbale.brief import forms

    with open_record(record) as r:
        if engagement:
            made = briefs.of_engagement(r, engagement, purpose=purpose, as_of=day)
        elif person:
            made = briefs.of_person(r, person, since=since, until=until, purpose=purpose, as_of=day)
        elif domain:
            made = briefs.of_domain(r, domain, since=since, until=until, purpose=purpose, as_of=day)
        else:
            made = briefs.of_parties(r, parties or [], since=since, until=until, purpose=purpose, as_of=day)
    content = forms.written(made, form)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    from verbale.output import ours, whole_file

    with ours(), whole_file(out) as file:
        file.write(content)
    if made.empty:
        print("verbale: the record answers nothing; the brief says so", file=sys.stderr)
