"""A record of invented documents that holds everything that a format could stumble over."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented import engagement, reading, series_of_dialogues

from verbale import record
from verbale.document import Span
from verbale.exchange.selection import Selection
from verbale.findings import Reading, Speaker, Statement


def hard() -> Reading:
    """Make a document whose title is a formula, whose words are markup, and whose findings lie across lines."""
    made = reading(
        "=HYPERLINK(\"http://evil.example\") & <b>tea</b> 100% {braces} _under_",
        "Malta, Iceland and the EU met <script>alert(1)</script> on aid.\n\n"
        "“We gave\nten boats to Malta,” Minister Katrín Jónsdóttir said.\n\n"
        "-2+3 was the answer; she criticised the delay. They will meet again by 2023. Aid worth $5 million came.",
        "2022-09-01",
        publisher="Ministry & Sons <Press>",
        url="https://ministry.example/a?b=1&c={2}",
        engagements=[
            engagement("call", "EU IS MT", "2022-09-01", delegates=[("Katrín Jónsdóttir", "foreign minister", "IS")]),
            engagement("meeting", "IS MT", "2023", status="planned", principal=False),
            engagement("signing", "IS MT", "2022-09-01"),
        ],
        domains=[("humanitarian-aid", "delivered", "aid")],
        situations=[("europe", "EU")],
        statements=[("Katrín Jónsdóttir", "IS", "criticised", "the delay")],
        commitments=[("will meet again by 2023", ["IS", "MT"], ["trade"], "2023")],
        figures=[(5e6, "USD", "$5 million")],
    )  # fmt: skip
    text = made.document.text
    start = text.index("We gave")
    said = Span(start, start + 25)
    direct = Statement(Speaker("Katrín Jónsdóttir", "foreign minister", "IS"), None, None, (said,), "direct", 0.9)
    return replace(made, statements=(*(replace(s, stance="criticising") for s in made.statements), direct))


@pytest.fixture
def selection(tmp_path: Path) -> Iterator[Selection]:
    with record.open(tmp_path / "record.db") as r:
        r.add([*series_of_dialogues(), hard()])
        promise = r.promises()[0]
        r.assess(promise.key, -1, person="Ada", note="no meeting was reported")
        yield Selection(r)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Selection]:
    with record.open(tmp_path / "empty.db") as r:
        yield Selection(r)
