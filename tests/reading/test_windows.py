"""Word pieces and windows."""

from verbale.reading.encoder import encoder
from verbale.reading.windows import CONTEXT, MAX_PIECES, windows

PARAGRAPH = "The two ministers discussed rail links, ports and the price of grain at some length in the old town hall."


def test_every_piece_is_read_in_exactly_one_window_and_none_is_too_long() -> None:
    text = "\n\n".join([PARAGRAPH] * 60)
    pieces = encoder().cut(text)
    made = windows(pieces, text)
    own = [int(p) for w in made for p in w.places[w.own :] if p >= 0]
    assert own == list(range(len(pieces)))
    assert max(len(w.places) for w in made) <= MAX_PIECES
    assert len(made) > 1


def test_a_window_begins_with_what_stood_before() -> None:
    text = "\n\n".join([PARAGRAPH] * 60)
    made = windows(encoder().cut(text), text)
    before = [int(p) for p in made[1].places[: made[1].own] if p >= 0]
    assert len(before) == CONTEXT
    assert before[-1] == int(next(p for p in made[1].places[made[1].own :] if p >= 0)) - 1


def test_a_paragraph_that_fits_is_never_cut() -> None:
    text = "\n\n".join([PARAGRAPH] * 60)
    pieces = encoder().cut(text)
    for window in windows(pieces, text):
        own = [int(p) for p in window.places[window.own :] if p >= 0]
        assert own[0] == 0 or pieces.paragraphs[own[0]] != pieces.paragraphs[own[0] - 1]


def test_pieces_cover_the_words_of_the_text() -> None:
    text = "Ankara’s envoy, Ms. Şahin, said: “Evet!”"
    pieces = encoder().cut(text)
    read = "".join(text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True))
    assert read == "".join(text.split())
