"""Every format of exchange on a real record: written, read back by the format's own tool, and counted against SQL.

python benchmarks/exchange.py RECORD OUT
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import frictionless
import icalendar
import openpyxl
import pyarrow.parquet as pq
from followthemoney import model
from lxml import etree
from rdflib import Graph

from verbale import record
from verbale.exchange import FORMATS
from verbale.exchange.plover import QUAD
from verbale.exchange.selection import Selection
from verbale.exchange.tables import TABLES

Count = Callable[[str], int]


def tables(folder: Path, count: Count) -> str:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    rows = {t.name: t.stats.get("rows", 0) for t in report.tasks}
    assert rows["documents"] == count("document")
    assert rows["statements"] == count("statement")
    assert rows["engagements"] == count("(SELECT DISTINCT cluster FROM engagement) x")
    return f"frictionless: valid, {sum(rows.values()):,} rows"


def parquet(folder: Path, count: Count) -> str:
    rows = {name: pq.read_metadata(folder / f"{name}.parquet").num_rows for name in TABLES}
    assert rows["reports"] == count("engagement")
    assert rows["commitments"] == count("commitment")
    return f"{sum(rows.values()):,} rows"


def xlsx(file: Path, count: Count) -> str:
    book = openpyxl.load_workbook(file, read_only=True)
    cells = formulas = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cells += 1
                formulas += cell.data_type == "f"
    assert formulas == 0
    assert next(r[2] for r in book["contents"].iter_rows(values_only=True) if r[0] == "statements") == count("statement")
    return f"{cells:,} cells, no formula"


def annotations(file: Path, count: Count) -> str:
    items = json.loads(file.read_text("utf-8"))["items"]
    assert len(items) == sum(count(t) for t in ("engagement", "concept", "statement", "commitment", "figure"))
    assert all(t["selector"] for a in items for t in a["target"])
    return f"{len(items):,} annotations"


def ftm(file: Path, count: Count) -> str:
    kinds: dict[str, int] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            proxy = model.get_proxy(json.loads(line))
            proxy.schema.validate(proxy.to_dict())
            kinds[proxy.schema.name] = kinds.get(proxy.schema.name, 0) + 1
    assert kinds["Article"] == count("document")
    assert kinds["Event"] == count("(SELECT DISTINCT cluster FROM engagement) x")
    return f"valid: {kinds}"


def plover(file: Path, _: Count) -> str:
    n = 0
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            assert QUAD[event["Event Type"]] == event["Quad Code"]
            assert event["Actor Name"]
            n += 1
    return f"{n:,} events"


def schema_org(file: Path, count: Count) -> str:
    graph = json.loads(file.read_text("utf-8"))["@graph"]
    assert sum(t["@type"] == "NewsArticle" for t in graph) == count("document")
    return f"{len(graph):,} things"


def ical(file: Path, count: Count) -> str:
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    days = count("(SELECT DISTINCT cluster FROM engagement WHERE length(day) = 10) x")
    assert len(events) == days, (len(events), days)
    return f"{len(events):,} events"


def atom(file: Path, _: Count) -> str:
    schema = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "tests/exchange/atom.rng"))
    root = etree.parse(file)
    assert schema.validate(root), schema.error_log
    return f"valid, {len(root.getroot())} elements"


def skos(file: Path, _: Count) -> str:
    return f"{len(Graph().parse(file, format='turtle')):,} triples"


def brat(folder: Path, count: Count) -> str:
    files = list(folder.glob("*.ann"))
    assert len(files) == count("document")
    marks = 0
    for file in files:
        text = file.with_suffix(".txt").read_bytes().decode()
        for line in file.read_text("utf-8").splitlines():
            name, rest, *words = line.split("\t")
            if name[0] == "T":
                spans = [tuple(map(int, p.split())) for p in rest.partition(" ")[2].split(";")]
                assert " ".join(text[a:b] for a, b in spans) == words[0], (file, line)
                marks += 1
    return f"{marks:,} marks that read as the text"


def gold(file: Path, count: Count) -> str:
    n = sum(1 for _ in file.open(encoding="utf-8"))
    assert n == count("document")
    return f"{n:,} documents"


def bibtex(file: Path, count: Count) -> str:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries = bibtexparser.loads(file.read_text("utf-8")[:2_000_000], parser).entries
    assert file.read_text("utf-8").count("@online{") == count("document")
    return f"{len(entries):,} entries of the first two million characters parsed"


def csl(file: Path, count: Count) -> str:
    items = json.loads(file.read_text("utf-8"))
    assert len({i["citation-key"] for i in items}) == count("document")
    return f"{len(items):,} items"


CHECKS: dict[str, Callable[[Path, Count], str]] = {
    "csv": tables, "parquet": parquet, "xlsx": xlsx, "annotations": annotations, "ftm": ftm, "plover": plover, "schema-org": schema_org,
    "ical": ical, "atom": atom, "skos": skos, "brat": brat, "gold": gold, "bibtex": bibtex, "csl": csl,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with record.open(arguments.record) as r:

        def count(table: str) -> int:
            return int(next(iter(r.sql(f"SELECT count(*) AS n FROM {table}")))["n"])

        for name, form in FORMATS.items():
            path, began = arguments.out / (f"{name}.{form.ending}" if form.ending else name), time.monotonic()
            if form.is_folder:
                path.mkdir()
                form.write_folder(Selection(r), path)
            else:
                with path.open("wb") as file:
                    form.write_file(Selection(r), file)
            took = time.monotonic() - began
            print(f"{name}: {CHECKS[name](path, count)}, written in {took:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
