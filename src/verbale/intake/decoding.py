"""From bytes to characters: encodings, binary content, mojibake."""

import codecs
import re

from verbale.errors import IntakeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536  # bytes that are shown to the encoding detector: it is slow and needs no more
_BAD_UTF8 = 0.1  # a file with at most this share of broken sequences among its non-ASCII characters is damaged UTF-8
_FOREIGN = 0.25  # share of non-ASCII bytes from which single-byte text is likely not Western European
_CONTROLS = 0.01  # share of control characters from which content is binary
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"[\x0b\x85\u2028]")
_PAGE_BREAKS = re.compile(r"[\x0c\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(raw: bytes, name: str, declared: str | None = None) -> str:
    """Decode `raw` as its byte order mark says, else as `declared`, else as UTF-8, else as the likeliest single-byte encoding.

    Raises:
        IntakeError: the content is binary.
    """
    text = _by_mark(raw, name)
    if text is None:
        if b"\0" in raw:
            raise binary(name)
        text = _declared(raw, declared) or _guessed(raw)
    check_characters(text, name)
    return text


def check_characters(text: str, name: str) -> None:
    """Raise IntakeError when a text holds so many control characters that it is not one."""
    if "\0" in text or len(_CONTROL.findall(text)) > _CONTROLS * len(text):
        raise binary(name)


def binary(name: str) -> IntakeError:
    """Return the error for content that is not text."""
    return IntakeError(f"{name}: binary content, not text; give plain text, Markdown, HTML, JSON or PDF")


def clean(text: str) -> str:
    """Repair mojibake, unify line breaks and drop control characters; every other character stays as it was written."""
    text = _PAGE_BREAKS.sub("\n\n", _BREAKS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _CONTROL.sub("", text).removeprefix("\ufeff")
    if text.isascii():
        return text
    from ftfy import TextFixerConfig, fix_text  # noqa: PLC0415

    config = TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        normalization=None,
        explain=False,
    )
    return _SURROGATE.sub("\ufffd", fix_text(text, config))


def _by_mark(raw: bytes, name: str) -> str | None:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                if encoding == "utf-8-sig":
                    return None
                raise IntakeError(f"{name}: damaged {encoding.upper()} text; save it again as UTF-8") from None
    return None


def _declared(raw: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        return raw.decode(declared)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None


def _guessed(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    damaged = raw.decode("utf-8", "replace")
    broken, sound = damaged.count("\ufffd"), sum(1 for c in damaged if c > "\x7f" and c != "\ufffd")
    if broken <= _BAD_UTF8 * sound:
        return damaged
    high = sum(1 for byte in raw[:_SAMPLE] if byte > 127)
    if high > _FOREIGN * len(raw[:_SAMPLE]):
        from charset_normalizer import from_bytes  # noqa: PLC0415

        best = from_bytes(raw[:_SAMPLE]).best()
        if best is not None:
            try:
                return raw.decode(best.encoding)
            except (UnicodeError, LookupError):
                pass
    return raw.decode("cp1252", "replace")
