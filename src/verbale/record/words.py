"""The full-text index: the same words for SQLite and PostgreSQL."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from verbale.vocabulary.lexicon import tokens

_LONGEST = 250_000  # words of a document that are indexed: PostgreSQL takes one mebibyte, and no communiqué comes near


def folded_words(written: str) -> list[str]:
    """Return the words of a text in lower case and without accents, as both indexes hold them."""
    return [w for w in tokens(written).keys if w.isalnum()]


def index_words(connection: Connection, documents: Iterable[tuple[int, str]]) -> None:
    """Index the words of documents, given by number and text."""
    values = [{"n": n, "found": " ".join(folded_words(written)[:_LONGEST])} for n, written in documents]
    if not values:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("INSERT INTO words (document, found) VALUES (:n, to_tsvector('simple', :found))"), values)
    else:
        connection.execute(text("INSERT INTO words (rowid, found) VALUES (:n, :found)"), values)
