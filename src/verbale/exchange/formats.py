"""The formats by name: what each is, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

from verbale.errors import ExchangeError

if TYPE_CHECKING:
    from verbale.exchange.selection import Selection


@dataclass(frozen=True)
class Format:
    """A format: the module and function that write it, the ending of its file, and what it is.

    A format without ending is a folder of files. A `binary` one cannot be shown in a terminal.
    """

    module: str
    function: str
    ending: str
    what: str
    binary: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.ending

    def write_file(self, selection: "Selection", out: IO[bytes]) -> None:
        """Write a selection to a file that is open for bytes.

        Raises:
            ExchangeError: the library of this format is not installed, or the selection does not fit the format.
        """
        self._writer()(selection, out)

    def write_folder(self, selection: "Selection", folder: Path) -> None:
        """Write a selection into a folder that exists and is empty.

        Raises:
            ExchangeError: the library of this format is not installed.
        """
        self._writer()(selection, folder)

    def _writer(self) -> Callable[..., None]:
        try:
            function: Callable[..., None] = getattr(import_module(f"verbale.exchange.{self.module}"), self.function)
        except ImportError as error:
            raise ExchangeError(f"this format needs {error.name}: `pip install verbale[exchange]`") from error
        return function


FORMATS = MappingProxyType(
    {
        "csv": Format("datapackage", "write_csv", "", "CSV tables with a data dictionary (Frictionless Data Package)"),
        "parquet": Format("datapackage", "write_parquet", "", "Parquet tables with the same dictionary"),
        "xlsx": Format("workbook", "write", "xlsx", "Excel workbook, one sheet a table", binary=True),
        "annotations": Format("annotations", "write", "jsonld", "W3C Web Annotations with PROV"),
        "ftm": Format("ftm", "write", "ftm.jsonl", "FollowTheMoney entities, as Aleph loads them"),
        "plover": Format("plover", "write", "jsonl", "PLOVER events with the columns of POLECAT"),
        "schema-org": Format("schema_org", "write", "jsonld", "schema.org Event, NewsArticle and Quotation"),
        "ical": Format("ical", "write", "ics", "iCalendar of engagements"),
        "atom": Format("atom", "write", "atom", "Atom feed of engagements, the newest first"),
        "skos": Format("skos", "write", "ttl", "SKOS of the vocabularies in Turtle"),
        "brat": Format("brat", "write", "", "brat standoff for annotators"),
        "gold": Format("gold", "write", "jsonl", "readings as corrected, in the form of the annotation guidelines"),
        "bibtex": Format("bibliography", "write_bibtex", "bib", "BibTeX of the sources"),
        "csl": Format("bibliography", "write_csl", "json", "CSL-JSON of the sources"),
    }
)
"""Every format by the name that `verbale export` takes."""
