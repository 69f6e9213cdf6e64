"""Measure identity on pairs that were judged by reading: pairwise precision and recall.

    python benchmarks/record/identity.py RECORD

RECORD holds the archive of White House releases of 2021 to 2023 as the shipped reader reads it. `judged/names.tsv` holds pairs of mentions
of people, `judged/engagements.tsv` pairs of reports of engagements, by the beginning of the document's id, span or key. They were drawn
by a seed: 200 mentions, half of all mentions and half of all forms, each with one of its own cluster under another form and one near
in name of another cluster; 50 pairs of reports inside clusters, and 50 of other clusters within three days of each other that have
two parties in common. `misread` are mentions that the reader gave another name than stands there; they are left out. The causes of
what was wrong were mended on the same pairs, so that others would do a little worse.
"""

import csv
import sys
from pathlib import Path

from sqlalchemy import create_engine, text

from verbale.record.connection import database_url

JUDGED = Path(__file__).parent / "judged"


def measure(name: str, left: str, right: str, clusters: dict[int, int]) -> None:
    """Print pairwise precision and recall of one list."""
    counted = dict.fromkeys(("right", "wrong", "missed", "apart", "gone", "misread"), 0)
    with (JUDGED / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            a, b = clusters.get(int(row[left], 16)), clusters.get(int(row[right], 16))
            if row["verdict"] == "misread":
                counted["misread"] += 1
            elif a is None or b is None:
                counted["gone"] += 1  # not in the present reading
            elif a == b:
                counted["right" if row["verdict"] == "same" else "wrong"] += 1
            else:
                counted["missed" if row["verdict"] == "same" else "apart"] += 1
    precision = counted["right"] / max(1, counted["right"] + counted["wrong"])
    recall = counted["right"] / max(1, counted["right"] + counted["missed"])
    print(f"{name:<18} precision {precision:.3f}  recall {recall:.3f}  {counted}")


def main() -> None:
    """Measure both lists."""
    with create_engine(database_url(sys.argv[1])).connect() as connection:
        for name, table, left, right in (
            ("names.tsv", "person_form", "left_form", "right_form"),
            ("engagements.tsv", "engagement", "left", "right"),
        ):
            clusters = {row.id: row.cluster for row in connection.execute(text(f"SELECT id, cluster FROM {table}"))}
            measure(name, left, right, clusters)


if __name__ == "__main__":
    main()
