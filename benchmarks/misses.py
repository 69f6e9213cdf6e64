"""List what a reading missed and what it found too much, by kind of finding and by cause, each with its sentence.

python benchmarks/misses.py                      gold/dev, read by the model that ships
python benchmarks/misses.py --folds build/folds  gold/train, each fifth read by the model that never saw it (training/folds.py)
python benchmarks/misses.py --kind date          one kind only
python benchmarks/misses.py --counts             the causes and their counts only, as a table for training/NOTES.md
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import quality
from causes import KINDS, Case, Miss


def misses(gold: Path, readings: Path, shared: Path) -> Iterator[Miss]:
    """Every difference between the records of a folder and the readings of the same names in another."""
    judge = quality.judge("score", shared)
    for path in sorted(gold.glob("*.json")):
        found = json.loads((readings / path.name).read_text("utf-8"))
        yield from Case(path.stem, json.loads(path.read_text("utf-8")), found, judge).misses()


def grouped(found: Sequence[Miss]) -> dict[str, dict[str, list[Miss]]]:
    """The misses by kind in the order of a record, and by cause, the most frequent first."""
    kinds: dict[str, dict[str, list[Miss]]] = defaultdict(lambda: defaultdict(list))
    for miss in sorted(found, key=lambda m: KINDS.index(m.kind)):
        kinds[miss.kind][f"{miss.what}: {miss.cause}"].append(miss)
    return {kind: dict(sorted(causes.items(), key=lambda c: (-len(c[1]), c[0]))) for kind, causes in kinds.items()}


def show(kinds: dict[str, dict[str, list[Miss]]]) -> None:
    """Print kinds, causes and under each cause its misses with their sentences."""
    for kind, causes in kinds.items():
        print(f"\n{kind}: {sum(map(len, causes.values()))}")
        for cause, some in causes.items():
            print(f"  {cause} ({len(some)})")
            for miss in some:
                print(f"    {miss.item}  [{miss.document}]\n      {miss.sentence[:400]}")


def table(kinds: dict[str, dict[str, list[Miss]]]) -> None:
    """Print a table of causes and counts, and in how many documents each occurs."""
    print("| kind | cause | misses | documents |\n|---|---|---|---|")
    for kind, causes in kinds.items():
        for cause, some in causes.items():
            print(f"| {kind} | {cause} | {len(some)} | {len(Counter(m.document for m in some))} |")


def main() -> None:
    """Read, compare, list."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=quality.SHARED)
    ap.add_argument("--folds", type=Path, help="the folder that training/folds.py wrote")
    ap.add_argument("--kind", help="list one kind of finding only")
    ap.add_argument("--counts", action="store_true", help="a table of causes and counts")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if a.folds:
            gold, read = a.folds / "gold", a.folds / "readings"
            if not any(gold.glob("*.json")):
                sys.exit(f"{a.folds}: no fold is read there; run training/folds.py with --work {a.folds} first")
        else:
            gold, read = a.shared / "gold/dev", Path(folder)
            if not gold.is_dir():
                sys.exit(f"no gold record at {gold}; name the folder that holds it with --shared")
            quality.readings(gold / "docs", read)
        kinds = grouped([m for m in misses(gold, read, a.shared) if a.kind in (None, m.kind)])
    table(kinds) if a.counts else show(kinds)


if __name__ == "__main__":
    main()
