"""The command line as a person uses it: what it prints and writes, and with which code it ends."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sample
from verbale import __version__, cli, output
from verbale.findings import Reading

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORT = EXAMPLES / "wire-story.md"
SPOKEN = "Mr Rao said the talks were good.\r\n“=We agree,” said Ms Li."


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `verbale` with some arguments and standard input: exit code, standard output, standard error."""

    def run(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["verbale", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "stored.json"
    path.write_text(sample.reading().to_json(), "utf-8")
    return path


def test_the_page_of_a_report_has_its_findings_and_its_text(run):
    code, out, err = run("read", REPORT)
    assert (code, err) == (0, "")
    assert "Egypt, Ethiopia resume talks on Nile dam" in out and "Meridian Wire" in out
    assert "[P Egypt]" in out and "\x1b" not in out


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_is_a_reading_of_each_document(run, form):
    code, out, _ = run("read", REPORT, EXAMPLES / "call-readout.md", "--format", form)
    assert code == 0
    assert form == "json" or len(out.splitlines()) == 2
    decoder, found = json.JSONDecoder(), []
    while out.strip():
        raw, end = decoder.raw_decode(out := out.lstrip())
        found.append(Reading.from_dict(raw))
        out = out[end:]
    assert [r.document.kind for r in found] == ["markdown", "markdown"]


def test_standard_input_is_a_document(run):
    code, out, err = run("read", "-", "--format", "jsonl", stdin=REPORT.read_bytes())
    assert (code, err) == (0, "")
    assert json.loads(out)["document"]["title"].startswith("Egypt, Ethiopia")


def test_empty_standard_input_is_one_line_of_error(run):
    code, out, err = run("read", "-")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and "no text in it" in err


def test_out_holds_one_file_a_document_named_after_its_source(run, tmp_path):
    code, out, err = run("read", EXAMPLES, "--out", tmp_path / "new" / "readings")
    assert (code, out) == (0, "")
    assert "9 documents read to" in err and "failed" not in err
    written = sorted((tmp_path / "new/readings").iterdir())
    assert [p.name for p in written] == [f"{p.stem}.json" for p in sorted(EXAMPLES.glob("*.md"))]
    assert all(Reading.from_json(p.read_bytes()).to_json() + "\n" == p.read_text("utf-8") for p in written)


def test_two_workers_write_the_same_bytes(run, tmp_path):
    for workers in (1, 2):
        assert run("read", EXAMPLES, "--out", tmp_path / str(workers), "--workers", workers)[0] == 0
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("1", "2"))
    assert len(one) == 9 and one == two


def test_pages_of_a_folder(run, tmp_path):
    assert run("read", REPORT, "--format", "html", "--out", tmp_path)[0] == 0
    assert (tmp_path / "wire-story.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_failure_is_counted_and_told_and_the_rest_is_read(run, tmp_path):
    (tmp_path / "bad\nname.txt").write_bytes(b"\x00\x01 binary")
    code, out, err = run("read", tmp_path, REPORT, "--format", "jsonl")
    assert code == 1 and len(out.splitlines()) == 1
    assert err.splitlines()[0].startswith("1 document read in ") and err.splitlines()[0].endswith(", 1 failed")
    assert len(err.splitlines()) == 2 and "bad name.txt: binary content" in err


def test_an_empty_folder_is_told(run, tmp_path):
    code, _, err = run("read", tmp_path)
    assert code == 0 and "there is no document" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "Missing argument"),
        (["read", "no-such-file.md"], "no-such-file.md does not exist"),
        (["read", REPORT, "--format", "xml"], "xml"),
        (["read", REPORT, "--format", "html"], "--out"),
        (["read", REPORT, "--workers", "0"], "--workers"),
        (["read", REPORT, "--min-confidence", "2"], "--min-confidence"),
        (["read", REPORT, "--outt", "x"], "--outt"),
        (["show", "no-such-file.json"], "no-such-file.json does not exist"),
        (["show", EXAMPLES], "directory"),
        (["attributions", EXAMPLES], "directory"),
        (["vocabulary", "list", "colours"], "countries, cues, domains"),
        (["reed"], "reed"),
    ],
)
def test_a_misused_command_is_told_on_one_line_with_exit_code_2(run, arguments, says):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("verbale: ") and err.count("\n") == 1
    assert says in err and "--help" in err


