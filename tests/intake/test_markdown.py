"""Markdown with and without front matter."""

import pytest

from verbale.errors import IntakeError
from verbale.intake import read_bytes

PAGE = """---
title: "Norway and Peru: a second round"
date: 2024-05-02
published_time: 2024-05-03 21:15:00-05:00
source_url: https://www.mea.gov.in/talks/lima
language: en-GB
---

# Norway and Peru: a second round

The **foreign ministers** met in [Lima](https://lima.example/map) on *Friday*.

## What was agreed

> “We will publish maps,” she said.

- A work plan_for_forests
* Fifty million dollars
1. A meeting in Oslo

![Handshake](hands.jpg)

***

`Code` and 5 * 3 * 2 and <https://example.org/a_b_c> remain.
"""


def one(text: str):
    (document,) = read_bytes(text.encode())
    return document


def test_front_matter_gives_what_is_known_about_the_document():
    document = one(PAGE)
    assert document.kind == "markdown"
    assert document.title == "Norway and Peru: a second round"
    assert document.url == "https://www.mea.gov.in/talks/lima"
    assert document.language == "en-GB"


def test_the_time_of_publication_keeps_its_time_zone_and_is_preferred_to_the_date():
    assert one(PAGE).published == "2024-05-03T21:15:00-05:00"
    quoted = PAGE.replace("2024-05-03 21:15:00-05:00", "'2024-05-03 21:15:00-05:00'")
    assert one(quoted).published == "2024-05-03T21:15:00-05:00"
    assert one(PAGE.replace("published_time: 2024-05-03 21:15:00-05:00\n", "")).published == "2024-05-02"


def test_the_publisher_is_the_one_named_or_the_owner_of_the_address():
    assert one(PAGE).publisher == "Ministry of External Affairs of India"
    assert one(PAGE.replace("language:", "publisher: Lima Gazette\nlanguage:")).publisher == "Lima Gazette"


def test_marks_go_and_words_stay():
    text = one(PAGE).text
    assert text.count("a second round") == 1
    assert "The foreign ministers met in Lima on Friday." in text
    assert "\n\nWhat was agreed\n\n“We will publish maps,” she said.\n\n" in text
    assert "A work plan_for_forests\nFifty million dollars\n1. A meeting in Oslo" in text
    assert "Handshake" not in text and "***" not in text
    assert text.endswith("Code and 5 * 3 * 2 and https://example.org/a_b_c remain.")


def test_without_front_matter_the_first_heading_is_the_title():
    document = one("# Talks in Lima\n\nThey met.\n")
    assert (document.title, document.text) == ("Talks in Lima", "Talks in Lima\n\nThey met.")


@pytest.mark.parametrize("value", ["null", "''", "[1, 2]", "soon"])
def test_a_date_that_is_none_is_left_out(value):
    assert one(f"---\ntitle: T\ndate: {value}\n---\nThey met.").published is None


def test_a_rule_at_the_top_is_not_front_matter():
    document = one("---\n\nThey met in Lima. It rained.\n\n---\n\nThey left.")
    assert "They met in Lima." in document.text and "They left." in document.text


@pytest.mark.parametrize("line", ["title: a: b: c", "title: 'open", "date: !!timestamp x", "date: 2024-99-99", "a: &a [*a", "x: !!int ''"])
def test_broken_front_matter_is_an_error_that_names_the_remedy(line):
    with pytest.raises(IntakeError, match=r"front matter is not YAML.*quotation marks"):
        one(f"---\n{line}\n---\n\nThey met.")
