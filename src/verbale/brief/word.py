"""A brief as a Word document with real styles: headings, lists, tables, a picture, and the sources at the end."""

import io
import zipfile
from datetime import datetime
from typing import Any

from verbale.brief import charts
from verbale.brief.markdown import places
from verbale.brief.model import Brief, Grid, HeatMap, Listing, Note, Sentence
from verbale.brief.wording import day_words
from verbale.errors import BriefError

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the date of every part of the archive, so that the same brief gives the same bytes


def write(brief: Brief) -> bytes:
    """Return the document.

    Raises:
        BriefError: python-docx is not installed.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
        from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise BriefError("Word documents need python-docx: `pip install verbale[brief]`") from error
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Cambria", Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Title", 22), ("Heading 1", 13), ("Heading 2", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor(0x12, 0x3A, 0x6B)
        fonts = style.element.rPr.rFonts
        for attribute in list(fonts.attrib):
            if "Theme" in attribute:
                del fonts.attrib[attribute]
    day = datetime.fromisoformat(brief.as_of)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = f"{brief.title}: brief", "verbale", ""
    properties.created = properties.modified = day
    document.add_heading(clean(brief.title), 0)
    about = " · ".join(x for x in (brief.purpose, f"Talks {brief.period}" if brief.period else "", f"as of {day_words(brief.as_of)}") if x)
    document.add_paragraph(clean(about), style="Subtitle")
    for part in brief.sections:
        document.add_heading(clean(part.title), 1)
        for block in part.blocks:
            if isinstance(block, HeatMap):
                _heat(document, block, brief)
                continue
            if block.heading:
                document.add_heading(clean(block.heading), 2)
            if isinstance(block, Listing):
                for s in block.sentences:
                    _sentence(document.add_paragraph(style="List Bullet"), s, brief)
            else:
                _grid(document, block, brief)
    for remark in brief.remarks:
        document.add_paragraph(clean(remark)).runs[0].italic = True
    if brief.sources.sources:
        document.add_heading("Sources", 1)
        for n, notes in enumerate(brief.sources.sources, 1):
            _source(document.add_paragraph(), n, notes, brief)
    return _repacked(document)


def _sentence(paragraph: Any, s: Sentence, brief: Brief) -> None:
    if s.lead:
        paragraph.add_run(clean(s.lead) + ". ").bold = True
    paragraph.add_run(clean(s.text))
    paragraph.add_run(",".join(brief.sources.mark(n) for n in s.notes)).font.superscript = True


def _grid(document: Any, block: Grid, brief: Brief) -> None:
    table = document.add_table(rows=1, cols=len(block.columns), style="Light List Accent 1")
    for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = clean(name)
    for row in block.rows:
        for cell, s in zip(table.add_row().cells, row, strict=True):
            _sentence(cell.paragraphs[0], s, brief)
    document.add_paragraph()


def _heat(document: Any, block: HeatMap, brief: Brief) -> None:
    from docx.shared import Cm  # noqa: PLC0415 - an extra, known to be there

    picture = document.add_picture(io.BytesIO(charts.png(charts.heat_map(block))), width=Cm(15))
    picture._inline.docPr.set("descr", charts.in_words(block))
    caption = document.add_paragraph(style="Caption")
    caption.add_run(f"{block.title}. Last seen, in this order: ")
    caption.add_run(", ".join(brief.sources.mark(n) for n in block.notes))


def _source(paragraph: Any, n: int, notes: tuple[Note, ...], brief: Brief) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - an extra, known to be there

    first = notes[0]
    address = f", {first.url}" if first.url else ""
    paragraph.add_run(f"{n}  ").bold = True
    paragraph.add_run(clean(f"{first.publisher or 'Unknown publisher'}, {day_words(first.day)}: {first.title or 'untitled'}{address}. "))
    where = "; ".join(f"{brief.sources.mark(x)} {places(x)}" for x in notes)
    paragraph.add_run(f"Characters of document {first.document[:12]}: {where}.")
    for run in paragraph.runs:
        run.font.size = Pt(8)


def clean(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return "".join(c for c in text if c >= " " or c == "\t")


def _repacked(document: Any) -> bytes:
    """Return the document with the same date on every part of the archive."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(item))
    return out.getvalue()
