"""Fit the map that turns the states of a trained network into vectors of passages.

    python training/vectors.py STAGE2.pt --to STAGE2.vectors.npz

The fine-tuned encoder no longer embeds passages by itself. A linear map over the mean-pooled states of all its layers, fitted by ridge
regression to the vectors of the untouched sentence encoder over passages of the archive, gives most of that back for one matrix product
a window and changes no other head. Prints the mean cosine to the untouched encoder's vectors on passages left out.
"""

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from network import Network
from train import BODY, tokenizer
from verbale.reading.encoder import passage

Floats = npt.NDArray[np.float32]
PASSAGES, LEFT_OUT = 8000, 500
RIDGE = 0.03  # penalty a passage, of states scaled to unit spread


def passages(corpus: Path, many: int) -> list[str]:
    """Draw paragraphs of the archive, at most two a document, by a seed."""
    rng = random.Random(11)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    rng.shuffle(texts)
    drawn: list[str] = []
    for text in texts:
        fit = [p.strip() for p in text.split("\n\n") if 40 < len(p) < 900]
        drawn += rng.sample(fit, min(2, len(fit)))
        if len(drawn) >= many:
            break
    return drawn[:many]


@torch.no_grad()
def pooled(body: torch.nn.Module, rows: Sequence[tuple[list[int], list[int]]]) -> Floats:
    """Mean states of each layer for each passage, shape (passages, layers, size); rows hold ids and token types."""
    order = sorted(range(len(rows)), key=lambda k: len(rows[k][0]))
    found: Floats | None = None
    for start in range(0, len(order), 32):
        group = order[start : start + 32]
        width = max(len(rows[k][0]) for k in group)
        ids, types, mask = (torch.zeros((len(group), width), dtype=torch.int64) for _ in range(3))
        for r, k in enumerate(group):
            n = len(rows[k][0])
            ids[r, :n], types[r, :n], mask[r, :n] = torch.tensor(rows[k][0]), torch.tensor(rows[k][1]), 1
        layers = body(input_ids=ids, attention_mask=mask, token_type_ids=types, output_hidden_states=True).hidden_states
        share = (mask / mask.sum(1, keepdim=True)).unsqueeze(-1)
        means = torch.stack([(layer * share).sum(1) for layer in layers], 1).numpy()
        found = np.zeros((len(rows), *means.shape[1:]), dtype=np.float32) if found is None else found
        found[group] = means
    assert found is not None
    return found


def rows_of(texts: list[str], tok: Tokenizer, *, shapes: bool) -> list[tuple[list[int], list[int]]]:
    """The ids and token types of passages as the reader embeds them; without shapes, as the untouched encoder takes them."""
    made = []
    for text in texts:
        ids, types = (x[0].tolist() for x in passage(text, tok))
        made.append((ids, types if shapes else [0] * len(ids)))
    return made


def main() -> None:
    """Draw, embed by both, fit, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights", type=Path)
    ap.add_argument("--to", type=Path, required=True)
    ap.add_argument("--shared", type=Path, default=Path(__file__).parent.parent.parent / "shared")
    a = ap.parse_args()
    tok = tokenizer()
    texts = passages(a.shared / "corpora/whitehouse/2021-2023.jsonl.gz", PASSAGES + LEFT_OUT)
    net = Network(BODY)
    net.start_from(torch.load(a.weights))
    net.eval()
    states = pooled(net.body, rows_of(texts, tok, shapes=True)).reshape(len(texts), -1)
    wanted = pooled(AutoModel.from_pretrained(BODY).eval(), rows_of(texts, tok, shapes=False))[:, -1]
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    learned, target = states[:-LEFT_OUT], wanted[:-LEFT_OUT]
    middle, spread, mean = learned.mean(0), learned.std(), target.mean(0)
    x = ((learned - middle) / spread).astype(np.float64)
    weights = np.linalg.solve(x.T @ x + RIDGE * len(x) * np.eye(x.shape[1]), x.T @ (target - mean)) / spread
    bias = mean - middle @ weights
    given = states[-LEFT_OUT:] @ weights + bias
    given /= np.linalg.norm(given, axis=1, keepdims=True)
    print(f"{len(learned)} passages; cosine on {LEFT_OUT} left out {float((given * wanted[-LEFT_OUT:]).sum(1).mean()):.3f}")
    np.savez(a.to, weight=weights.T.astype(np.float32), bias=bias.astype(np.float32))


if __name__ == "__main__":
    main()
