"""What a notebook shows of readings, engagements and answers."""

from invented import series_of_dialogues
from lxml import html

from sample import raw
from verbale import record
from verbale.display import table
from verbale.findings import Reading


def test_nothing_acts_and_addresses_of_the_web_are_links() -> None:
    rows = [{"a": "<script>alert(1)</script>", "b": "javascript:alert(1)", "c": 'https://x.example/?a=1&b="2"', "d": ["x", None, {"k": 1}]}]
    page = html.fromstring(table(rows, "<b>"))
    assert page.xpath("//a/@href") == ['https://x.example/?a=1&b="2"']
    assert not page.xpath("//script | //b")
    assert [c.text_content() for c in page.xpath("//td")][3] == "x, , k 1"


def test_long_tables_and_texts_are_cut() -> None:
    page = html.fromstring(table([{"n": "x" * 500}] * 25, "All."))
    assert len(page.xpath("//tbody/tr")) == 20
    assert page.xpath("string(//caption)") == "All. 5 more rows."
    assert len(page.xpath("string(//td)")) == 160


def test_a_reading_shows_its_findings() -> None:
    page = html.fromstring(Reading.from_dict(raw())._repr_html_())
    rows = [[c.text_content() for c in row.xpath("td")] for row in page.xpath("//tbody/tr")]
    assert rows[0][:3] == ["dialogue", "NO GH – 2024-05-07", "held their first Ocean Dialogue"]
    assert ["domain", "Maritime security, explored", "maritime security", "0.42"] in rows


def test_an_answer_and_an_engagement_show_rows_and_coverage() -> None:
    with record.open(":memory:") as r:
        r.add(series_of_dialogues())
        answer = r.timeline(["IS", "MT"])
        page = html.fromstring(answer._repr_html_())
        assert len(page.xpath("//tbody/tr")) == 4
        assert page.xpath("string(//caption)") == "4 rows; the record holds 4 documents, published 2019-05-06 to 2022-05-06."
        assert "Katrín Jónsdóttir" in page.text_content()
        one = html.fromstring(answer[0]._repr_html_())
        assert ["series", "Iceland–Malta Ocean Dialogue"] in [
            [c.text_content() for c in row.xpath("td")] for row in one.xpath("//tbody/tr")
        ]
        assert "0 rows" in r.timeline(["IS", "TD"])._repr_html_()
