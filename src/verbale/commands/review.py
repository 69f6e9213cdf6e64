"""Decisions about findings: accept, reject, amend, add, list, export."""

import json
import sys
from typing import Annotated, Any

import typer

from verbale.commands.answers import As, Columns, Form, give, recorded
from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Person, Where, Why, open_record

app = typer.Typer(help="Accept, reject, amend and add findings; nothing is deleted, everything can be taken back.", no_args_is_help=True)


Finding = Annotated[str, typer.Argument(metavar="FINDING", help="Key of the finding.")]
Value = Annotated[str, typer.Argument(metavar="JSON", help="The finding as the reading has it in JSON.")]


@app.command("accept")
@one_line_errors
def review_accept(finding: Finding, person: Person, reason: Why = "", record: Where = DEFAULT) -> None:
    """Record that a finding is right."""
    with open_record(record) as r:
        recorded("decision", [r.accept(finding, person=person, why=reason)])


@app.command("reject")
@one_line_errors
def review_reject(finding: Finding, person: Person, reason: Why = "", record: Where = DEFAULT) -> None:
    """Record that a finding is wrong: no answer shows it any more."""
    with open_record(record) as r:
        recorded("decision", [r.reject(finding, person=person, why=reason)])


@app.command("amend")
@one_line_errors
def review_amend(finding: Finding, value: Value, person: Person, reason: Why = "", record: Where = DEFAULT) -> None:
    """Put a finding in place of another."""
    with open_record(record) as r:
        recorded("decision", [r.amend(finding, _object(value), person=person, why=reason)])


@app.command("add")
@one_line_errors
def review_add(
    document: Annotated[str, typer.Argument(help="Id, address or title of the document.")],
    kind: Annotated[str, typer.Argument(help="engagement, domain, situation, statement, commitment or figure.")],
    value: Value,
    person: Person,
    reason: Why = "",
    record: Where = DEFAULT,
) -> None:
    """Add a finding that the reader missed."""
    with open_record(record) as r:
        number = r.add_finding(r.document_id(document), kind, _object(value), person=person, why=reason)  # type: ignore[arg-type]
        recorded("decision", [number])


@app.command("list")
@one_line_errors
def review_list(record: Where = DEFAULT, form: As = Form.text) -> None:
    """List every decision about findings."""
    with open_record(record) as r:
        columns: Columns = {
            "number": lambda d: str(d.number),
            "verb": lambda d: d.verb,
            "kind": lambda d: d.kind,
            "finding": lambda d: d.finding or "",
            "document": lambda d: d.document[:12],
            "by": lambda d: f"{d.person}, {d.at}",
            "why": lambda d: d.why,
            "": lambda d: "stands" if d.stands else "" if d.verb == "undo" else "taken back",
        }
        give(r.decisions(), None, form, columns)


@app.command("export")
@one_line_errors
def review_export(record: Where = DEFAULT) -> None:
    """Write the documents that people corrected as training data in the form of the guidelines, one JSON object a line."""
    with open_record(record) as r:
        for corrected in r.corrections():
            sys.stdout.write(json.dumps(corrected, ensure_ascii=False) + "\n")


def _object(written: str) -> dict[str, Any]:
    try:
        value = json.loads(written)
    except json.JSONDecodeError as error:
        raise typer.BadParameter(f"not JSON: {error}", param_hint="JSON") from error
    if not isinstance(value, dict):
        raise typer.BadParameter("a JSON object is needed", param_hint="JSON")
    return value
