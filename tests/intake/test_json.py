"""JSON, JSONL and ninjs, packed or not."""

import gzip
import json
from pathlib import Path

import pytest

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake import IntakeFailure, Limits, entries, load, read_bytes, read_path

RECORD = {
    "id": "2024-05-03-lima",
    "section": "statements",
    "date": "2024-05-03",
    "published": "2024-05-03 09:15:00-05:00",
    "url": "https://www.state.gov/lima/",
    "title": "Talks in Lima",
    "text": "They met.\n\nThey agreed on a work plan.",
}
NINJS_1 = {
    "uri": "https://agency.example/items/1",
    "type": "text",
    "versioncreated": "2024-05-03T09:15:00-05:00",
    "language": "en-US",
    "headline": "Talks in Lima",
    "body_xhtml": "<div><p>They met on <em>Friday</em>.</p><figure><figcaption>P</figcaption></figure><p>They agreed &amp; left.</p></div>",
    "infosource": [{"name": "Example Agency"}],
}
NINJS_2 = {
    "uri": "urn:newsml:agency.example:2",
    "standard": {"name": "ninjs", "version": "2.1"},
    "versioncreated": "2024-05-03T09:15:00Z",
    "headlines": [{"role": "short", "value": "Lima"}, {"role": "main", "value": "Talks in Lima"}],
    "bodies": [
        {"role": "main", "contenttype": "text/html", "value": "<p>They met.</p><p>They agreed.</p>"},
        {"role": "caption", "contenttype": "text/plain", "value": "A photo"},
    ],
    "infosources": [{"role": "author", "name": "A. Writer"}, {"role": "publisher", "name": "Example Agency"}],
}


