"""Amounts: money, shares, measures, goods and people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.reading.figures import figures


def found(text):
    return [(f.value, f.unit, f.comparator) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("a fund of $20 million for ports", 20e6, "USD", "="),
        ("a fund of US$5m for ports", 5e6, "USD", "="),
        ("USD50 million each", 50e6, "USD", "="),
        ("$2 billion USD in loans", 2e9, "USD", "="),
        ("a billion dollars", 1e9, "USD", "="),
        ("an additional billion dollars", 1e9, "USD", "="),
        ("half a billion euros", 5e8, "EUR", "="),
        ("€3bn in grants", 3e9, "EUR", "="),
        ("€20,5 million in grants", 20.5e6, "EUR", "="),
        ("two hundred million pounds", 2e8, "GBP", "="),
        ("A$20 million in loans", 20e6, "AUD", "="),
        ("¥5 trillion of investment", 5e12, "JPY", "="),
        ("Rs 500 crore for roads", 5e9, "INR", "="),
        ("₹2 lakh crore for roads", 2e12, "INR", "="),
        ("trade of more than $200 billion", 2e11, "USD", ">"),
        ("nearly $1.5 billion", 1.5e9, "USD", "~"),
        ("up to USD 102 million", 102e6, "USD", "<"),
        ("no less than $1.45 billion per year", 1.45e9, "USD", ">"),
        ("$20 billion or more", 2e10, "USD", ">"),
        ("a rise of 23 percent", 23, "%", "="),
        ("some 40 per cent of exports", 40, "%", "~"),
        ("up to 90% by then", 90, "%", "<"),
        ("over two thirds of exports", 66.67, "%", ">"),
        ("500 GW of solar power", 500, "GW", "="),
        ("300 megawatts (MW) of wind", 300, "MW", "="),
        ("a 500-megawatt plant", 500, "MW", "="),
        ("15 billion cubic metres of gas", 15e9, "cubic meters", "="),
        ("at least 50 bcm of gas", 50, "bcm", ">"),
        ("15,000 pounds of rice", 15000, "pounds", "="),
        ("up to one million tons of wheat", 1e6, "tons", "<"),
        ("3,000 km of rail", 3000, "kilometers", "="),
        ("warming of 1.5 degrees Celsius", 1.5, "degrees Celsius", "="),
        ("four million Nordia vaccine doses", 4e6, "vaccine doses", "="),
        ("63 million doses of vaccine", 63e6, "vaccine doses", "="),
        ("hundreds of millions of doses", 1e8, "vaccine doses", "="),
        ("10,000 refugees", 10000, "people", "="),
        ("twenty-five million people", 25e6, "people", "="),
        ("over 4,000 Norwegians", 4000, "people", ">"),
        ("1,00,000 people", 100000, "people", "="),
        ("five wrongfully held citizens", 5, "people", "="),
        ("12 rural bridges", 12, "bridges", "="),
        ("30+ projects", 30, "projects", ">"),
        ("over 500,000 children's bicycles", 500000, "bicycles", ">"),
        ("100,000 road accident deaths", 100000, "road accident deaths", "="),
    ],
)
def test_an_amount_has_its_value_unit_and_comparator(text, value, unit, comparator):
    assert found(text) == [(value, unit, comparator)]


@pytest.mark.parametrize(
    "text",
    [
        "On March 3, 2024 people met.",
        "the 75th anniversary, the G20, the 2+2 and COP26",
        "an 18-year-old met 12 ministers from 30 countries in 3 days at 5:30",
        "Resolution 2254 remains in force; 24/7; 9/11",
        "The two ministers and three leaders spoke for 90 minutes.",
        "200 years of ties, 5,000 times over",
        "I agree 100 percent.",
        "10,000 kilometers away from home",
        "They value 2030 targets, 12.5 and 5 million",
        "$ and $ million",
    ],
)
def test_dates_ordinals_ages_and_counts_of_meetings_or_countries_are_no_amounts(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["$300-500 million", "between $300 million and $500 million", "$300 to 500 million", "$300 million–$500 million"]
)
def test_a_range_gives_its_least_and_its_most(text):
    assert found(text) == [(3e8, "USD", ">"), (5e8, "USD", "<")]


def test_several_amounts_come_in_order_with_the_words_that_show_them():
    text = "Norway pays more than $50 million; a third of it, 2 GW of wind and 600 new agents follow."
    assert [(f.unit, f.spans[0].exact(text)) for f in figures(text)] == [
        ("USD", "more than $50 million"),
        ("%", "a third"),
        ("GW", "2 GW"),
        ("agents", "600 new agents"),
    ]


def test_the_same_amount_twice_is_one_figure_with_two_places():
    text = "The fund has $50 million. Of these $50 million half is spent; $51 million was planned."
    (first, second) = figures(text)
    assert [s.exact(text) for s in first.spans] == ["$50 million", "$50 million"]
    assert second.value == 51e6


def test_a_number_too_long_to_be_one_is_left_alone():
    assert figures("$" + "9" * 5000 + " and 1,000,000,000,000,000,000,000,000 people") == ()


@given(st.text(alphabet="0123456789,.$€%-– abdeiflmnopstuwh\n", max_size=80))
def test_every_span_lies_in_its_text_and_every_value_is_a_number(text):
    for figure in figures(text):
        assert figure.value == figure.value and figure.unit
        assert all(0 <= s.start < s.end <= len(text) for s in figure.spans)
    assert figures(text) == figures(text)
