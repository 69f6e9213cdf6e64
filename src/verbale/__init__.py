"""verbale keeps the record of talks between governments from what is published about them.

import verbale

reading = verbale.read("report.md")
for statement in reading.statements:
    print(statement.speaker.name, statement.content[0].exact(reading.document.text))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verbale.batch import read, read_many
    from verbale.document import Document
    from verbale.findings import Reading
    from verbale.record import Record, open

__version__ = "0.1.0"
__all__ = ["Document", "Reading", "Record", "__version__", "open", "read", "read_many"]

# Where each public name lives: loaded on first use (PEP 562), so that `import verbale` costs nothing.
_HOMES = {
    "Document": "verbale.document",
    "Reading": "verbale.findings",
    "Record": "verbale.record",
    "open": "verbale.record",
    "read": "verbale.batch",
    "read_many": "verbale.batch",
}


def __getattr__(name: str) -> Any:
    """Load a public name on its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
