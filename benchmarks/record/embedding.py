"""Measure how well passages are found again in other words, and by a question.

    python benchmarks/record/embedding.py

`paraphrases.tsv` holds invented passages, each with a paraphrase that shares few words with it and with a question that it answers. Printed
is how often the passage is the nearest of all to its paraphrase and to its question, and the mean reciprocal rank.
"""

import csv
from pathlib import Path

import numpy as np

from verbale.reading import embed
from verbale.record.embedding import Embed, embed_words


def measure(name: str, embed: Embed) -> None:
    """Print the figures of one way to embed."""
    with (Path(__file__).parent / "paraphrases.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = ("passage", "paraphrase", "question")
    passages, *asked = np.split(embed([row[c] for c in columns for row in rows]), len(columns))
    for column, vectors in zip(columns[1:], asked, strict=True):
        likeness = vectors @ passages.T
        ranks = (likeness > np.diag(likeness)[:, None]).sum(1) + 1
        print(f"{name:<9}{column:<12}first {np.mean(ranks == 1):.3f}  reciprocal rank {np.mean(1 / ranks):.3f}")


if __name__ == "__main__":
    measure("words", embed_words)
    measure("encoder", embed)
