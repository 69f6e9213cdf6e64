"""Commands about identity: merge, split, why, undo."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from verbale.commands.answers import As, Columns, Form, give, recorded
from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Person, Where, Why, open_record

app = typer.Typer()


class Kind(StrEnum):
    """What an identity is of."""

    person = "person"
    series = "series"
    engagement = "engagement"


class Made(StrEnum):
    """What a person made."""

    judgement = "judgement"
    decision = "decision"
    assessment = "assessment"


Entries = Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Keys, or names of people.", show_default=False)]
Of = Annotated[Kind, typer.Option("--kind", help="What the entries are.")]


@app.command()
@one_line_errors
def merge(entries: Entries, person: Person, kind: Of = Kind.person, why: Why = "", record: Where = DEFAULT) -> None:
    """Judge that entries are the same person, series or engagement."""
    with open_record(record) as r:
        recorded("judgement", r.merge(kind.value, entries, person=person, why=why))


@app.command()
@one_line_errors
def split(entries: Entries, person: Person, kind: Of = Kind.person, why: Why = "", record: Where = DEFAULT) -> None:
    """Judge that forms or reports are different from everything else that they are joined with."""
    with open_record(record) as r:
        recorded("judgement", r.split(kind.value, entries, person=person, why=why))


@app.command()
@one_line_errors
def why(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="A key, or the name of a person.")],
    kind: Of = Kind.person,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """Why entries are held to be the same: every judgement, computed or of a person."""
    with open_record(record) as r:
        columns: Columns = {
            "number": lambda j: str(j.number),
            "entries": lambda j: f"{r.label(kind.value, j.left)}\n{r.label(kind.value, j.right)}",
            "verdict": lambda j: j.verdict,
            "score": lambda j: f"{j.score:.2f}" if j.score is not None else "",
            "why": lambda j: j.why,
            "by": lambda j: f"{j.person}, {j.at}" if j.person else "computed",
        }
        give(r.why(kind.value, entry), None, form, columns)


@app.command()
@one_line_errors
def undo(
    what: Annotated[Made, typer.Argument(help="judgement, decision or assessment.")],
    number: Annotated[int, typer.Argument(help="Its number.")],
    person: Person,
    reason: Why = "",
    record: Where = DEFAULT,
) -> None:
    """Take a judgement, decision or assessment of a person back; both stay in the record."""
    with open_record(record) as r:
        r.undo(what.value, number, person=person, why=reason)
    print(f"{what.value} {number} taken back", file=sys.stderr)
