"""Dates in words, resolved against a Wednesday."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.reading.dates import date_mentions

WEDNESDAY = date(2024, 5, 8)


def found(text, published=WEDNESDAY):
    return [(m.span.exact(text), m.value, m.direction) for m in date_mentions(text, published)]


def values(text, published=WEDNESDAY):
    return [m.value for m in date_mentions(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value", "direction"),
    [
        ("The ministers met today.", "today", "2024-05-08", "same"),
        ("They spoke earlier today.", "earlier today", "2024-05-08", "same"),
        ("They spoke this morning.", "this morning", "2024-05-08", "same"),
        ("They spoke yesterday evening.", "yesterday evening", "2024-05-07", "past"),
        ("She arrives tomorrow.", "tomorrow", "2024-05-09", "future"),
        ("They dined last night.", "last night", "2024-05-07", "past"),
        ("They met on Friday.", "Friday", "2024-05-03", "past"),
        ("They met Monday.", "Monday", "2024-05-06", "past"),
        ("They met on Wednesday.", "Wednesday", "2024-05-08", "same"),
        ("They will meet on Friday.", "Friday", "2024-05-10", "future"),
        ("They agreed to speak again on Monday.", "Monday", "2024-05-13", "future"),
        ("They met last Wednesday.", "last Wednesday", "2024-05-01", "past"),
        ("Talks open next Wednesday.", "next Wednesday", "2024-05-15", "future"),
        ("They met on Tuesday, April 30, in Lima.", "Tuesday, April 30", "2024-04-30", "past"),
        ("They met on March 3.", "March 3", "2024-03-03", "past"),
        ("They met on March 3rd, 2021.", "March 3rd, 2021", "2021-03-03", "past"),
        ("They met on 3 March 2024.", "3 March 2024", "2024-03-03", "past"),
        ("Talks were held on 3-5 March.", "3-5 March", "2024-03-03", "past"),
        ("The summit of May 18–21 will be in Lima.", "May 18–21", "2024-05-18", "future"),
        ("It ran from 30 April to 2 May 2024.", "30 April to 2 May 2024", "2024-04-30", "past"),
        ("It ran on Sept. 30–October 1, 2023.", "Sept. 30–October 1, 2023", "2023-09-30", "past"),
        ("The Treaty of the 1st of May was signed.", "1st of May", "2024-05-01", "past"),
        ("In April 2022 they signed.", "April 2022", "2022-04", "past"),
        ("They met in March.", "March", "2024-03", "past"),
        ("They met in June.", "June", "2023-06", "past"),
        ("They will meet in June.", "June", "2024-06", "future"),
        ("They discussed the summit in June.", "June", "2024-06", "future"),
        ("They met last June.", "last June", "2023-06", "past"),
        ("They met last March.", "last March", "2024-03", "past"),
        ("Elections are due next February.", "next February", "2025-02", "future"),
        ("They will meet next month.", "next month", "2024-06", "future"),
        ("They met last month.", "last month", "2024-04", "past"),
        ("They will meet later this year.", "later this year", "2024", "future"),
        ("She visited in 2021.", "2021", "2021", "past"),
        ("They aim to end it by 2030.", "2030", "2030", "future"),
        ("Signed 2024-05-03.", "2024-05-03", "2024-05-03", "past"),
        ("Signed 13/04/2024.", "13/04/2024", "2024-04-13", "past"),
        ("Signed 04/13/2024.", "04/13/2024", "2024-04-13", "past"),
        ("They met three days ago.", "three days ago", "2024-05-05", "past"),
        ("They met this week.", "this week", None, "past"),
        ("They will meet later this week.", "later this week", None, "future"),
        ("Talks go on in the coming months.", "the coming months", None, "future"),
    ],
)
def test_a_mention_is_resolved_against_the_day_of_publication(text, words, value, direction):
    assert found(text) == [(words, value, direction)]


@pytest.mark.parametrize(
    "text",
    [
        "The Good Friday Agreement holds.",
        "They may march on. May I ask?",
        "It was signed 03/04/2024.",
        "On February 30 nothing happened.",
        "In 1,000 places and 2024.5 ways, at 2023%.",
        "Resolution 2231 and a 2020-2030 plan",
    ],
)
def test_what_is_no_date_or_could_be_two_is_left_alone(text):
    assert found(text) == []


def test_a_dateline_counts():
    assert values("NEW DELHI, March 4 (Agency) - Ministers met on Monday.", date(2024, 3, 5)) == ["2024-03-04", "2024-03-04"]


def test_a_day_without_a_year_takes_the_year_that_fits():
    january = date(2024, 1, 10)
    assert values("They met on December 20.", january) == ["2023-12-20"]
    assert values("They will meet on December 20.", january) == ["2024-12-20"]
    assert values("They will meet on January 8.", date(2024, 12, 20)) == ["2025-01-08"]
    assert values("She will travel on March 3.", date(2024, 12, 1)) == ["2025-03-03"]


def test_february_29_falls_in_the_leap_year():
    assert values("They met on February 29.", date(2024, 3, 5)) == ["2024-02-29"]


def test_the_tense_of_another_sentence_does_not_count():
    assert values("He will travel. They met on Friday.") == ["2024-05-03"]


def test_without_a_day_of_publication_only_full_dates_have_a_value():
    assert values("today, on Friday; March 3, 3 March 2024, in June, this year", None) == [None, None, None, "2024-03-03", None, None]


def test_several_mentions_come_in_order():
    assert values("On Monday and Tuesday; and again on May 20.") == ["2024-05-06", "2024-05-07", "2024-05-20"]


@given(st.text(alphabet="aMy M2031 Friday,.-/todJunewilnx\n", max_size=80), st.dates() | st.none())
def test_every_span_lies_in_its_text_and_every_value_is_iso(text, published):
    end = 0
    for mention in date_mentions(text, published):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        if mention.value is not None:
            date.fromisoformat((mention.value + "-01-01")[:10])
