"""Commands about the controlled lists: vocabulary list and suggest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from verbale.commands.complaints import complain, one_line_errors, printable
from verbale.commands.sources import existing
from verbale.commands.terminal import console

app = typer.Typer(help="The controlled lists that readings use.", no_args_is_help=True)


@app.command("list")
@one_line_errors
def vocabulary_list(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One vocabulary; without it all are named.")] = None,
) -> None:
    """List the vocabularies, or the entries of one."""
    from importlib.resources import files

    from verbale.vocabulary.files import read as read_file

    known = sorted(f.name.removesuffix(".yaml") for f in files("verbale.vocabulary").iterdir() if f.name.endswith(".yaml"))
    if name is not None and name not in known:
        raise typer.BadParameter(f"there is no vocabulary {name}; there are {', '.join(known)}", param_hint="NAME")
    output = console()
    if name is None:
        for one in known:
            output.print(Text.assemble((f"{one:<14}", "bold"), f"{_size(read_file(f'{one}.yaml')):>5} entries"), soft_wrap=True)
    else:
        for line in _vocabulary_lines(read_file(f"{name}.yaml")):
            output.print(line, soft_wrap=not output.is_terminal)


@app.command("suggest")
@one_line_errors
def vocabulary_suggest(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Readings: files and folders.", show_default=False, callback=existing),
    ],
    at_least: Annotated[int, typer.Option(min=1, help="Leave out subjects of fewer documents.")] = 2,
) -> None:
    """List the subjects of cooperation that stored readings found and no vocabulary holds, the most frequent first."""
    from verbale.page.names import concept_name
    from verbale.reading.suggestions import suggest
    from verbale.stored import stored_readings

    output, count = console(), 0
    for one in suggest(stored_readings(paths)):
        if one.documents >= at_least:
            count += 1
            near = ", ".join(concept_name(c) for c in one.nearest)
            documents = f"  in {one.documents} document{'s' if one.documents > 1 else ''}"
            output.print(Text.assemble((printable(one.phrase), "bold"), documents, (f" · near {near}" if near else "", "dim")))
            output.print(Text(f"  {printable(one.example)} ({printable(one.source)})", "dim"))
    if not count:
        complain(f"no subject stands in {at_least} or more of these readings")


def _vocabulary_lines(raw: Any) -> Iterator[Text]:
    """Yield one line an entry of a vocabulary file, whichever of their forms it has."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            nested = isinstance(value, list) and value and isinstance(value[0], dict)
            if nested:
                yield from _vocabulary_lines(value)
            else:
                yield Text.assemble((str(key), "bold"), "  ", _listed(value))
        return
    for entry in raw:
        if not isinstance(entry, dict):
            yield Text(str(entry))
            continue
        about = entry.get("scope") or entry.get("definition") or _listed([v for k, v in entry.items() if k not in {"id", "label"}])
        label = entry.get("label")
        yield Text.assemble((str(entry["id"]), "bold"), f"  {label}" if label else "", (f"  {about}", "dim"))


def _listed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_listed(v) for v in value)
    if isinstance(value, dict):
        return "; ".join(f"{k}: {_listed(v)}" for k, v in value.items())
    return str(value)


def _size(raw: Any) -> int:
    """Count the entries of a vocabulary file: of its list, or of all the lists that it maps names to."""
    if isinstance(raw, dict):
        return sum(len(v) if isinstance(v, list | dict) else 1 for v in raw.values())
    return len(raw)
