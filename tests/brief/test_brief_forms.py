"""The forms of a brief, each opened again, and the command that writes them."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import html as lxml_html
from PIL import Image
from typer.testing import CliRunner

from verbale import brief
from verbale.brief import forms
from verbale.brief.model import Brief, Listing, Section, Sentence
from verbale.cli import app
from verbale.errors import BriefError
from verbale.record import Record

runner = CliRunner()


def made(r: Record) -> Brief:
    return brief.of_parties(r, ["IS", "MT"], purpose="third talks", as_of="2022-09-01")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_the_same_brief_gives_the_same_bytes(form: str, held: Record) -> None:
    b = made(held)
    assert forms.written(b, form) == forms.written(b, form)


def test_a_page_links_every_mark_to_its_source(held: Record) -> None:
    page = lxml_html.fromstring(forms.written(made(held), "html").decode())
    marks = [a.get("href")[1:] for a in page.xpath("//sup/a")]
    assert marks
    assert set(marks) <= set(page.xpath("//*[@id]/@id"))
    assert page.xpath("//img/@alt")[0].startswith(
        "Engagements in which a domain was a subject. Quantum: 2021 H1 1, 2022 H1 1; Health: 2022 H1 1;"
    )
    assert len(page.xpath("//section")) == len(made(held).sections) + 1


def test_nothing_that_a_source_says_acts_on_the_page(held: Record) -> None:
    b = made(held)
    note = replace(next(b.notes()), title="<script>alert(1)</script>", url="javascript:alert(1)")
    bad = Sentence("<img src=x onerror=alert(1)> [a](javascript:x) `b`", (note,), "<b>")
    b = replace(b, title="<i>", sections=(Section("x", (Listing((bad,)),)),))
    b = replace(b, sources=b.sources.of(b))
    page = forms.written(b, "html").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r'href="javascript', page)
    assert "\\[a\\]" in forms.written(b, "md").decode()
    assert "\\<img" in forms.written(b, "md").decode()


def test_a_word_document_has_styles_sources_and_a_picture(held: Record) -> None:
    b = made(held)
    content = forms.written(b, "docx")
    document = docx.Document(io.BytesIO(content))
    by_style: dict[str, list[str]] = {}
    for p in document.paragraphs:
        by_style.setdefault(p.style.name, []).append(p.text)
    assert by_style["Title"] == ["Iceland and Malta"]
    assert by_style["Heading 1"] == [*(s.title for s in b.sections), "Sources"]
    everything = "\n".join([*(p.text for p in document.paragraphs), *(c.text for t in document.tables for r in t.rows for c in r.cells)])
    for s in b.sentences():
        assert s.text in everything
    assert all(n.url in everything for n in b.notes() if n.url)
    assert any(run.font.superscript for p in document.paragraphs for run in p.runs)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    picture = Image.open(io.BytesIO(pictures[0])).convert("L")
    labels = picture.crop((0, 0, picture.width // 4, picture.height))
    assert labels.getextrema()[0] < 100, "the chart has no words"


@pytest.mark.slow
def test_a_pdf_has_every_sentence_and_the_same_bytes(held: Record) -> None:
    b = made(held)
    content = forms.written(b, "pdf")
    assert content == forms.written(b, "pdf")
    with pypdfium2.PdfDocument(content) as pdf:
        assert len(pdf) <= 5
        text = words(" ".join(page.get_textpage().get_text_range() for page in pdf)).replace("\ufffe", "-")
    for s in b.sentences():
        assert words(s.text)[:25] in text


def test_the_command_writes_by_the_ending(held: Record, tmp_path: Path) -> None:
    where = str(held._engine.url.database)
    out = tmp_path / "new" / "b.md"
    done = runner.invoke(app, ["brief", "IS", "MT", "--for", "third talks", "--as-of", "2022-09-01", "-o", str(out), "--record", where])
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == forms.written(made(held), "md")
    shown = runner.invoke(app, ["brief", "IS", "MT", "--for", "third talks", "--as-of", "2022-09-01", "--record", where])
    assert shown.output == out.read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [["IS"], [], ["IS", "MT", "--person", "Vella"], ["IS", "MT", "-o", "b.odt"], ["IS", "MT", "--as-of", "soon"]],
    ids=["one party", "nothing", "two subjects", "unknown form", "no day"],
)
def test_misuse_is_told(arguments: list[str], held: Record) -> None:
    done = runner.invoke(app, ["brief", *arguments, "--record", str(held._engine.url.database)])
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_an_empty_brief_is_no_error(held: Record, tmp_path: Path) -> None:
    out = tmp_path / "b.html"
    done = runner.invoke(app, ["brief", "Chad", "Peru", "-o", str(out), "--record", str(held._engine.url.database)])
    assert done.exit_code == 0
    assert "the brief says so" in done.output
    assert "This record holds 6 documents" in out.read_text("utf-8")


def test_what_cannot_be_written_leaves_nothing(held: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    out = tmp_path / "b.docx"
    done = runner.invoke(app, ["brief", "IS", "MT", "-o", str(out), "--record", str(held._engine.url.database)])
    assert done.exit_code == 1
    assert "pip install verbale[brief]" in done.output
    assert not list(tmp_path.glob("*b.docx*"))
    (tmp_path / "file").write_text("x")
    done = runner.invoke(app, ["brief", "IS", "MT", "-o", str(tmp_path / "file" / "b.md"), "--record", str(held._engine.url.database)])
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    with pytest.raises(BriefError, match="not as odt"):
        forms.written(made(held), "odt")
