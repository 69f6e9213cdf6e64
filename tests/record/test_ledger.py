"""What is new, resumed, moved, held and dropped between two parties, never more than in this record."""

import pytest
from invented import engagement, exact, reading, series_of_dialogues

from verbale import record
from verbale.errors import UnknownNameError


def _news(rows: object) -> list[tuple[str, str, str | None, str | None]]:
    return [(r.news, r.concept, r.stage_before, r.stage) for r in rows]  # type: ignore[attr-defined]


def test_a_series_of_dialogues(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        answer = r.ledger(["IS", "MT"], silence=600)
        by_year = {y: _news([x for x in answer if (x.day or "").startswith(y)]) for y in ("2019", "2020", "2021", "2022")}
        assert by_year["2019"] == [("new", "agriculture", None, "explored"), ("new", "trade", None, "continued")]
        assert by_year["2020"] == [("moved", "agriculture", "explored", "advanced"), ("held", "trade", "continued", "continued")]
        assert by_year["2021"] == [
            ("held", "trade", "continued", "continued"),
            ("new", "quantum", None, "launched"),
            ("dropped", "agriculture", "advanced", "advanced"),
        ]
        assert by_year["2022"] == [
            ("resumed", "agriculture", "advanced", "delivered"),
            ("moved", "quantum", "launched", "advanced"),
            ("dropped", "trade", "continued", "continued"),
        ]
        assert (answer.coverage.documents, answer.coverage.first, answer.coverage.last) == (4, "2019-05-06", "2022-05-06")


def test_what_came_before_the_first_day_asked_for_still_counts_as_before(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        since = r.ledger(["IS", "MT"], since="2021")
        assert _news(since)[0] == ("held", "trade", "continued", "continued")


def test_new_in_one_engagement_points_at_the_words(url: str) -> None:
    readings = series_of_dialogues()
    with record.open(url) as r:
        r.add(readings)
        third = r.timeline(["IS", "MT"], since="2021", until="2021")[0]
        news = r.new(["Malta", "Iceland"], third.key)
        assert _news(news)[0] == ("new", "quantum", None, "launched")
        text = readings[2].document.text
        assert exact(news[0].sources[0].spans, text) == ["quantum computing"] == [news[0].sources[0].quote]
        with pytest.raises(UnknownNameError, match="do not both take part"):
            r.new(["NO", "IS"], third.key)


def test_new_means_new_between_these_parties(url: str) -> None:
    elsewhere = reading(
        "Norway and Iceland", "They spoke of quantum computing.", "2018-01-01",
        engagements=[engagement("meeting", "IS NO", "2018-01-01")], domains=[("quantum", "explored", "quantum computing")],
    )  # fmt: skip
    with record.open(url) as r:
        r.add([elsewhere, *series_of_dialogues()])
        assert [x.news for x in r.ledger(["IS", "MT"]) if x.concept == "quantum"] == ["new", "moved"]
        assert [x.news for x in r.ledger(["IS"]) if x.concept == "quantum"] == ["new", "resumed", "moved"]


def test_what_the_source_itself_calls_new(url: str) -> None:
    one = reading(
        "Talks", "For the first time the two sides spoke of outer space. They continued with trade.", "2020-01-01",
        engagements=[engagement("meeting", "IS MT", "2020-01-01")],
        domains=[("outer-space", "explored", "outer space"), ("trade", "continued", "trade")],
    )  # fmt: skip
    with record.open(url) as r:
        r.add([one])
        assert {x.concept: x.called for x in r.ledger(["IS", "MT"])} == {"outer-space": "new", "trade": None}


def test_a_domain_belongs_to_the_meeting_whose_parties_its_paragraph_names(url: str) -> None:
    body = "Iceland and Malta spoke of trade.\n\nIceland and Norway spoke of quantum computing."
    text = f"A journey\n\n{body}"
    from dataclasses import replace

    from verbale.document import Span

    def with_place(e: object, quote: str) -> object:
        at = text.index(quote)
        return replace(e, spans=(Span(at, at + len(quote)),), parties=tuple(replace(p, spans=(Span(at, at + 7),)) for p in e.parties))  # type: ignore[attr-defined, type-var]

    one = reading(
        "A journey", body, "2020-01-01",
        engagements=[
            with_place(engagement("meeting", "IS MT", "2020-01-01"), "Iceland and Malta"),  # type: ignore[list-item]
            with_place(engagement("meeting", "IS NO", "2020-01-01"), "Iceland and Norway"),  # type: ignore[list-item]
        ],
        domains=[("trade", "explored", "trade"), ("quantum", "explored", "quantum computing")],
    )  # fmt: skip
    with record.open(url) as r:
        r.add([one])
        assert [x.concept for x in r.ledger(["IS", "MT"])] == ["trade"]
        assert [x.concept for x in r.ledger(["IS", "NO"])] == ["quantum"]


def test_network_counts_by_year_level_and_kind(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        rows = r.network(["IS", "MT"])
        assert next((x.parties, x.year, x.engagements, x.levels, x.kinds) for x in rows) == (
            ("IS", "MT"), "2019", 1, {"minister": 1}, {"dialogue": 1},
        )  # fmt: skip
        assert len(rows) == 4


def test_who_said_what_by_person_party_and_subject(url: str) -> None:
    one = reading(
        "Remarks",
        "Minister Anna Berg said that chips for all are the aim. Marija Vella replied that fish matter more.",
        "2021-01-01",
        statements=[
            ("Anna Berg", "NO", "said", "chips for all are the aim"),
            ("Marija Vella", "MT", "replied", "fish matter more"),
        ],
        domains=[("semiconductors", "explored", "chips for all")],
    )
    with record.open(url) as r:
        r.add([one, *series_of_dialogues()])
        assert [s.content for s in r.said("Berg")] == ["chips for all are the aim"]
        assert [s.speaker for s in r.said(about="Semiconductors")] == ["Anna Berg"]
        assert [s.speaker for s in r.said(about="fish")] == ["Marija Vella"]
        assert [s.day for s in r.said(party="Iceland", since="2021", limit=2)] == ["2022-05-06", "2021-05-06"]
        assert [s.source.quote for s in r.said("Vella")] == ["fish matter more"]
