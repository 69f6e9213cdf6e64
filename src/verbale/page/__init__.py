"""A reading as a page that a person reads: in the terminal, or as one self-contained HTML file."""

from verbale.page.html import render_html
from verbale.page.terminal import print_reading

__all__ = ["print_reading", "render_html"]
