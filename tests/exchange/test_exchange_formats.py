"""Each format read back by a program of the format's own, and counted against SQL."""

import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import bibtexparser
import icalendar
import pytest
from followthemoney import model
from lxml import etree
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.shared.jsonld import context as jsonld_context

from verbale.errors import ExchangeError
from verbale.exchange import skos
from verbale.exchange.formats import FORMATS
from verbale.exchange.plover import QUAD
from verbale.exchange.selection import Selection
from verbale.record.review import gold
from verbale.vocabulary import domains, situations

HERE = Path(__file__).parent
FILES = [name for name, form in FORMATS.items() if not form.is_folder]


def written(name: str, selection: Selection) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write_file(selection, out)
    return out.getvalue()


def lines(name: str, selection: Selection) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(name, selection).splitlines()]


def count(selection: Selection, query: str) -> int:
    return int(next(iter(selection.record.sql(f"SELECT count(*) AS n FROM {query}")))["n"])


@pytest.mark.parametrize("name", FILES)
def test_the_same_record_gives_the_same_bytes(name: str, selection: Selection) -> None:
    assert written(name, selection) == written(name, selection)


@pytest.mark.parametrize("name", FILES)
def test_an_empty_record_gives_a_valid_empty_file(name: str, empty: Selection) -> None:
    content = written(name, empty)
    if name in ("annotations", "schema-org", "csl"):
        json.loads(content)
    elif name == "ical":
        assert not icalendar.Calendar.from_ical(content).walk("VEVENT")
    elif name == "atom":
        assert atom_schema().validate(etree.fromstring(content))
    elif name in ("ftm", "plover", "gold", "bibtex"):
        assert content == b""


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer for the two contexts with the terms that are used here, so that nothing is fetched."""
    anno = json.loads((HERE / "anno.json").read_text("utf-8"))
    known = {"http://www.w3.org/ns/anno.jsonld": anno, "https://schema.org": {"@context": {"@vocab": "https://schema.org/"}}}

    def source(address: str, *_: Any, **__: Any) -> Any:
        return known[address], None

    monkeypatch.setattr(jsonld_context, "source_to_json", source)


OA = "http://www.w3.org/ns/oa#"


def test_annotations_are_linked_data(selection: Selection, offline: None) -> None:
    g = Graph().parse(data=written("annotations", selection), format="json-ld")
    found = set(g.subjects(RDF.type, URIRef(OA + "Annotation")))
    assert len(found) == sum(count(selection, table) for table in ("engagement", "concept", "statement", "commitment", "figure"))
    for annotation in found:
        assert g.value(annotation, URIRef(OA + "hasTarget"))
        assert g.value(annotation, URIRef("http://www.w3.org/ns/prov#wasGeneratedBy"))
        assert g.value(annotation, URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"))
    texts = {f"urn:verbale:document:{x.reading.document.id}": x.reading.document.text for x in selection.documents()}
    by_address = {x.reading.document.url: x.reading.document.text for x in selection.documents()}
    for target in g.subjects(RDF.type, URIRef(OA + "SpecificResource")):
        source = g.value(target, URIRef(OA + "hasSource"))
        if source is None:
            continue
        text = texts.get(str(source)) or by_address[str(source)]
        selectors = list(g.objects(target, URIRef(OA + "hasSelector")))
        place = next(s for s in selectors if (s, RDF.type, URIRef(OA + "TextPositionSelector")) in g)
        quote = next(s for s in selectors if (s, RDF.type, URIRef(OA + "TextQuoteSelector")) in g)
        start, end = (int(str(g.value(place, URIRef(OA + name)))) for name in ("start", "end"))
        assert text[start:end] == str(g.value(quote, URIRef(OA + "exact")))


def test_what_a_person_made_is_attributed_to_the_person(selection: Selection, offline: None) -> None:
    x = next(iter(selection.documents()))
    start = x.reading.document.text.index("Valletta")
    place = {"start": start, "end": start + 8, "exact": "Valletta"}
    value = {"id": "europe", "label": "Europe", "kind": "region", "spans": [place]}
    selection.record.add_finding(x.reading.document.id, "situation", value, person="Ada Osei")
    by_hand = [a for a in json.loads(written("annotations", selection))["items"] if "creator" in a]
    assert [a["creator"]["name"] for a in by_hand] == ["Ada Osei"]
    assert "wasGeneratedBy" not in by_hand[0]


def test_followthemoney_accepts_every_entity(selection: Selection) -> None:
    raw = lines("ftm", selection)
    proxies = [model.get_proxy(entity) for entity in raw]
    for proxy in proxies:
        proxy.schema.validate(proxy.to_dict())
    ids = {p.id for p in proxies}
    assert len(ids) == len(proxies)
    for p in proxies:
        assert {v for _, v in p.itervalues() if len(v) == 40 and v.isalnum() and v not in p.get("contentHash", quiet=True)} <= ids
    kinds = Counter(p.schema.name for p in proxies)
    assert kinds["Article"] == count(selection, "document")
    assert kinds["Event"] == count(selection, "(SELECT DISTINCT cluster FROM engagement) x")
    assert kinds["Person"] == count(selection, "(SELECT DISTINCT cluster FROM person_form) x")
    assert {p.first("name") for p in proxies if p.schema.name == "Organization"} == {"European Union"}


def test_plover_events_have_the_columns_and_codes(selection: Selection) -> None:
    found = lines("plover", selection)
    need = {"Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Recipient Name"}
    assert all(need <= event.keys() for event in found)
    assert len({e["Event ID"] for e in found}) == len(found)
    assert all(QUAD[e["Event Type"]] == e["Quad Code"] for e in found)
    kinds = Counter(e["Event Type"] for e in found)
    # four dialogues, a planned meeting, and a call of three parties as three pairs
    assert kinds["CONSULT"] == 4 + 1 + 3
    assert [e["Event Mode"] for e in found if len(e["Event ID"]) and e["Actor Name"] == "European Union"][:1] == ["phone"]
    assert kinds["AGREE"] == 2
    assert kinds["AID"]
    accused = [e for e in found if e["Event Type"] == "ACCUSE"]
    assert [(e["Actor Country"], e["Recipient Name"]) for e in accused] == [("ISL", None)]
    assert [e["Contexts"] for e in found if e["Event Date"] == "2023"] == [["diplomatic", "future"]]


def test_plover_keeps_to_the_pair(selection: Selection) -> None:
    found = lines("plover", Selection(selection.record, ("Iceland", "MT")))
    assert found
    assert all({e["Actor Country"], e["Recipient Country"]} <= {"ISL", "MLT", None} for e in found)


def test_schema_org_is_linked_data(selection: Selection, offline: None) -> None:
    g = Graph().parse(data=written("schema-org", selection), format="json-ld")

    def of(kind: str) -> list[Any]:
        return list(g.subjects(RDF.type, URIRef(f"https://schema.org/{kind}")))

    assert len(of("Event")) == count(selection, "(SELECT DISTINCT cluster FROM engagement) x")
    assert len(of("NewsArticle")) == count(selection, "document")
    texts = [x.reading.document.text for x in selection.documents()]
    quoted = [str(g.value(q, URIRef("https://schema.org/text"))) for q in of("Quotation")]
    assert quoted
    assert all(any(q in text for text in texts) for q in quoted)


def test_a_calendar_of_engagements(selection: Selection) -> None:
    calendar = icalendar.Calendar.from_ical(written("ical", selection))
    events = calendar.walk("VEVENT")
    assert len(events) == count(selection, "(SELECT DISTINCT cluster FROM engagement WHERE length(day) = 10) x")
    assert len({str(e["UID"]) for e in events}) == len(events)
    first = min(events, key=lambda e: e.decoded("dtstart"))
    assert "Ocean Dialogue" in str(first["SUMMARY"])
    assert str(first["LOCATION"]) == "Valletta"
    assert first.decoded("dtstart").isoformat() == "2019-05-05"


def atom_schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(HERE / "atom.rng"))


def test_a_feed_is_valid_atom_with_what_is_new(selection: Selection) -> None:
    root = etree.fromstring(written("atom", Selection(selection.record, ("IS", "MT"))))
    schema = atom_schema()
    assert schema.validate(root), schema.error_log
    ns = {"a": "http://www.w3.org/2005/Atom"}
    updated = root.xpath("a:entry/a:updated/text()", namespaces=ns)
    assert updated == sorted(updated, reverse=True)
    summaries = root.xpath("a:entry/a:summary/text()", namespaces=ns)
    assert any("New: Quantum." in s for s in summaries)
    assert "<script>" not in written("atom", selection).decode()


def test_a_feed_for_a_query(selection: Selection) -> None:
    root = etree.fromstring(written("atom", Selection(selection.record, query="quantum -fisheries")))
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1


def test_the_vocabularies_survive_skos(empty: Selection, tmp_path: Path) -> None:
    content = written("skos", empty)
    g = Graph().parse(data=content, format="turtle")
    assert (URIRef("urn:verbale:concept:trade"), SKOS.prefLabel, None) in g
    file = tmp_path / "v.ttl"
    file.write_bytes(content)
    back = {c.id: c for c in skos.read(file)}
    assert set(back) == set(domains()) | set(situations())
    for concept in (*domains().values(), *situations().values()):
        same = back[concept.id]
        assert (same.label, same.kind, same.broader, same.scope) == (concept.label, concept.kind, concept.broader, concept.scope)
        assert set(same.terms) == set(concept.terms)
        assert set(same.weak) - set(same.terms) == set(concept.weak) - set(concept.terms)
        assert set(same.parties) == set(concept.parties)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"@prefix broken", "not Turtle"),
        (b"\xff\xfe", "cannot be read"),
        (b"", "no concept"),
        (
            b"@prefix s: <http://www.w3.org/2004/02/skos/core#> . <urn:x:y> a s:Concept ; s:broader <urn:verbale:heading:order> .",
            "needs an English prefLabel",
        ),
    ],
)
def test_bad_skos_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_bytes(content)
    with pytest.raises(ExchangeError, match=says):
        skos.read(file)


def test_brat_annotations_stand_in_the_text(selection: Selection, tmp_path: Path) -> None:
    FORMATS["brat"].write_folder(selection, tmp_path)
    types = re.findall(r"^[A-Z]\w+$", (tmp_path / "annotation.conf").read_text("utf-8").partition("[relations]")[0], re.MULTILINE)
    files = sorted(tmp_path.glob("*.ann"))
    assert len(files) == count(selection, "document")
    marks: Counter[str] = Counter()
    for file in files:
        text = file.with_suffix(".txt").read_bytes().decode()
        names = set()
        for line in file.read_text("utf-8").splitlines():
            name, rest, *words = line.split("\t")
            if name[0] == "T":
                kind, _, places = rest.partition(" ")
                assert kind in types
                spans = [tuple(map(int, p.split())) for p in places.split(";")]
                assert " ".join(text[a:b] for a, b in spans) == words[0]
                marks[kind] += 1
                names.add(name)
            elif name[0] == "R":
                assert set(re.findall(r"T\d+", rest)) <= names
    assert marks["Engagement"] == count(selection, "engagement")
    assert marks["Content"] == count(selection, "statement")


def test_gold_is_that_of_the_guidelines(selection: Selection) -> None:
    found = lines("gold", selection)
    for x, raw in zip(selection.documents(), found, strict=True):
        assert {k: raw[k] for k in gold(x.reading)} == gold(x.reading)
        assert raw["text"] == x.reading.document.text


def test_sources_for_reference_managers(selection: Selection) -> None:
    library = bibtexparser.loads(
        written("bibtex", selection).decode(), bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    )
    items = json.loads(written("csl", selection))
    assert len(library.entries) == len(items) == count(selection, "document")
    assert {e["ID"] for e in library.entries} == {i["citation-key"] for i in items}
    hard = next(e for e in library.entries if "HYPERLINK" in e["title"])
    assert hard["date"] == "2022-09-01"
    assert hard["author"] == r"{Ministry \& Sons <Press>}"
    assert hard["url"] == "https://ministry.example/a?b=1&c=%7B2%7D"
    issued = {i["citation-key"]: i["issued"]["date-parts"] for i in items}
    assert issued[hard["ID"]] == [[2022, 9, 1]]
