"""Commands about commitments: promises, evidence, assess, compliance."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from verbale.commands.answers import As, Columns, Form, give, recorded
from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, AnyParties, Person, Since, Until, Where, open_record

app = typer.Typer()


class By(StrEnum):
    """How averages are grouped."""

    party = "party"
    domain = "domain"
    period = "period"


@app.command()
@one_line_errors
def promises(
    parties: AnyParties = None,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that are open.")] = False,
    only_overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose deadline has passed.")] = False,
    only_assessed: Annotated[bool, typer.Option("--assessed", help="Only those that are assessed.")] = False,
    domain: Annotated[str | None, typer.Option(help="Only those about this domain.")] = None,
    since: Since = None,
    until: Until = None,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """What was promised, and what became of it as people assessed it."""
    from verbale.record.followup import Status

    wanted: list[Status] = [s for s, asked in (("open", only_open), ("overdue", only_overdue), ("assessed", only_assessed)) if asked]  # type: ignore[misc]
    if len(wanted) > 1:
        raise typer.BadParameter("choose one of --open, --overdue and --assessed")
    with open_record(record) as r:
        answer = r.promises(
            parties or [], status=wanted[0] if wanted else None, domain=domain, since=since, until=until, as_of=date.today()
        )
        columns: Columns = {
            "key": lambda p: p.key,
            "date": lambda p: p.day or "–",
            "bound": lambda p: " ".join(p.parties),
            "promise": lambda p: p.text,
            "domains": lambda p: ", ".join(p.domains),
            "until": lambda p: p.deadline or "",
            "status": lambda p: p.status,
            "scores": lambda p: ", ".join(f"{a.party} {a.score:+d} ({a.person})" for a in p.assessments),
        }
        give(answer, answer.coverage, form, columns)


@app.command()
@one_line_errors
def evidence(
    commitment: Annotated[str, typer.Argument(help="Key of the commitment, as `promises` shows it.")],
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 10,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """Passages of later documents that may show what became of a commitment; a person decides what they show."""
    with open_record(record) as r:
        answer = r.evidence(commitment, limit=limit)
        columns: Columns = {
            "score": lambda c: f"{c.score:.2f}",
            "date": lambda c: c.day or "–",
            "passage": lambda c: c.text,
            "why": lambda c: ", ".join(c.why),
            "document": lambda c: c.source.document[:12],
        }
        give(answer, answer.coverage, form, columns)


@app.command(context_settings={"ignore_unknown_options": True})
@one_line_errors
def assess(
    commitment: Annotated[str, typer.Argument(help="Key of the commitment, as `promises` shows it.")],
    score: Annotated[str, typer.Argument(help="-1 not complied with, 0 partly or in progress, +1 fully.")],
    person: Person,
    found: Annotated[
        list[str] | None,
        typer.Option(
            "--evidence", help="DOCUMENT=WORDS: a document of the record and words in it; may be given again.", metavar="DOCUMENT=WORDS"
        ),
    ] = None,
    note: Annotated[str, typer.Option(help="The reasons.")] = "",
    party: Annotated[str | None, typer.Option(help="For whom; without it for every party bound.")] = None,
    record: Where = DEFAULT,
) -> None:
    """Score a commitment, with evidence and a note."""
    if score not in ("-1", "0", "+1", "1"):
        raise typer.BadParameter("the score is -1, 0 or +1", param_hint="SCORE")
    places = [item.partition("=") for item in found or []]
    if not all(document and words for document, _, words in places):
        raise typer.BadParameter("give evidence as DOCUMENT=WORDS", param_hint="--evidence")
    with open_record(record) as r:
        quoted = [(r.document_id(document), words) for document, _, words in places]
        numbers = r.assess(commitment, int(score), person=person, evidence=quoted, note=note, party=party)
    recorded("assessment", numbers)


@app.command()
@one_line_errors
def compliance(
    parties: AnyParties = None,
    by: Annotated[By | None, typer.Option(help="party, domain or period; without it one average.")] = None,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """The averages of the scores that people gave, as the G20 Research Group computes them."""
    with open_record(record) as r:
        rows = r.compliance(by.value if by else None, parties or [])
    columns: Columns = {
        "group": lambda c: c.group,
        "commitments": lambda c: str(c.commitments),
        "scores": lambda c: str(c.scores),
        "average": lambda c: f"{c.average:+.2f}",
        "percent": lambda c: f"{c.percent:.0f} %",
    }
    give(rows, None, form, columns)