def written(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


def one(record) -> Document:
    (document,) = read_bytes(json.dumps(record).encode())
    return document


def test_a_record_gives_its_document():
    document = one(RECORD)
    assert document.text == "Talks in Lima\n\nThey met.\n\nThey agreed on a work plan."
    assert document.published == "2024-05-03T09:15:00-05:00"
    assert (document.url, document.publisher) == ("https://www.state.gov/lima/", "U.S. Department of State")
    assert document.kind == "json"


def test_ninjs_of_the_first_version():
    document = one(NINJS_1)
    assert document.text == "Talks in Lima\n\nThey met on Friday.\n\nThey agreed & left."
    assert document.published == "2024-05-03T09:15:00-05:00"
    assert (document.url, document.publisher) == ("https://agency.example/items/1", "Example Agency")
    assert (document.language, document.kind) == ("en-US", "ninjs")


def test_ninjs_of_the_second_version():
    document = one(NINJS_2)
    assert document.text == "Talks in Lima\n\nThey met.\n\nThey agreed."
    assert document.published == "2024-05-03T09:15:00+00:00"
    assert (document.url, document.publisher, document.kind) == (None, "Example Agency", "ninjs")


def test_a_plain_body_is_preferred_to_a_marked_up_one():
    assert one({**NINJS_1, "body_text": "Plain."}).text == "Talks in Lima\n\nPlain."


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.txt", "a"])
def test_lines_of_json_give_a_document_each(tmp_path, name):
    lines = "\n".join(json.dumps({**RECORD, "title": f"Round {n}"}) for n in range(3)) + "\n\n"
    assert [d.title for d in read_path(written(tmp_path, name, lines.encode()))] == ["Round 0", "Round 1", "Round 2"]


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_records_gives_a_document_each(tmp_path, name, indent):
    raw = json.dumps([RECORD, {**RECORD, "title": "Again"}], indent=indent).encode()
    assert [d.title for d in read_path(written(tmp_path, name, raw))] == ["Talks in Lima", "Again"]


@pytest.mark.parametrize("name", ["a.md.gz", "a.gz"])
def test_any_format_may_be_packed(tmp_path, name):
    path = written(tmp_path, name, b"---\ntitle: Talks in Lima\n---\nThey met.")
    assert [d.title for d in read_path(path)] == ["Talks in Lima"]


def test_a_bad_line_fails_alone_with_its_number(tmp_path):
    lines = [json.dumps(RECORD), '{"title": "cut', json.dumps({"title": "no text"}), "[1]", json.dumps(RECORD)]
    path = written(tmp_path, "a.jsonl", "\n".join(lines).encode())
    found = list(load([path]))
    assert [isinstance(f, Document) for f in found] == [True, False, False, False, True]
    failures = [f for f in found if isinstance(f, IntakeFailure)]
    assert [f.line for f in failures] == [2, 3, 4]
    assert "a.jsonl, line 2: not JSON" in str(failures[0].error)
    assert "put it in a field `text`" in str(failures[1].error)


def test_reading_one_file_stops_at_its_first_bad_record(tmp_path):
    documents = read_path(written(tmp_path, "a.jsonl", json.dumps(RECORD).encode() + b"\n{}\n"))
    assert next(documents).title == "Talks in Lima"
    with pytest.raises(IntakeError, match="line 2"):
        next(documents)


def test_records_are_named_by_their_id_or_their_number(tmp_path):
    lines = [json.dumps({**RECORD, "id": "../a/b"}), json.dumps({"text": "They met."})]
    path = written(tmp_path, "all.jsonl.gz", "\n".join(lines).encode())
    assert [e.name for e in entries([path])] == ["a-b", "all-2"]


def test_records_are_streamed_and_not_held(tmp_path):
    path = written(tmp_path, "a.jsonl", b"\n".join(json.dumps({**RECORD, "text": "word " * 2000}).encode() for _ in range(300)))
    small = Limits(file_bytes=20_000, text_characters=20_000)
    assert path.stat().st_size > 100 * small.file_bytes
    assert sum(1 for _ in read_path(path, small)) == 300


def test_a_record_over_the_limit_fails_alone(tmp_path):
    lines = [json.dumps(RECORD), json.dumps({"text": "word " * 100_000}), json.dumps(RECORD)]
    path = written(tmp_path, "a.jsonl", "\n".join(lines).encode())
    found = list(load([path], Limits(file_bytes=100_000)))
    assert [isinstance(f, Document) for f in found] == [True, False, True]
    assert "line 2: over the limit of 100,000 bytes for one record" in str(found[1].error)


def test_a_truncated_gzip_gives_what_it_holds_and_an_error(tmp_path):
    raw = gzip.compress(b"\n".join(json.dumps({**RECORD, "text": f"{n} {hash(str(n))}"}).encode() for n in range(3000)))
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(raw[: len(raw) // 2])
    *documents, failure = load([path])
    assert len(documents) > 100 and all(isinstance(d, Document) for d in documents)
    assert "cut.jsonl.gz: a truncated gzip file" in str(failure.error)


def test_a_damaged_gzip_is_an_error(tmp_path):
    path = tmp_path / "bad.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00 not gzip at all")
    with pytest.raises(IntakeError, match="gzip file"):
        list(read_path(path))


@pytest.mark.parametrize("filling", [b"\n", b"x"])
def test_a_decompression_bomb_is_refused(tmp_path, filling):
    path = written(tmp_path, "bomb.jsonl.gz", b'{"text": "They met."}\n' + filling * 3_000_000)
    with pytest.raises(IntakeError, match=r"grows more than 100 times"):
        list(read_path(path, Limits(file_bytes=1_000_000)))


@pytest.mark.parametrize(
    "raw", [b'{"text": 5}', b'{"text": ""}', b"{}", b"[]", b'{"title": "x"', b"[" * 100_000, b'["a"]', b'[{"a":', b'{"headlines": []}']
)
def test_json_without_a_text_is_an_error_of_ours(tmp_path, raw):
    with pytest.raises(IntakeError, match=r"a\.json"):
        list(read_path(written(tmp_path, "a.json", raw)))


def test_text_that_only_begins_with_a_bracket_is_text():
    (document,) = read_bytes(b"[Translated from Spanish] They met in Lima.")
    assert document.kind == "text"
