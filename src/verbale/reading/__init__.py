"""A document into its reading: one pass of the encoder, then one module for each kind of finding."""

from verbale.document import Document
from verbale.findings import Attribution, Reading
from verbale.reading.reader import attributions, embed, read_document

__all__ = ["Attribution", "Document", "Reading", "attributions", "embed", "read_document"]
