"""PDF files, made here with fpdf2."""

import io

import pytest
from fpdf import FPDF

from verbale.errors import IntakeError
from verbale.intake import Limits, read_bytes

TITLE = "Joint Statement on Forests between Norway and Peru after Two Days of Talks in Lima"
AGREED = (
    "Norway will provide 50 million dollars over five years. Peru will publish maps of its forests every year, and the two sides "
    "will meet again in Oslo to review what has been done and what remains to be done."
)


class Page(FPDF):
    def header(self):
        self.set_font("Helvetica", "I", 9)
        self.cell(0, 8, "Ministry of Forests - Press Office", align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self):
        self.set_y(-15)
        self.set_font("Helvetica", "", 9)
        self.cell(0, 8, f"Page {self.page_no()} of 3", align="C")


def made(write, **encryption) -> bytes:
    pdf = Page(format="A4")
    pdf.set_auto_page_break(True, 25)
    if encryption:
        pdf.set_encryption(**encryption)
    pdf.add_page()
    pdf.set_font("Times", "B", 18)
    pdf.multi_cell(0, 9, TITLE)
    pdf.ln(4)
    pdf.set_font("Times", "", 11)
    write(pdf)
    return bytes(pdf.output())


def printed(pdf):
    for number in range(1, 13):
        lines = [
            "The two foreign ministers met in Lima on Friday for the second round of their dialogue. They welcomed the long-",
            "term programme and agreed on closer coopera-",
            "tion between their services. A long-term register of protected areas will follow, they said in their remarks after-",
            "wards.",
        ]
        for line in lines:
            pdf.cell(0, 5.5, line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
        pdf.multi_cell(0, 5.5, f"In round {number}, {AGREED}", align="L")
        pdf.ln(3)


def one(raw: bytes):
    (document,) = read_bytes(raw, "statement.pdf")
    return document


def test_lines_become_paragraphs_and_broken_words_become_whole():
    document = one(made(printed))
    assert document.kind == "pdf"
    assert document.title == TITLE
    paragraphs = document.text.split("\n\n")
    assert len(paragraphs) == 1 + 2 * 12
    assert paragraphs[1] == (
        "The two foreign ministers met in Lima on Friday for the second round of their dialogue. They welcomed the long-term programme "
        "and agreed on closer cooperation between their services. A long-term register of protected areas will follow, they said in "
        "their remarks afterwards."
    )
    assert paragraphs[-1] == f"In round 12, {AGREED}"


def test_running_heads_and_page_numbers_are_left_out():
    text = one(made(printed)).text
    assert "Press Office" not in text and "Page 2" not in text


def test_columns_are_read_one_after_the_other():
    def columns(pdf):
        with pdf.text_columns(ncols=2, gutter=8, text_align="L") as found:
            for number in range(1, 9):
                found.write(f"Point {number}. {AGREED}")
                found.ln()
                found.ln()

    text = one(made(columns)).text
    points = [text.index(f"Point {number}. {AGREED}") for number in range(1, 9)]
    assert points == sorted(points)


def test_the_time_a_file_was_made_is_not_when_it_was_published():
    assert one(made(printed)).published is None


def test_an_encrypted_file_is_an_error_that_says_so():
    with pytest.raises(IntakeError, match=r"statement\.pdf: an encrypted PDF; save a copy without its password"):
        one(made(printed, owner_password="a", user_password="b"))


def test_a_truncated_file_is_an_error_that_says_so():
    with pytest.raises(IntakeError, match=r"damaged or truncated PDF"):
        one(made(printed)[:300])


def test_a_file_of_pictures_is_an_error_that_names_text_recognition():
    blank = FPDF()
    blank.add_page()
    out = io.BytesIO()
    blank.output(out)
    with pytest.raises(IntakeError, match="text recognition"):
        one(out.getvalue())


def test_too_much_text_is_an_error():
    with pytest.raises(IntakeError, match="over the limit of 1,000"):
        list(read_bytes(made(printed), "statement.pdf", Limits(text_characters=1000)))
