"""The record in other people's formats: one module a format, each with a function that writes what a selection holds."""

from verbale.exchange.formats import FORMATS, Format

__all__ = ["FORMATS", "Format"]
