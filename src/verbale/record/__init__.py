"""The record: one durable memory over all readings, and the questions that its users ask.

from verbale import record

with record.open("talks.db") as r:
    r.add(documents)
    for row in r.new(["IN", "US"], "4be2a9c01f33"):
        print(row.news, row.label, row.sources[0].quote)
"""

from verbale.record.answers import Answer, Coverage, Source
from verbale.record.record import Record, open

__all__ = ["Answer", "Coverage", "Record", "Source", "open"]
