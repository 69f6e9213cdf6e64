"""Small HTML tables for notebooks, in which nothing that a document says can act."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

_ROWS = 20
_LONGEST = 160  # characters of a cell


def table(rows: Sequence[Mapping[str, Any]], caption: str = "", *, most: int = _ROWS) -> str:
    """Return rows as a table: the first ones, long texts cut, lists with commas, addresses of the web as links."""
    columns = list(rows[0]) if rows else []
    head = "".join(f"<th style='text-align:left'>{escape(c)}</th>" for c in columns)
    body = "".join(f"<tr>{''.join(_cell(row[c]) for c in columns)}</tr>" for row in rows[:most])
    more = f" {len(rows) - most:,} more rows." if len(rows) > most else ""
    told = f"<caption style='text-align:left;caption-side:bottom'>{escape(caption + more).strip()}</caption>" if caption or more else ""
    return f"<table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    return f"<td style='text-align:left;vertical-align:top'>{_shown(value)}</td>"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{escape(str(k))} {_shown(v)}" for k, v in list(value.items())[:6])
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_shown(v) for v in list(value)[:6])
    text = str(value)
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f'<a href="{escape(text, quote=True)}">{escape(cut)}</a>' if _is_address(text) else escape(cut)


def _is_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in {"http", "https"}
    except ValueError:
        return False
