"""Transcripts, turn by turn."""

from verbale.reading.transcripts import turns

TALK = """Remarks by President Oduya and Prime Minister Lund

State House

10:02 A.M.

PRESIDENT ODUYA:  Prime Minister, welcome to our capital. We have much to discuss today on ports and on fisheries.

Our peoples are close.

PRIME MINISTER LUND (via interpreter): Thank you, Mr. President. Norway will keep working with you on clean shipping for years.

Q    Mr. President, will you sign the ports agreement today?

PRESIDENT ODUYA: Thank you.

10:15 A.M. EAT"""


def test_labels_open_turns_and_paragraphs_stay_in_them() -> None:
    found = turns(TALK)
    assert [t.speaker for t in found] == ["PRESIDENT ODUYA", "PRIME MINISTER LUND", "Q", "PRESIDENT ODUYA"]
    assert found[0].words.exact(TALK).startswith("Prime Minister, welcome")
    assert found[0].words.exact(TALK).endswith("Our peoples are close.")
    assert found[1].words.exact(TALK).startswith("Thank you, Mr. President.")


def test_questions_and_thanks_have_no_substance() -> None:
    assert [t.substance(TALK) for t in turns(TALK)] == [True, True, False, False]


def test_the_closing_time_belongs_to_no_turn() -> None:
    assert turns(TALK)[-1].words.exact(TALK) == "Thank you."


def test_an_ordinary_text_is_no_transcript() -> None:
    assert turns("Ministers met in Oslo.\n\nAgenda: trade, fisheries and ports.\n\nThey agreed to meet again.") == []
