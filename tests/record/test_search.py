"""Full text: the same answers from both databases, with snippets that are spans."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import engagement, reading

from verbale import record
from verbale.errors import QueryError, VerbaleError
from verbale.record.querying import parse, to_fts5, to_tsquery

TEXTS = {
    "one": "Iceland and Malta spoke of the Indo-Pacific region and of café prices.",
    "two": "Norway wants critical minerals; Malta wants fish. Fisheries matter.",
    "three": "The pacific settlement of disputes about minerals.",
}


DOMAINS = [[("trade", "explored", "spoke")], [("critical-minerals", "launched", "critical minerals")], []]


@pytest.fixture
def filled(url: str) -> "record.Record":
    r = record.open(url)
    r.add(
        reading(
            title, body, f"202{i}-01-01", publisher=f"publisher {i}",
            engagements=[engagement("meeting", "IS MT" if i == 0 else "NO MT", f"202{i}-01-01")] if i < 2 else [],
            domains=DOMAINS[i],
        )
        for i, (title, body) in enumerate(TEXTS.items())
    )  # fmt: skip
    return r


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("malta", {"one", "two"}),
        ("MALTA fish", {"two"}),
        ("cafe", {"one"}),
        ("Café", {"one"}),
        ('"indo pacific"', {"one"}),
        ("indo-pacific", {"one"}),
        ("pacific", {"one", "three"}),
        ("fish*", {"two"}),
        ("miner* OR café", {"one", "two", "three"}),
        ("minerals NOT critical", {"three"}),
        ("minerals -critical", {"three"}),
        ("(iceland OR norway) malta", {"one", "two"}),
        ('"critical minerals"', {"two"}),
        ('"minerals critical"', set()),
        ("“of disputes”", {"three"}),
        ("nothing-of-this", set()),
    ],
)
def test_queries(filled: record.Record, query: str, titles: set[str]) -> None:
    assert {h.source.title for h in filled.search(query)} == titles


def test_a_snippet_is_a_span_of_its_source(filled: record.Record) -> None:
    [hit] = filled.search('"critical minerals" fish*')
    text = "two\n\n" + TEXTS["two"]
    assert hit.snippet_span.exact(text) == hit.snippet
    assert {s.exact(text) for s in hit.found} == {"critical minerals", "fish", "Fisheries"}


def test_filters(filled: record.Record) -> None:
    def titles(**filters: object) -> list[str]:
        return [h.source.title for h in filled.search("", **filters)]  # type: ignore[arg-type]

    assert titles() == ["three", "two", "one"]  # without a query: the latest first
    assert titles(parties=["Malta", "Norway"]) == ["two"]
    assert titles(concepts=["Trade"]) == ["one"]
    assert titles(stage="launched") == ["two"]
    assert titles(kind="meeting") == ["two", "one"]
    assert titles(publisher="publisher 2") == ["three"]
    assert titles(since="2021", until="2021") == ["two"]


def test_facets(filled: record.Record) -> None:
    found = filled.facets("malta")
    assert found.parties == {"MT": 2, "IS": 1, "NO": 1}
    assert found.concepts == {"critical-minerals": 1, "trade": 1}
    assert found.years == {"2020": 1, "2021": 1}


@pytest.mark.parametrize("query", ['"open', "(open", "close)", "NOT", "-malta", "OR malta", "malta OR", "...", "malta OR -fish", "(" * 99])
def test_a_malformed_query_is_our_error(filled: record.Record, query: str) -> None:
    with pytest.raises(QueryError):
        filled.search(query)


@given(st.text(alphabet="ab \"()*-'&|!:<>\\;OR“”é\x00", max_size=30))
def test_whatever_is_typed_is_a_query_or_our_error(query: str) -> None:
    try:
        parsed = parse(query)
    except VerbaleError:
        return
    assert "'" not in to_fts5(parsed)
    assert not set(to_tsquery(parsed)) & set("'\\;\x00")


@pytest.mark.parametrize("query", ["a'b", "x:y", 'a"*', "NEAR(a b)", "rowid:1", "a & b | !c", "ab <-> c", "a\\", "'; DROP TABLE document"])
def test_characters_that_mean_something_to_a_database_mean_nothing(filled: record.Record, query: str) -> None:
    with contextlib.suppress(QueryError):
        filled.search(query)
    assert len(filled.search("malta")) == 2
