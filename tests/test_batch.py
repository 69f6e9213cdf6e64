"""Many documents: the same on one process and on two, and one that fails stops none of the others."""

import logging
from pathlib import Path

import pytest

import verbale
from verbale import batch
from verbale.document import Document
from verbale.errors import IntakeError, VerbaleError
from verbale.findings import Reading
from verbale.intake import entries

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORT = "Norway's Foreign Minister Astrid Nygaard met Ghana's Foreign Minister Kofi Asante in Accra on Tuesday."


@pytest.fixture
def folder(tmp_path):
    """Six documents with one in the middle that cannot be read."""
    for n in (1, 2, 3, 5, 6, 7):
        (tmp_path / f"report-{n}.txt").write_text(f"Talks number {n}\n\n{REPORT} They discussed trade.", "utf-8")
    (tmp_path / "report-4.txt").write_bytes(b"\x00\x01\x02\x03 binary")
    return tmp_path


def outcomes(folder, workers):
    return list(batch.read_entries(entries([folder]), workers))


def test_two_workers_give_the_same_bytes_in_the_same_order():
    one, two = outcomes(EXAMPLES, 1), outcomes(EXAMPLES, 2)
    assert [(o.path, o.name) for o in one] == [(o.path, o.name) for o in two]
    assert len(one) == 9
    for a, b in zip(one, two, strict=True):
        assert isinstance(a.result, Reading) and isinstance(b.result, Reading)
        assert a.result.to_json() == b.result.to_json()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_in_the_middle_is_told_in_its_place_and_the_rest_goes_on(folder, workers):
    found = outcomes(folder, workers)
    assert [o.name for o in found] == [f"report-{n}" for n in range(1, 8)]
    failed = [o for o in found if isinstance(o.result, VerbaleError)]
    assert [o.name for o in failed] == ["report-4"]
    assert "report-4.txt" in str(failed[0].result)


def test_a_defect_of_ours_in_one_document_stops_no_batch(folder, monkeypatch):
    whole = batch.read_document

    def breaks(document: Document, **options: float) -> Reading:
        if document.title == "Talks number 2":
            raise ZeroDivisionError("by\nnought")
        return whole(document, **options)

    monkeypatch.setattr(batch, "read_document", breaks)
    found = outcomes(folder, 1)
    assert sum(isinstance(o.result, Reading) for o in found) == 5
    assert "a defect of verbale (ZeroDivisionError" in str(found[1].result)


def test_documents_are_taken_only_a_little_ahead(folder):
    taken = 0

    def counted():
        nonlocal taken
        for entry in entries([folder]):
            taken += 1
            yield entry

    reading = batch.read_entries(counted(), 1)
    next(reading)
    assert taken == 1


def test_documents_of_one_name_get_names_of_their_own(tmp_path):
    for n, name in enumerate(("a/report.txt", "b/Report.md", "c/report.txt")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"Weather in town {n}\n\nIt rained.", "utf-8")
    assert [o.name for o in outcomes(tmp_path, 1)] == ["report", "Report-2", "report-3"]


def test_read_takes_a_path_or_a_text(folder):
    path = folder / "report-1.txt"
    by_path, by_name, by_text = verbale.read(path), verbale.read(str(path)), verbale.read(path.read_text("utf-8"))
    assert by_path == by_name == by_text
    assert by_path.about_talks and {p.id for p in by_path.engagements[0].parties} == {"NO", "GH"}


@pytest.mark.parametrize("given", ["no-such-report.md", Path("no-such-report"), "reports/missing.pdf.gz"])
def test_a_mistyped_path_is_an_error_and_not_a_text(given):
    with pytest.raises(IntakeError, match="no such file"):
        verbale.read(given)


def test_read_refuses_a_file_of_several_documents(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")
    with pytest.raises(IntakeError, match=r"several documents; use verbale\.read_many"):
        verbale.read(path)
    assert len(list(verbale.read_many([path]))) == 2


def test_read_many_warns_of_what_it_leaves_out(folder, caplog):
    with caplog.at_level(logging.WARNING, logger="verbale"):
        assert len(list(verbale.read_many([folder]))) == 6
    assert "report-4.txt" in caplog.text


def test_a_floor_of_confidence_leaves_out_what_is_less_sure():
    path = EXAMPLES / "two-plus-two.md"
    low, high = verbale.read(path), verbale.read(path, min_confidence=0.8)
    assert 0 < len(high.domains) < len(low.domains)
    assert set(high.domains) == {d for d in low.domains if d.confidence >= 0.8}
