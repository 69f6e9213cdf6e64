"""The documentation keeps up: commands, options, vocabularies and fields are all in it, and it builds."""

import dataclasses
import logging
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from mkdocs.commands.build import build
from mkdocs.config import load_config

from verbale import document, errors, findings
from verbale.cli import app

ROOT = Path(__file__).parent.parent
REFERENCE = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "docs/reference").glob("*.md")))
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]


def commands(command: Any, path: str) -> list[tuple[str, Any]]:
    """Every command below one, by what a person types."""
    below = getattr(command, "commands", {})
    return [(path, command), *(found for name, sub in below.items() for found in commands(sub, f"{path} {name}"))]


COMMANDS = commands(typer.main.get_command(app), "verbale")


def test_there_are_commands():
    assert {"verbale read", "verbale show", "verbale attributions", "verbale vocabulary list"} <= {path for path, _ in COMMANDS}


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_every_command_has_help_and_is_in_the_reference(path, command):
    assert (command.help or "").strip().endswith((".", ":"))
    assert path in REFERENCE
    for parameter in command.params:
        if getattr(parameter, "hidden", False) or parameter.name == "help":
            continue
        flags = [o for o in parameter.opts if o.startswith("--")]
        assert not flags or (parameter.help or "").strip(), f"{path}: {flags} has no help"
        assert all(re.search(rf"{re.escape(flag)}\b", REFERENCE) for flag in flags), f"{path}: {flags} not in docs/reference"


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "src/verbale/vocabulary").glob("*.yaml")))
def test_every_vocabulary_is_in_the_reference(name):
    page = (ROOT / "docs/reference/vocabularies.md").read_text("utf-8")
    assert f"`{name}`" in page


@pytest.mark.parametrize(
    "kind",
    [k for module in (document, findings) for k in vars(module).values() if dataclasses.is_dataclass(k)],
    ids=lambda kind: kind.__name__,
)
def test_every_field_of_a_reading_is_in_the_reference(kind):
    page = (ROOT / "docs/reference/reading.md").read_text("utf-8")
    section = page.partition(f"`{kind.__name__}`")[2] if kind is not document.Span else page
    missing = [f.name for f in dataclasses.fields(kind) if f"`{f.name}`" not in section]
    assert not missing


def test_every_error_says_what_it_is():
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.VerbaleError):
            assert kind.__doc__


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_in_the_documentation_is_python(page):
    for code in re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        compile(code, str(page), "exec")


@pytest.mark.slow
def test_the_documentation_builds_without_a_warning(tmp_path, caplog):
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site"), strict=True))
    assert not caplog.records
    assert (tmp_path / "site/reference/python/index.html").stat().st_size > 10_000
