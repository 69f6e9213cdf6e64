"""A document into its reading: one pass of the encoder, then one module for each kind of finding."""

from verbale.document import Document
from verbale.findings import Attribution, Reading
from verbale.reading.reader import attributions, read_document

__all__ = ["Attribution", "Document", "Reading", "attributions", "read_document"]
