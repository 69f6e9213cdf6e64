"""Plain text, in any encoding."""

import subprocess
import sys

import pytest

from verbale.errors import IntakeError
from verbale.intake import Limits, read_bytes, read_path, read_text

BODY = "The ministers of Norway and Peru met in Lima.\n\nThey agreed to meet again."


def one(raw: bytes):
    (document,) = read_bytes(raw)
    return document


def test_a_first_line_set_apart_is_the_title():
    document = read_text("Norway and Peru hold forest talks\n\n" + BODY)
    assert document.title == "Norway and Peru hold forest talks"
    assert document.text.startswith("Norway and Peru hold forest talks\n\nThe ministers")
    assert document.kind == "text"


@pytest.mark.parametrize(
    "text",
    [BODY, "One line, nothing more", "Heading\nwith text right under it\n\nMore.", "LIMA, May 3 (Agency) -\n\nText.", "12\n\nText."],
)
def test_a_first_line_that_is_no_title_stays_in_the_body(text):
    document = read_text(text)
    assert document.title == ""
    assert document.text.split() == text.split()


def test_a_title_may_end_in_an_abbreviation():
    assert read_text("Readout of talks with the U.S.\n\n" + BODY).title == "Readout of talks with the U.S."


def test_front_matter_is_not_read_in_plain_text():
    assert "title: x" in read_text("---\ntitle: x\n---\n\nText.").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_encoding_makes_no_difference(encoding):
    text = "Président Müller said: “Our café talks – in São Tomé – went well.”"
    assert one(text.encode(encoding)).text == text


def test_cyrillic_in_a_single_byte_encoding_is_recognised():
    text = "Министры иностранных дел встретились в Москве и обсудили вопросы сотрудничества в области энергетики и торговли. " * 5
    assert one(text.encode("cp1251")).text == text.strip()


def test_mojibake_is_repaired_and_typographic_characters_are_kept():
    broken = "The café said “we agree” – and Übersee’s minister nodded.".encode().decode("cp1252", "replace")
    assert one(broken.encode()).text.startswith("The café said “we agree")
    kept = "“Quoted” ‘words’ – ﬁne ﬁgures ½ № ＡＢ &amp; 5 °C"
    assert one(kept.encode()).text == kept


def test_a_few_broken_bytes_do_not_spoil_a_utf8_text():
    text = "Übereinkunft für größere Wälder, Flüsse, Böden, Städte, Häfen, Brücken. " * 3
    raw = text.encode()
    damaged = raw[:100] + b"\xff" + raw[100:]
    assert "größere Wälder" in one(damaged).text


def test_right_to_left_and_astral_text_is_kept():
    text = "قال الوزير إن المحادثات كانت بناءة.\n\n𝔗𝔥𝔢 talks 🤝 went on.\n\nשר החוץ נפגש עם עמיתו."
    assert one(text.encode()).text == text


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n ", b"\n" * 1_000_000, b"\xef\xbb\xbf", b"\xff\xfe", "\u2028 \u00a0".encode()])
def test_nothing_in_it_is_an_error_that_says_so(raw):
    with pytest.raises(IntakeError, match=r"standard input: .*no text"):
        list(read_bytes(raw))


@pytest.mark.parametrize("raw", [b"abc\0def", bytes(range(256)) * 20, b"\x01\x02\x03\x04"])
def test_binary_content_is_an_error_that_says_so(raw):
    with pytest.raises(IntakeError, match="binary content"):
        list(read_bytes(raw))
    with pytest.raises(IntakeError, match="binary content"):
        read_text(raw.decode("latin-1"))


@pytest.mark.parametrize(
    ("raw", "remedy"),
    [
        (b"PK\x03\x04....", "save it as PDF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "text recognition"),
        (b"<rss></rss>", "XML"),
    ],
)
def test_formats_that_are_not_read_are_named_with_a_remedy(raw, remedy):
    with pytest.raises(IntakeError, match=remedy):
        list(read_bytes(raw))


def test_one_word_of_a_megabyte_and_a_million_blank_lines_are_read():
    assert len(one(b"a" * 1_000_000).text) == 1_000_000
    assert one(b"First.\n" + b"\n" * 1_000_000 + b"Last.").text == "First.\n\nLast."
    assert one(b"\n" * 1_000_000 + b"Late.").text == "Late."
    assert one(b"First." + b" \n" * 500_000 + b"Last.").text == "First.\n\nLast."


def test_quotation_marks_never_closed_are_read():
    assert one("He said “she said ‘they said “".encode() * 1000).text.startswith("He said")


def test_over_the_limits_the_error_names_the_limit():
    small = Limits(file_bytes=100, text_characters=50)
    with pytest.raises(IntakeError, match=r"over the limit of 100 bytes"):
        list(read_bytes(b"word " * 30, limits=small))
    with pytest.raises(IntakeError, match=r"over the limit of 50"):
        list(read_bytes(b"word " * 15, limits=small))
    with pytest.raises(IntakeError, match=r"over the limit of 2,000,000"):
        read_text("word " * 500_000)


def test_plain_text_loads_no_heavy_library(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Norway and Peru met in Lima.", "utf-8")
    code = (
        "import sys, pathlib, verbale.intake as i; list(i.read_path(pathlib.Path(sys.argv[1])));"
        "print([m for m in ('trafilatura', 'pypdfium2', 'ftfy', 'lxml') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_an_error_names_the_file(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    with pytest.raises(IntakeError, match=r"empty\.txt"):
        list(read_path(path))
