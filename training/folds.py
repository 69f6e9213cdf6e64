"""Five-fold cross-validation over gold/train: five models, each read and scored on the fifth of the record that it never saw.

python training/folds.py --init BASE.pt --work build/folds

BASE.pt must never have learned from gold/train, or the figures flatter. Each fold is trained, exported and read in turn, and what is done
is not done again. The weights of confidence are those of calibration.json, fitted to the model that ships; those that choose the kind and
the status of an engagement have seen gold/train, so that these two figures are an upper bound. `benchmarks/misses.py --folds build/folds`
lists the misses.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from corpora import records

HERE = Path(__file__).parent
FOLDS = 5  # as train.py --hold cuts them: record number k is in fold k % 5


def run(*command: str | Path, model: Path | None = None) -> None:
    """Run a step as a process of its own, with a model in place of the one that ships; stop where it fails."""
    environment = os.environ | ({"VERBALE_MODEL": str(model)} if model else {})
    done = subprocess.run([sys.executable, *map(str, command)], env=environment, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:3]))} failed ({done.returncode}); what was done before is kept, run the same command again")


def trained(fold: int, work: Path, init: Path, shared: Path, options: Sequence[str]) -> Path:
    """The folder of the model of a fold, trained and exported unless it is there."""
    weights, model = work / f"{fold}.pt", work / f"model-{fold}"
    part = work / f"{fold}.part.pt"
    if not weights.exists():
        run(HERE / "train.py", "--shared", shared, "--labels", "--hold", str(fold), "--init", init, *options, "--out", part)
        part.rename(weights)
    if not (model / "model.json").exists():  # written last
        run(HERE / "export.py", weights, "--to", model)
    return model


def main() -> None:
    """Train, export and read each fold; score what is read."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--init", type=Path, required=True, help="weights that never learned from gold/train")
    ap.add_argument("--work", type=Path, required=True, help="folder for weights, models, readings and the records that they are judged by")
    ap.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--epochs", default="4")
    ap.add_argument("--polnear-times", default="0.25", help="share of PolNeAR beside the records in each epoch")
    a = ap.parse_args()
    documents = a.shared / "gold/train/docs"
    gold, readings = a.work / "gold", a.work / "readings"
    for folder in (gold, readings):
        folder.mkdir(parents=True, exist_ok=True)
    items = list(records(a.shared / "gold/train", documents))
    for fold in range(FOLDS):
        model = trained(fold, a.work, a.init, a.shared, ["--epochs", a.epochs, "--polnear-times", a.polnear_times])
        mine = [item for k, item in enumerate(items) if k % FOLDS == fold]
        run("-m", "verbale", "read", *(documents / f"{item.name}.md" for item in mine), "--out", readings, model=model)
        for item in mine:
            (gold / f"{item.name}.json").write_text(json.dumps(item.gold, ensure_ascii=False) + "\n", "utf-8")
        print(f"{fold + 1} of {FOLDS} folds, {len(list(gold.iterdir()))} of {len(items)} records:", flush=True)
        run(a.shared / "gold/score.py", gold, documents, readings)


if __name__ == "__main__":
    main()