def test_without_a_command_help_is_shown(run):
    code, out, err = run()
    assert code == 2 and "attributions" in out + err


def test_version_and_help(run):
    assert run("--version")[:2] == (0, f"{__version__}\n")
    code, out, _ = run("read", "--help")
    assert code == 0 and "--min-confidence" in out


def test_show_prints_a_stored_reading_or_writes_its_page(run, stored, tmp_path):
    code, out, _ = run("show", stored)
    assert code == 0 and "Astrid Nygaard, foreign minister" in out
    assert run("show", "-", stdin=stored.read_bytes())[1] == out
    assert run("show", stored, "--html", tmp_path / "page.html") == (0, "", "")
    assert "Astrid Nygaard" in (tmp_path / "page.html").read_text("utf-8")


def test_a_reading_that_does_not_fit_its_text_is_not_shown(run, tmp_path):
    raw = sample.raw()
    raw["domains"][0]["spans"][0]["exact"] = "something else"
    (tmp_path / "raw.json").write_text(json.dumps(raw), "utf-8")
    code, out, err = run("show", tmp_path / "raw.json")
    assert (code, out) == (1, "") and err.count("\n") == 1 and "something else" in err


def test_a_page_that_cannot_be_written_is_one_line_of_error(run, stored, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = run("show", stored, "--html", tmp_path / "file" / "page.html")
    assert (code, out) == (1, "") and err.count("\n") == 1 and err.startswith("verbale: ")


def test_attributions_count_in_the_file_as_it_stands(run, tmp_path):
    path = tmp_path / "spoken.txt"
    path.write_bytes(SPOKEN.encode())
    code, out, _ = run("attributions", path)
    found = json.loads(out)
    assert code == 0 and found["text_id"] == "spoken" and found["attributions"]
    for one in found["attributions"]:
        assert set(one) == {"source", "cue", "content", "confidence"}
        assert all(0 <= start < end <= len(SPOKEN) for role in ("source", "cue", "content") for start, end in one[role])
    words = [SPOKEN[slice(*one["source"][0])] for one in found["attributions"] if one["source"]]
    assert any("Rao" in w for w in words)


def test_the_table_of_attributions_holds_no_formula_and_one_heading(run, tmp_path):
    for name in ("a.txt", "=b.txt"):
        (tmp_path / name).write_text(SPOKEN, "utf-8")
    code, out, _ = run("attributions", tmp_path / "a.txt", tmp_path / "=b.txt", "--format", "csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert code == 0 and rows[0][0] == "text_id" and sum(r[0] == "text_id" for r in rows) == 1
    assert {r[0] for r in rows[1:]} == {"a", "'=b"}
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_attributions_of_several_files_go_on_after_one_that_fails(run, tmp_path):
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "text.txt", tmp_path / "a" / "text.txt"):
        path.write_text(SPOKEN, "utf-8")
    (tmp_path / "latin.txt").write_bytes("São Paulo said".encode("latin-1"))
    out = tmp_path / "out"
    code, _, err = run(
        "attributions", tmp_path / "latin.txt", tmp_path / "text.txt", tmp_path / "a/text.txt", "-", "--out", out, stdin=b"x"
    )
    assert code == 1 and "latin.txt: not UTF-8 text (byte 1)" in err
    assert sorted(p.name for p in out.iterdir()) == ["stdin.json", "text-2.json", "text.json"]


def test_vocabularies_are_listed(run):
    code, out, _ = run("vocabulary", "list")
    assert code == 0 and {"domains", "situations", "cues", "units"} <= {line.split()[0] for line in out.splitlines()}
    for name in (line.split()[0] for line in out.splitlines()):
        code, listed, _ = run("vocabulary", "list", name)
        assert code == 0 and listed.strip()
    assert "critical-minerals" in run("vocabulary", "list", "domains")[1]


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "reading.json"
    path.write_text("old", "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        output.write_whole(path, "new")
    assert [p.name for p in tmp_path.iterdir()] == ["reading.json"] and path.read_text("utf-8") == "old"


def test_written_files_can_be_read_by_whom_the_umask_allows(tmp_path):
    mask = os.umask(0o027)
    try:
        output.write_whole(tmp_path / "x", "x")
    finally:
        os.umask(mask)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupt_ends_the_batch_at_once_and_leaves_whole_files(tmp_path, workers, times):
    records, out = tmp_path / "many.jsonl", tmp_path / "out"
    text = "Norway's Foreign Minister Astrid Nygaard met Ghana's Foreign Minister Kofi Asante in Accra on Tuesday.\n\n" * 20
    records.write_text("".join(json.dumps({"id": f"d{n}", "text": text}) + "\n" for n in range(2000)), "utf-8")
    command = [sys.executable, "-m", "verbale", "read", str(records), "--out", str(out), "--workers", str(workers)]
    # A run in the background ignores interrupts, and so would its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        signal.signal(signal.SIGINT, before)
        try:
            while not (out.exists() and any(out.glob("*.json"))):
                assert process.poll() is None
                time.sleep(0.02)
            for _ in range(times):
                process.send_signal(signal.SIGINT)
                time.sleep(0.05)
            _, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode in ({130} if times == 1 else {130, -signal.SIGINT})
    assert times > 1 or err == b""
    assert all(Reading.from_json(p.read_bytes()) for p in out.glob("*.json"))
    assert not list(out.glob(".*"))


def test_a_reader_that_has_seen_enough_is_no_error():
    command = [sys.executable, "-m", "verbale", "vocabulary", "list", "places"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait() in (0, 1)


def test_pipes_and_no_color_get_no_colour_and_utf_8(stored):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "verbale", "show", str(stored)]
    ended = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert b"\x1b" not in ended.stdout and "“We will train" in ended.stdout.decode("utf-8")


def with_subject(phrase: str, document: str) -> str:
    """A stored reading, one line, of a document that names a subject."""
    raw = sample.raw()
    start = raw["document"]["text"].index("Trade in fish")
    raw["document"]["text"] += f"\n\n{document}"
    spans = [{"start": start, "end": start + 13, "exact": "Trade in fish"}]
    raw["open_domains"] = [{"phrase": phrase, "nearest": ["agriculture"], "stage": "explored", "spans": spans}]
    return json.dumps(raw)


def test_suggest_lists_the_subjects_of_stored_readings(run, tmp_path):
    folder = tmp_path / "readings"
    folder.mkdir()
    (folder / "a.json").write_text(with_subject("falconry", "a"), "utf-8")
    (folder / "more.jsonl").write_text(with_subject("falconry", "b") + "\n" + with_subject("lighthouse keeping", "c") + "\n", "utf-8")
    (folder / "notes.txt").write_text("no reading", "utf-8")
    code, out, err = run("vocabulary", "suggest", folder)
    assert (code, err) == (0, "") and "falconry  in 2 documents · near Agriculture" in out and "lighthouse" not in out
    assert "Trade in fish is worth more than" in out
    assert "lighthouse keeping  in 1 document · near" in run("vocabulary", "suggest", folder, "--at-least", "1")[1]


def test_suggest_names_the_file_that_is_no_reading(run, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", "utf-8")
    code, _, err = run("vocabulary", "suggest", wrong)
    assert code == 1 and str(wrong) in err and err.count("\n") == 1


def test_suggest_says_when_there_is_nothing(run, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(sample.raw()), "utf-8")
    code, out, err = run("vocabulary", "suggest", tmp_path)
    assert (code, out) == (0, "") and "no subject" in err
