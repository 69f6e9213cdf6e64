"""About: what the record covers, which versions read it, by what method, and its limits."""

import verbale
from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()


@page(router, "/about", "about.html")
def about(at: At) -> Found:
    """Find what the record covers."""
    return {"title": "About this record", "coverage": at.record.coverage(), "stats": at.record.stats(), "version": verbale.__version__}
