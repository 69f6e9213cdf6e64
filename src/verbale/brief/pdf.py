"""A brief as PDF, from the same page."""

import contextlib
import logging
import sys

from verbale.brief import html
from verbale.brief.model import Brief
from verbale.errors import BriefError


def write(brief: Brief) -> bytes:
    """Return the PDF, tagged for screen readers; the same brief gives the same bytes.

    Raises:
        BriefError: WeasyPrint or the Pango library that it draws with is missing, or no font is installed.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):  # it prints a notice where Pango is missing
            import weasyprint  # noqa: PLC0415 - an extra, and slow to load
            from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise BriefError(
            "PDF needs WeasyPrint and Pango: `pip install verbale[brief]`, and the package libpango of your system; HTML needs neither"
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    inside = URLFetcher(allowed_protocols=("data",), allow_redirects=False)  # a brief fetches nothing
    page = weasyprint.HTML(string=html.write(brief), url_fetcher=inside)
    try:
        written: bytes = page.write_pdf(pdf_identifier=brief.as_of.encode(), pdf_variant="pdf/ua-1")
    except (OSError, ValueError) as error:
        raise BriefError(f"the PDF cannot be drawn ({error}); check that fonts are installed, or write HTML") from error
    return written
