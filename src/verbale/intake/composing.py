"""The last step of every format: characters cleaned, limits held, the publisher named, the document laid out."""

import re
from collections.abc import Iterable

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.decoding import clean
from verbale.intake.limits import Limits
from verbale.intake.publishers import publisher_of

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")  # the shape of a BCP 47 tag


def compose(
    title: str,
    body: str,
    *,
    name: str,
    limits: Limits,
    kind: str,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
) -> Document:
    """Make the document of a title and a body that a format has found.

    A publisher that the source does not name is looked up by the host of its address.

    Raises:
        IntakeError: there is no text, or more than `limits` allow.
    """
    document = Document.compose(clean(title), clean(body), kind=kind)
    if len(document.text) <= len(document.title):
        raise empty(name)
    check_length(len(document.text), name, limits)
    address = web_address(url)
    if not publisher and address:
        known = publisher_of(address)
        publisher = known.name if known else None
    return Document(
        text=document.text,
        title=document.title,
        published=published,
        url=address,
        publisher=clean(publisher) if publisher else None,
        language=language.replace("_", "-") if language and _LANGUAGE.match(language) else "en",
        kind=kind,
    )


def check_length(characters: int, name: str, limits: Limits) -> None:
    """Raise IntakeError when a text is longer than `limits` allow."""
    if characters > limits.text_characters:
        raise IntakeError(
            f"{name}: {characters:,} characters of text, over the limit of {limits.text_characters:,}; "
            "split it into its documents or raise the limit"
        )


def empty(name: str) -> IntakeError:
    """Return the error for a source that holds no text."""
    return IntakeError(f"{name}: no text in it; check that the file was saved or downloaded whole")


def web_address(url: object) -> str | None:
    """Return `url` when it is an http or https address, else None."""
    if isinstance(url, str) and url.strip().lower().startswith(("http://", "https://")):
        return url.strip()
    return None


def first_text(values: Iterable[object]) -> str | None:
    """Return the first of `values` that is a string with something in it, without surrounding space."""
    return next((v.strip() for v in values if isinstance(v, str) and v.strip()), None)
