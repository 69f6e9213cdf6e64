"""The forms in which a brief is written."""

from importlib import import_module

from verbale.brief.model import Brief
from verbale.errors import BriefError

_MODULES = {"html": "html", "md": "markdown", "docx": "word", "pdf": "pdf"}


def written(brief: Brief, form: str) -> bytes:
    """Return a brief as `html`, `md`, `docx` or `pdf`.

    Raises:
        BriefError: the form is not known, or its library is not installed.
    """
    if form not in _MODULES:
        raise BriefError(f"a brief is written as {', '.join(_MODULES)}, not as {form}")
    try:
        module = import_module(f"verbale.brief.{_MODULES[form]}")
    except ImportError as error:
        raise BriefError(f"this form needs {error.name}: `pip install verbale[brief]`; Markdown needs nothing") from error
    content: str | bytes = module.write(brief)
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")
