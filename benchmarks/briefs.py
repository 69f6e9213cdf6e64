"""Briefs on a real record: how many sentences and notes, how long they take, and every defect that the check finds.

python benchmarks/briefs.py RECORD JP-US PH-US --since 2021-01 --as-of 2024-01-15 [--out DIR]
"""

import argparse
import sys
import time
from pathlib import Path

from verbale import brief, record
from verbale.brief import forms
from verbale.brief.check import check


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record")
    parser.add_argument("pairs", nargs="+", help="codes with a hyphen between")
    parser.add_argument("--since")
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--out", type=Path, help="folder for the briefs in all four forms")
    arguments = parser.parse_args()
    bad = 0
    with record.open(arguments.record) as r:
        for pair in arguments.pairs:
            began = time.monotonic()
            made = brief.of_parties(r, pair.split("-"), since=arguments.since, as_of=arguments.as_of)
            took = time.monotonic() - began
            defects = check(made, r)
            bad += len(defects)
            sentences, notes = sum(1 for _ in made.sentences()), len(set(made.notes()))
            bare = sum(not s.notes for s in made.sentences())
            print(f"{pair}: {sentences} sentences, {bare} without note, {notes} notes, {len(defects)} defects, {took:.1f} s")
            for defect in defects:
                print(f"  {defect.what}: {defect.sentence[:120]}")
            if arguments.out:
                arguments.out.mkdir(parents=True, exist_ok=True)
                for form in ("md", "html", "docx", "pdf"):
                    (arguments.out / f"{pair}.{form}").write_bytes(forms.written(made, form))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
