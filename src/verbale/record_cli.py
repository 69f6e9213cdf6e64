"""The commands of the record: one thin function a command, added to those of the command line."""

import csv
import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar

import typer

from verbale.errors import VerbaleError

if TYPE_CHECKING:
    from rich.progress import Progress

    from verbale.document import Document
    from verbale.findings import Reading
    from verbale.record import Coverage, Record
    from verbale.record.store import Added, Reader

app = typer.Typer()
review_app = typer.Typer(
    help="Accept, reject, amend and add findings; nothing is deleted, everything can be taken back.", no_args_is_help=True
)
app.add_typer(review_app, name="review")

P = ParamSpec("P")
R = TypeVar("R")


class Form(StrEnum):
    """How answers are given."""

    text = "text"
    json = "json"
    csv = "csv"
    parquet = "parquet"


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


class By(StrEnum):
    """How averages are grouped."""

    party = "party"
    domain = "domain"
    period = "period"


Where = Annotated[
    str,
    typer.Option("--record", envvar="VERBALE_RECORD", help="File of the record, or postgresql://user@host/database.", show_default=True),
]
As = Annotated[Form, typer.Option("--format", help="text: a table; json, csv, parquet: for programs.")]
Parties = Annotated[list[str], typer.Argument(metavar="PARTY...", help="Countries and organisations, by code or name.", show_default=False)]
Since = Annotated[str | None, typer.Option(help="First day, month or year.", metavar="DATE")]
Until = Annotated[str | None, typer.Option(help="Last day, month or year.", metavar="DATE")]
Person = Annotated[str, typer.Option("--by", envvar="VERBALE_PERSON", help="Who decides.", metavar="NAME")]
Why = Annotated[str, typer.Option("--why", help="The reasons.", metavar="TEXT")]
_DEFAULT = "verbale.db"


def _one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors into one line on standard error and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:  # the reader of our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except VerbaleError as error:
            line = " ".join(str(error).split())
            print(f"verbale: {''.join(c if c.isprintable() else '?' for c in line)}", file=sys.stderr)
        raise typer.Exit(1)

    return run


def _open(where: str) -> "Record":
    from verbale import record

    return record.open(where)


# ── storing ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@app.command()
@_one_line_errors
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.", exists=True, show_default=False)],
    record: Where = _DEFAULT,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")] = 1,
) -> None:
    """Read documents and keep them in the record; run again after an interruption, it goes on where it stopped."""
    from verbale.intake import IntakeFailure, load

    failures: list[str] = []

    def documents() -> "Iterator[Document | Reading]":
        for found in load(paths):
            if isinstance(found, IntakeFailure):
                failures.append(str(found.error))
            else:
                yield found

    with _open(record) as r, _progress() as bar, _reader(workers) as reader:
        done = r.add(documents(), reader, progress=_told(bar, "Adding"))
    _sum_up(done, "added")
    failures += [f"{document.title or document.id}: {reason}" for document, reason in done.refused]
    for failure in failures:
        print(f"verbale: {failure}", file=sys.stderr)
    if failures:
        raise typer.Exit(1)


@app.command()
@_one_line_errors
def reread(
    record: Where = _DEFAULT,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")] = 1,
    everything: Annotated[bool, typer.Option("--all", help="Also documents that this reader has read already.")] = False,
) -> None:
    """Read the documents of the record again and renew the findings; every decision of a person is kept."""
    from verbale.reading.encoder import encoder

    with _open(record) as r, _progress() as bar, _reader(workers) as reader:
        done = r.reread(reader, but=None if everything else encoder().version, progress=_told(bar, "Reading again"))
    _sum_up(done, "read again")


class _reader:
    """A reader in this process, or in several that end with the `with` block."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Any = None

    def __enter__(self) -> "Reader":
        from verbale.record.store import read_here

        if self._workers == 1:
            return read_here
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # fork is unsafe beside the threads of the numerical libraries
        self._pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        return self._read

    def _read(self, documents: "Sequence[Document]") -> "Iterable[Reading]":
        from verbale.reading import read_document

        found: Iterable[Reading] = self._pool.map(read_document, documents, chunksize=4)
        return found

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _progress() -> "Progress":
    """Return a progress bar on standard error, silent where nobody would see it."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("documents"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _told(bar: "Progress", what: str) -> "Callable[[Added], None]":
    task = bar.add_task(what, total=None)
    return lambda done: bar.update(task, completed=done.stored + done.known)


