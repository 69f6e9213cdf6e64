"""Files and folders."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake import IntakeFailure, entries, load, read_bytes, read_path, walk

STARTS = [
    b"", b"%PDF-1.7\n", b"\x1f\x8b\x08\x00", b"<html>", b"<!doctype html><p>", b"---\ntitle: ", b"---\na: b\n---\n", b"{", b'{"text": ',
    b"[{", b"\xff\xfe", b"\xef\xbb\xbf", b"# ", b"<?xml version='1.0'?>",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.txt", "sub/.hidden.txt", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"They met, says {name}.", "utf-8")
    return tmp_path


def test_a_folder_is_walked_in_order_without_what_is_hidden(folder):
    assert [p.relative_to(folder).as_posix() for p in walk([folder])] == ["a.md", "b.txt", "sub/c.txt"]


def test_a_hidden_file_that_is_named_is_read(folder):
    assert list(walk([folder / "sub/.hidden.txt"])) == [folder / "sub/.hidden.txt"]


def test_what_fails_is_reported_in_its_place_and_the_batch_goes_on(folder):
    (folder / "a.txt").write_bytes(b"\0\1\2")
    found = list(load([folder, folder / "missing.txt"]))
    assert [isinstance(f, Document) for f in found] == [True, False, True, True, False]
    assert found[1].path == folder / "a.txt" and "binary" in str(found[1].error)
    assert "missing.txt: no such file or folder" in str(found[-1].error)


def test_entries_are_named_after_their_files(folder):
    (folder / "report.2024.html.gz").write_bytes(b"")
    assert [e.name for e in entries([folder])] == ["a", "b", "report.2024", "c"]


def test_the_content_decides_where_the_extension_is_wrong(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("<!DOCTYPE html><html><body><p>The ministers met in Lima.</p></body></html>", "utf-8")
    (document,) = read_path(path)
    assert document.kind == "html" and "<p>" not in document.text


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(IntakeError, match="not a regular file"):
        list(read_path(tmp_path / "pipe"))


@pytest.mark.parametrize("name", ["nul\0byte", "x" * 5000])
def test_an_impossible_path_is_an_error_of_ours(tmp_path, name):
    (found,) = load([tmp_path / name])
    assert isinstance(found, IntakeFailure)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
    extension=st.sampled_from(["txt", "md", "html", "json", "jsonl", "pdf", "gz"]),
)
def test_arbitrary_bytes_give_documents_or_an_error_of_ours(tmp_path, start, rest, extension):
    path = tmp_path / f"any.{extension}"
    path.write_bytes(start + rest)
    try:
        documents = list(read_path(path))
    except IntakeError as error:
        assert f"any.{extension}" in str(error)
    else:
        assert all(d.text.strip() and d.text.startswith(d.title) for d in documents)
        for document in documents:
            document.text.encode("utf-8")  # no half characters
            assert list(read_bytes(path.read_bytes(), str(path))) == documents
