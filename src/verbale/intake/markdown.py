"""Markdown, with or without YAML front matter."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.composing import compose, first_text
from verbale.intake.limits import Limits
from verbale.intake.plain import split_title
from verbale.intake.timestamps import iso_timestamp

_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n|)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LONGEST_FRONT_MATTER = 65_536
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+)[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)")
_AUTO_LINK = re.compile(r"<(https?://[^<>\s]+)>")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]+?)(?<=[^\s_])\1(?![\w_])")
_CODE = re.compile(r"(`{1,2})([^`\n]+)\1")
_QUOTED = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*[*+•-][ \t]+(?=\S)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
# What PyYAML lets through from its constructors besides its own errors, for a malformed tag or number.
_YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, RecursionError, OverflowError)


def read_markdown(text: str, name: str, limits: Limits) -> Document:
    """Make a document of Markdown; title, date, address, publisher and language come from the front matter where it has them.

    `published_time` is preferred over `date`. Without a title in the front matter the first heading is the title.

    Raises:
        IntakeError: the front matter is not YAML, or there is no text, or too much.
    """
    fields, body = _front_matter(text, name)
    title = first_text([fields.get("title")]) or ""
    heading = _HEADING.match(body.lstrip("\ufeff\r\n"))
    if heading and title.casefold() in ("", heading[1].strip().casefold()):
        title, body = title or strip_marks(heading[1]), body.lstrip("\ufeff\r\n")[heading.end() :]
    body = strip_marks(body)
    if not title:
        title, body = split_title(body)
    dates = (iso_timestamp(fields.get(key)) for key in ("published_time", "published", "date"))
    return compose(
        title,
        body,
        name=name,
        limits=limits,
        kind="markdown",
        published=next((d for d in dates if d), None),
        url=first_text(fields.get(key) for key in ("source_url", "url", "canonical_url")),
        publisher=first_text([fields.get("publisher")]),
        language=first_text([fields.get("language"), fields.get("lang")]),
    )


def strip_marks(text: str) -> str:
    """Take the marks of headings, lists, quotations, emphasis, links, images and code off, and leave the words."""
    text = _RULE.sub("", text)
    text = _HEADING.sub(r"\1\n", text)
    text = _ITEM.sub("", _QUOTED.sub("", text))
    text = _AUTO_LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _CODE.sub(r"\2", text)
    for _ in range(2):  # bold within italics
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text)


def has_front_matter(text: str) -> bool:
    """Tell whether a text begins with a fenced block whose first line is a YAML field."""
    found = _FENCE.match(text)
    return bool(found and re.match(r"\s*(?:#.*\n\s*)*[\w$-]+:(?:\s|\Z)", found[1]))


def _front_matter(text: str, name: str) -> tuple[Mapping[str, Any], str]:
    found = _FENCE.match(text)
    if not found or not has_front_matter(text):
        return {}, text
    if len(found[1]) > _LONGEST_FRONT_MATTER:
        raise IntakeError(
            f"{name}: the front matter is longer than {_LONGEST_FRONT_MATTER:,} characters; close it with a line of three hyphens"
        )
    try:
        fields = yaml.safe_load(found[1])
    except _YAML_ERRORS as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 2}" if mark else ""
        raise IntakeError(
            f"{name}: the front matter is not YAML{where}; put values that hold a colon or a quote in quotation marks"
        ) from error
    return (fields if isinstance(fields, dict) else {}), text[found.end() :]