def _sum_up(done: "Added", what: str) -> None:
    known = f", {done.known} known already" if done.known else ""
    refused = f", {len(done.refused)} refused" if done.refused else ""
    print(f"{done.stored} documents {what}{known}{refused}", file=sys.stderr)


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@app.command()
@_one_line_errors
def timeline(
    parties: Parties,
    since: Since = None,
    until: Until = None,
    kind: Annotated[str | None, typer.Option(help="call, meeting, summit, dialogue, visit, signing or statement.")] = None,
    only: Annotated[bool, typer.Option("--only", help="Leave out engagements in which others took part too.")] = False,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """What happened between these parties, by date, with sources."""
    with _open(record) as r:
        answer = r.timeline(parties, since=since, until=until, kind=kind, only=only)
        columns: _Columns = {
            "key": lambda e: e.key,
            "date": lambda e: " / ".join(e.days) or "–",
            "kind": lambda e: f"{e.kind}, {e.status}" if e.status != "held" else e.kind,
            "level": lambda e: e.level or "",
            "parties": lambda e: " ".join(e.parties),
            "what": lambda e: e.series or e.place or "",
            "people": lambda e: ", ".join(p.name for p in e.people),
            "domains": lambda e: ", ".join(f"{s.concept} {s.stage}" if s.stage else s.concept for s in e.subjects),
            "sources": lambda e: "; ".join(s.url or s.title for s in e.sources),
        }
        _give(answer, answer.coverage, form, columns)


_Columns = Mapping[str, Callable[[Any], str]]

_LEDGER: _Columns = {
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
@_one_line_errors
def ledger(
    parties: Parties,
    since: Since = None,
    until: Until = None,
    silence: Annotated[int, typer.Option(min=1, help="Days without a word after which a domain counts as resumed.")] = 365,
    only: Annotated[bool, typer.Option("--only", help="Leave out engagements in which others took part too.")] = False,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """Every domain and situation between these parties by engagement: new, resumed, moved, held or dropped."""
    with _open(record) as r:
        answer = r.ledger(parties, silence=silence, since=since, until=until, only=only)
        _give(answer, answer.coverage, form, _LEDGER)


@app.command()
@_one_line_errors
def new(
    parties: Parties,
    engagement: Annotated[str, typer.Option("--in", help="Key of the engagement, or a document that reports it.", metavar="ENGAGEMENT")],
    silence: Annotated[int, typer.Option(min=1, help="Days without a word after which a domain counts as resumed.")] = 365,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """What is new in one engagement, what resumed or moved a stage, and what was dropped since the edition before."""
    with _open(record) as r:
        answer = r.new(parties, engagement, silence=silence)
        _give(answer, answer.coverage, form, _LEDGER)


@app.command()
@_one_line_errors
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier document: id, address or title.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later document.")],
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """How the wording changed: passages added, dropped, changed and moved, hardened and softened."""
    with _open(record) as r:
        found = r.compare(before, after)
    if form is Form.json:
        from verbale.record.answers import plain

        sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
        return
    columns: _Columns = {
        "change": lambda p: "\n".join([p.change, *(f"{s.shift}: {s.before} → {s.after}" for s in p.shifts)]),
        found.before_title or "A": lambda p: p.before.text if p.before else "",
        found.after_title or "B": lambda p: p.after.text if p.after else "",
        "words": lambda p: "\n".join(f"−{w.dropped or '∅'} +{w.added or '∅'}" for w in p.words) if p.change != "same" else "",
    }
    _give([p for p in found.pairs if p.change != "same" or form is not Form.text], None, form, columns)


@app.command()
@_one_line_errors
def accounts(
    engagement: Annotated[str, typer.Argument(help="Key of the engagement, or a document that reports it.")],
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """What each account of one engagement mentions, where they differ, and what only one does."""
    with _open(record) as r:
        answer = r.accounts(engagement)
        columns: _Columns = {
            "kind": lambda x: x.kind,
            "item": lambda x: x.item,
            "said by": lambda x: "\n".join(f"{m.account}: {m.says}" for m in x.mentions),
            "missing in": lambda x: "\n".join(x.missing),
            "": lambda x: f"only {x.only}" if x.only else "" if x.agree else "differ",
        }
        _give(answer, answer.coverage, form, columns)


@app.command()
@_one_line_errors
def said(
    who: Annotated[str | None, typer.Argument(metavar="PERSON", help="Name of a person.")] = None,
    party: Annotated[str | None, typer.Option(help="The party spoken for.")] = None,
    about: Annotated[str | None, typer.Option(help="A domain, a situation, or words.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """Who said what about what, the latest first."""
    with _open(record) as r:
        answer = r.said(who, party=party, about=about, since=since, until=until, limit=limit)
        columns: _Columns = {
            "date": lambda s: s.day or "–",
            "speaker": lambda s: s.speaker,
            "party": lambda s: s.party or "",
            "cue": lambda s: f"not: {s.cue}" if s.negated else s.cue or "",
            "content": lambda s: f"“{s.content}”" if s.mode == "direct" else s.content,
            "source": lambda s: s.source.url or s.source.title,
        }
        _give(answer, answer.coverage, form, columns)


@app.command()
@_one_line_errors
def promises(
    parties: Annotated[list[str] | None, typer.Argument(metavar="[PARTY]...", help="Between whom.", show_default=False)] = None,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that are open.")] = False,
    only_overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose deadline has passed.")] = False,
    only_assessed: Annotated[bool, typer.Option("--assessed", help="Only those that are assessed.")] = False,
    domain: Annotated[str | None, typer.Option(help="Only those about this domain.")] = None,
    since: Since = None,
    until: Until = None,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """What was promised, and what became of it as people assessed it."""
    from verbale.record.followup import Status

    wanted: list[Status] = [s for s, asked in (("open", only_open), ("overdue", only_overdue), ("assessed", only_assessed)) if asked]  # type: ignore[misc]
    if len(wanted) > 1:
        raise typer.BadParameter("choose one of --open, --overdue and --assessed")
    with _open(record) as r:
        answer = r.promises(
            parties or [], status=wanted[0] if wanted else None, domain=domain, since=since, until=until, as_of=date.today()
        )
        columns: _Columns = {
            "key": lambda p: p.key,
            "date": lambda p: p.day or "–",
            "bound": lambda p: " ".join(p.parties),
            "promise": lambda p: p.text,
            "domains": lambda p: ", ".join(p.domains),
            "until": lambda p: p.deadline or "",
            "status": lambda p: p.status,
            "scores": lambda p: ", ".join(f"{a.party} {a.score:+d} ({a.person})" for a in p.assessments),
        }
        _give(answer, answer.coverage, form, columns)


@app.command()
@_one_line_errors
def evidence(
    commitment: Annotated[str, typer.Argument(help="Key of the commitment, as `promises` shows it.")],
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 10,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """Passages of later documents that may show what became of a commitment; a person decides what they show."""
    with _open(record) as r:
        answer = r.evidence(commitment, limit=limit)
        columns: _Columns = {
            "score": lambda c: f"{c.score:.2f}",
            "date": lambda c: c.day or "–",
            "passage": lambda c: c.text,
            "why": lambda c: ", ".join(c.why),
            "document": lambda c: c.source.document[:12],
        }
        _give(answer, answer.coverage, form, columns)


@app.command(context_settings={"ignore_unknown_options": True})
@_one_line_errors
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
    record: Where = _DEFAULT,
) -> None:
    """Score a commitment, with evidence and a note."""
    if score not in ("-1", "0", "+1", "1"):
        raise typer.BadParameter("the score is -1, 0 or +1", param_hint="SCORE")
    places = [item.partition("=") for item in found or []]
    if not all(document and words for document, _, words in places):
        raise typer.BadParameter("give evidence as DOCUMENT=WORDS", param_hint="--evidence")
    with _open(record) as r:
        quoted = [(r.document_id(document), words) for document, _, words in places]
        numbers = r.assess(commitment, int(score), person=person, evidence=quoted, note=note, party=party)
    print(f"assessment {', '.join(map(str, numbers))} recorded", file=sys.stderr)


@app.command()
@_one_line_errors
def compliance(
    parties: Annotated[list[str] | None, typer.Argument(metavar="[PARTY]...", help="Between whom.", show_default=False)] = None,
    by: Annotated[By | None, typer.Option(help="party, domain or period; without it one average.")] = None,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """The averages of the scores that people gave, as the G20 Research Group computes them."""
    with _open(record) as r:
        rows = r.compliance(by.value if by else None, parties or [])
    columns: _Columns = {
        "group": lambda c: c.group,
        "commitments": lambda c: str(c.commitments),
        "scores": lambda c: str(c.scores),
        "average": lambda c: f"{c.average:+.2f}",
        "percent": lambda c: f"{c.percent:.0f} %",
    }
    _give(rows, None, form, columns)


@app.command()
@_one_line_errors
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
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """Find documents by words and by what they are about, the best first."""
    filters: dict[str, Any] = {
        "parties": party or [], "person": person, "concepts": about or [], "stage": stage, "kind": kind, "publisher": publisher,
        "since": since, "until": until,
    }  # fmt: skip
    with _open(record) as r:
        if facets:
            spread = asdict(r.facets(query, **filters))
            rows = [{"facet": facet, "value": value, "documents": n} for facet, found in spread.items() for value, n in found.items()]
            _give(rows, None, form, {name: functools.partial(_item, name) for name in ("facet", "value", "documents")})
            return
        answer = r.search(query, limit=limit, offset=offset, **filters)
        columns: _Columns = {
            "date": lambda h: h.source.day or "–",
            "title": lambda h: h.source.title,
            "passage": lambda h: h.snippet,
            "document": lambda h: h.source.document[:12],
        }
        _give(answer, answer.coverage, form, columns)


@app.command()
@_one_line_errors
def people(
    who: Annotated[str | None, typer.Argument(metavar="PERSON", help="Name, part of a name, or key.")] = None,
    party: Annotated[str | None, typer.Option(help="Only people of this party.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """The people of the record, the offices in which they are seen and when."""
    with _open(record) as r:
        answer = r.people(who, party=party, limit=limit)
        columns: _Columns = {
            "key": lambda p: p.key,
            "name": lambda p: p.name,
            "party": lambda p: p.party or "",
            "offices": lambda p: "\n".join(f"{o.office} ({o.first or '?'} – {o.last or '?'})" for o in p.offices),
            "engagements": lambda p: str(p.engagements),
            "statements": lambda p: str(p.statements),
            "also": lambda p: ", ".join(p.names),
        }
        _give(answer, answer.coverage, form, columns)


@app.command()
@_one_line_errors
def network(
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTY]...", help="One: whom it met. More: among them.", show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """Who met whom, how often, at what level and in what kind of engagement, by year."""
    with _open(record) as r:
        answer = r.network(parties or [], since=since, until=until)
        columns: _Columns = {
            "parties": lambda m: " – ".join(m.parties),
            "year": lambda m: m.year,
            "engagements": lambda m: str(m.engagements),
            "levels": lambda m: _spread(m.levels),
            "kinds": lambda m: _spread(m.kinds),
        }
        _give(answer, answer.coverage, form, columns)


# ── identities and decisions ───────────────────────────────────────────────────────────────────────────────────────────────

Entries = Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Keys, or names of people.", show_default=False)]
Of = Annotated[Kind, typer.Option("--kind", help="What the entries are.")]


@app.command()
@_one_line_errors
def merge(entries: Entries, person: Person, kind: Of = Kind.person, why: Why = "", record: Where = _DEFAULT) -> None:
    """Judge that entries are the same person, series or engagement."""
    with _open(record) as r:
        _recorded("judgement", r.merge(kind.value, entries, person=person, why=why))


@app.command()
@_one_line_errors
def split(entries: Entries, person: Person, kind: Of = Kind.person, why: Why = "", record: Where = _DEFAULT) -> None:
    """Judge that forms or reports are different from everything else that they are joined with."""
    with _open(record) as r:
        _recorded("judgement", r.split(kind.value, entries, person=person, why=why))


@app.command()
@_one_line_errors
def why(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="A key, or the name of a person.")],
    kind: Of = Kind.person,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """Why entries are held to be the same: every judgement, computed or of a person."""
    with _open(record) as r:
        columns: _Columns = {
            "number": lambda j: str(j.number),
            "entries": lambda j: f"{r.label(kind.value, j.left)}\n{r.label(kind.value, j.right)}",
            "verdict": lambda j: j.verdict,
            "score": lambda j: f"{j.score:.2f}" if j.score is not None else "",
            "why": lambda j: j.why,
            "by": lambda j: f"{j.person}, {j.at}" if j.person else "computed",
        }
        _give(r.why(kind.value, entry), None, form, columns)


@app.command()
@_one_line_errors
def undo(
    what: Annotated[Made, typer.Argument(help="judgement, decision or assessment.")],
    number: Annotated[int, typer.Argument(help="Its number.")],
    person: Person,
    reason: Why = "",
    record: Where = _DEFAULT,
) -> None:
    """Take a judgement, decision or assessment of a person back; both stay in the record."""
    with _open(record) as r:
        r.undo(what.value, number, person=person, why=reason)
    print(f"{what.value} {number} taken back", file=sys.stderr)


Finding = Annotated[str, typer.Argument(metavar="FINDING", help="Key of the finding.")]
Value = Annotated[str, typer.Argument(metavar="JSON", help="The finding as the reading has it in JSON.")]


@review_app.command("accept")
@_one_line_errors
def review_accept(finding: Finding, person: Person, reason: Why = "", record: Where = _DEFAULT) -> None:
    """Record that a finding is right."""
    with _open(record) as r:
        _recorded("decision", [r.accept(finding, person=person, why=reason)])


@review_app.command("reject")
@_one_line_errors
def review_reject(finding: Finding, person: Person, reason: Why = "", record: Where = _DEFAULT) -> None:
    """Record that a finding is wrong: no answer shows it any more."""
    with _open(record) as r:
        _recorded("decision", [r.reject(finding, person=person, why=reason)])


@review_app.command("amend")
@_one_line_errors
def review_amend(finding: Finding, value: Value, person: Person, reason: Why = "", record: Where = _DEFAULT) -> None:
    """Put a finding in place of another."""
    with _open(record) as r:
        _recorded("decision", [r.amend(finding, _object(value), person=person, why=reason)])


@review_app.command("add")
@_one_line_errors
def review_add(
    document: Annotated[str, typer.Argument(help="Id, address or title of the document.")],
    kind: Annotated[str, typer.Argument(help="engagement, domain, situation, statement, commitment or figure.")],
    value: Value,
    person: Person,
    reason: Why = "",
    record: Where = _DEFAULT,
) -> None:
    """Add a finding that the reader missed."""
    with _open(record) as r:
        number = r.add_finding(r.document_id(document), kind, _object(value), person=person, why=reason)  # type: ignore[arg-type]
        _recorded("decision", [number])


@review_app.command("list")
@_one_line_errors
def review_list(record: Where = _DEFAULT, form: As = Form.text) -> None:
    """List every decision about findings."""
    with _open(record) as r:
        columns: _Columns = {
            "number": lambda d: str(d.number),
            "verb": lambda d: d.verb,
            "kind": lambda d: d.kind,
            "finding": lambda d: d.finding or "",
            "document": lambda d: d.document[:12],
            "by": lambda d: f"{d.person}, {d.at}",
            "why": lambda d: d.why,
            "": lambda d: "stands" if d.stands else "" if d.verb == "undo" else "taken back",
        }
        _give(r.decisions(), None, form, columns)


@review_app.command("export")
@_one_line_errors
def review_export(record: Where = _DEFAULT) -> None:
    """Write the documents that people corrected as training data in the form of the guidelines, one JSON object a line."""
    with _open(record) as r:
        for corrected in r.corrections():
            sys.stdout.write(json.dumps(corrected, ensure_ascii=False) + "\n")


# ── the record itself ──────────────────────────────────────────────────────────────────────────────────────────────────────


@app.command()
@_one_line_errors
def stats(
    digest: Annotated[bool, typer.Option("--digest", help="A SHA-256 of the content, the same for records that hold the same.")] = False,
    record: Where = _DEFAULT,
    form: As = Form.text,
) -> None:
    """What the record holds, in numbers."""
    with _open(record) as r:
        if digest:
            print(r.digest())
            return
        numbers = asdict(r.stats())
    if form is Form.text:
        rows = [{"what": name.replace("_", " "), "value": _shown(value)} for name, value in numbers.items()]
        _give(rows, None, form, {name: functools.partial(_item, name) for name in ("what", "value")})
    else:
        _give([numbers], None, form, {name: functools.partial(_item, name) for name in numbers})


@app.command()
@_one_line_errors
def sql(query: Annotated[str, typer.Argument(help="One query that reads.")], record: Where = _DEFAULT, form: As = Form.text) -> None:
    """Run an SQL query on the record; whatever is typed, nothing is written."""
    with _open(record) as r:
        rows = r.sql(query)
        first = next(rows, None)
        if first is None:
            return
        _give(_chained(first, rows), None, form, {name: functools.partial(_item, name) for name in first})


def _chained(first: Mapping[str, Any], rest: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    yield first
    yield from rest


# ── giving answers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(name: str, row: Mapping[str, Any]) -> str:
    return _shown(row[name])


def _shown(value: Any) -> str:
    return _spread(value) if isinstance(value, dict) else "" if value is None else str(value)


def _spread(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name or '–'} {n}" for name, n in counts.items())


def _object(written: str) -> dict[str, Any]:
    try:
        value = json.loads(written)
    except json.JSONDecodeError as error:
        raise typer.BadParameter(f"not JSON: {error}", param_hint="JSON") from error
    if not isinstance(value, dict):
        raise typer.BadParameter("a JSON object is needed", param_hint="JSON")
    return value


def _recorded(what: str, numbers: Sequence[int]) -> None:
    print(f"{what} {', '.join(map(str, numbers))} recorded", file=sys.stderr)


def _give(rows: Iterable[Any], coverage: "Coverage | None", form: Form, columns: _Columns) -> None:
    """Print rows as they come: as a table of these columns, or whole for programs."""
    from verbale.record.answers import plain

    if form is Form.text:
        _table(rows, coverage, columns)
    elif form is Form.json:
        sys.stdout.write('{"coverage": ' + json.dumps(plain(coverage)) + ', "rows": [')
        for n, row in enumerate(rows):
            sys.stdout.write((",\n" if n else "\n") + json.dumps(plain(row), ensure_ascii=False))
        sys.stdout.write("\n]}\n")
    elif form is Form.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        for n, row in enumerate(rows):
            flat = plain(row)
            if n == 0:
                writer.writerow(flat)
            writer.writerow([_cell(v) for v in flat.values()])
    else:
        _parquet([plain(row) for row in rows])


def _cell(value: Any) -> Any:
    """Return a value of a CSV cell: objects as JSON, and no text that a spreadsheet takes for a formula."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _table(rows: Iterable[Any], coverage: "Coverage | None", columns: _Columns) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 160, markup=False, emoji=False, highlight=False)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    n = 0
    for row in rows:
        table.add_row(*(Text("".join(c if c.isprintable() or c == "\n" else " " for c in column(row))) for column in columns.values()))
        n += 1
    if n:
        console.print(table)
    if coverage is not None:
        held = f"{coverage.first} to {coverage.last}" if coverage.first else "undated"
        noun = "row" if n == 1 else "rows"
        console.print(Text(f"{n} {noun}; the record holds {coverage.documents} documents, published {held}", style="dim"))


def _parquet(rows: list[dict[str, Any]]) -> None:
    from verbale.errors import RecordError

    try:
        import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
        import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise RecordError("Parquet needs pyarrow: `pip install verbale[arrow]`") from error
    pq.write_table(pa.Table.from_pylist(rows), sys.stdout.buffer)
