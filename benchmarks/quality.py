"""Measure every kind of finding against the gold record, and attributions against PolNeAR.

python benchmarks/quality.py                 print the figures beside those of benchmarks/quality.json
python benchmarks/quality.py --write         keep them as the new floor
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import verbale.reading
from verbale.intake import read_path

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
KEPT = HERE / "quality.json"
SLACK = 0.01  # how far a figure may fall before the check fails


def judge(name: str, shared: Path = SHARED) -> ModuleType:
    """Load a scorer of the gold folder (`score`, `score_attributions`)."""
    spec = importlib.util.spec_from_file_location(name, shared / "gold" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def readings(documents: Path, folder: Path) -> None:
    """Read every document of a folder into one JSON file each."""
    for path in sorted(documents.glob("*.md")):
        for document in read_path(path):
            (folder / f"{path.stem}.json").write_text(verbale.reading.read_document(document).to_json(), "utf-8")


def record(gold: Path, documents: Path, shared: Path = SHARED) -> tuple[dict[str, Any], Any]:
    """Score the readings of `documents` against the gold record: the rows of score.py, and its tallies."""
    with tempfile.TemporaryDirectory() as folder:
        readings(documents, Path(folder))
        return judge("score", shared).score(gold, documents, Path(folder))  # type: ignore[no-any-return]


def attributions(part: Path, shared: Path = SHARED) -> dict[str, dict[str, float]]:
    """Score the attributions of the texts of a part of PolNeAR."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in sorted((part / "text").glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as file:
                found = verbale.reading.attributions(file.read())
            rows = [{role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")} for a in found]
            (folder / f"{path.stem}.json").write_text(json.dumps({"attributions": rows}), "utf-8")
        return judge("score_attributions", shared).score(part, folder)  # type: ignore[no-any-return]


def figures(shared: Path = SHARED) -> dict[str, float]:
    """Every figure that is watched, by name: F1, or for evidence the share of true spans."""
    rows, _ = record(shared / "gold/dev", shared / "gold/dev/docs", shared)
    found = {k: r["f1"] for k, r in rows.items() if "f1" in r} | {"evidence": rows["evidence"]["share"]}
    spoken = attributions(shared / "corpora/polnear/dev", shared)
    return {k: round(v, 4) for k, v in found.items()} | {f"attribution {k}": round(r["f1"], 4) for k, r in spoken.items()}


def falls(now: dict[str, float], kept: dict[str, float]) -> list[str]:
    """What fell by more than the slack, a line each."""
    return [f"{k}: {now.get(k, 0.0):.4f}, was {v:.4f}" for k, v in kept.items() if now.get(k, 0.0) < v - SLACK]


def main() -> None:
    """Measure, show, keep."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    now = figures(a.shared)
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    for k, v in now.items():
        print(f"{k:32} {v:.4f}" + (f"   kept {kept[k]:.4f}" if k in kept else ""))
    if a.write:
        KEPT.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    elif lost := falls(now, kept):
        sys.exit("fell by more than " + str(SLACK) + ":\n  " + "\n  ".join(lost))


if __name__ == "__main__":
    main()
