"""Which characters stand inside quotation marks."""

from hypothesis import given
from hypothesis import strategies as st

from verbale.reading.quotation import quoted


def words_inside(text: str) -> str:
    return "".join(c for c, inside in zip(text, quoted(text), strict=True) if inside)


def test_straight_and_curly_marks() -> None:
    assert words_inside('He said "we agree" and left.') == "we agree"
    assert words_inside("He said “we agree” and left.") == "we agree"
    assert words_inside("Il a dit «d’accord» hier.") == "d’accord"
    assert words_inside("「同意する」と述べた") == "同意する"


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert words_inside("Kenya's minister and the leaders' aides didn't agree.") == ""
    assert words_inside("Kenya’s minister and the leaders’ aides didn’t agree.") == ""


def test_single_marks_hold_an_apostrophe() -> None:
    assert words_inside("She said ‘we don’t agree’ twice.") == "we don’t agree"


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    assert words_inside("“We agree, he said.\n\nThe talks went on.") == "We agree, he said."


def test_nested_marks_count_once() -> None:
    assert words_inside("“They call it ‘the spirit’ here,” he said.") == "They call it ‘the spirit’ here,"


@given(st.text(alphabet="ab \n\"'“”‘’«»「」„", max_size=200))
def test_any_text_gives_one_answer_a_character(text: str) -> None:
    assert quoted(text).shape == (len(text),)


def test_deep_and_unbalanced_marks_are_read_in_linear_time() -> None:
    assert len(quoted("“" * 300_000)) == 300_000
