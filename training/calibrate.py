"""Fit the weights by which confidence is reckoned, on documents that the model did not learn from.

    python training/calibrate.py --model MODEL_FOLDER

Reads the labels of training/labels/held_out, writes training/calibration.json, which export.py puts into model.json.
Prints for each kind of finding how many were weighed and the expected calibration error, there and on gold/dev, which is measured only.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpora import Labelled, archive, records
from targets import Finder, squeeze
from verbale.document import Document, Span
from verbale.reading.commitments import promises
from verbale.reading.concepts import domain_candidates, situation_candidates
from verbale.reading.confidence import choose, confidence
from verbale.reading.context import Context
from verbale.reading.days import days
from verbale.reading.domains import weigh
from verbale.reading.encoder import WEIGHED, Encoder
from verbale.reading.engagements import engagements
from verbale.reading.kinds import kind_features, status_features
from verbale.reading.layout import KINDS, STAGES, STATUSES
from verbale.reading.mentions import name_tokens
from verbale.reading.people import DELEGATE, people
from verbale.reading.quotation import quoted
from verbale.reading.reader import about_features
from verbale.reading.sides import sides
from verbale.reading.speeches import speeches
from verbale.reading.stages import stage_features
from verbale.reading.statements import statements
from verbale.reading.transcripts import turns

HERE = Path(__file__).parent
Row = tuple[dict[str, float], bool]


def rows(item: Labelled, context: Context) -> Iterator[tuple[str, Row]]:
    """Everything that the reader weighs in one document, with whether the annotation holds it."""
    gold, model = item.gold, context.encoder
    assert gold is not None
    met = engagements(context, people(context), bool(turns(item.text)))
    yield "about", (about_features(context, met), gold["about_talks"])
    if not gold["about_talks"]:
        return
    principal = [e for e in gold["engagements"] if e["principal"]]
    parties = {p for e in principal for p in e["parties"]}
    for head, key, ids, matches in (
        ("domain", "domains", model.domains, domain_candidates(context.words, context.all_parties)),
        ("situation", "situations", model.situations, situation_candidates(context.words, parties, context.all_parties)),
    ):
        present = {d["id"] for d in gold[key]}
        for concept, evidence in weigh(context, head, ids, matches).items():
            yield head, (dict(evidence.features), concept in present)
    named = people(context)
    delegates = [set(name_tokens(d["name"])) for e in principal for d in e["delegates"]]
    for person in named:
        words = set(name_tokens(person.name))
        yield "delegate", (dict(person.features), any(words <= d or d <= words for d in delegates))
    for side in sides(context, [p for p in named if p.delegate >= DELEGATE and not p.spokes]):
        yield "side", (dict(side.features), side.id in parties)
    dates = {e["date"] for e in principal if e["date"]}
    for mention, features in days(context, principal[0]["status"]):
        yield "date", (features, mention.value in dates)
    if turns(item.text):
        return
    texts = [squeeze(s["content"])[0] for s in gold["statements"]]
    for speech in speeches(context, quoted(item.text)):
        yield "statement", (dict(speech.features), any(_alike(context, speech.content, t) for t in texts))
    texts = [squeeze(c["quote"])[0] for c in gold["commitments"]]
    for span, features in promises(context, statements(context, named, [])):
        yield "commitment", (dict(features), any(_alike(context, (span,), t, 0.4) for t in texts))


def _alike(context: Context, spans: tuple[Span, ...], gold: str, floor: float = 0.5) -> bool:
    """Tell whether one of the spans shares at least half of its letters with a gold quotation, as the scorer reckons."""
    for span in spans:
        found = squeeze(span.exact(context.text))[0]
        short, long = sorted((found, gold), key=len)
        if short and short in long and len(short) / len(long) >= floor:
            return True
        for k in range(min(len(found), len(gold)), int(len(long) * floor), -1):
            if found[-k:] == gold[:k] or found[:k] == gold[-k:]:
                return k / (len(found) + len(gold) - k) >= floor
    return False


# What the terms of the vocabulary and the encoder are worth for a concept, as far as gold/train tells for the terms alone; the held-out
# labels, few for situations, move the weights from there.
PRIOR = {"strong": 1.5, "weak": -1.2, "own": 0.35, "alone": 1.0}


def fit(data: list[Row], strength: float = 1.0, prior: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights of a logistic regression with a quadratic penalty around `prior`, by Newton's method."""
    names = sorted({n for features, _ in data for n in features})
    x = np.asarray([[1.0, *(f.get(n, 0.0) for n in names)] for f, _ in data])
    y = np.asarray([float(right) for _, right in data])
    mean = np.asarray([0.0, *((prior or {}).get(n, 0.0) for n in names)])
    w = mean.copy()
    penalty = np.diag([1e-3, *([strength] * len(names))])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, x.T @ (p - y) + penalty @ (w - mean))
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return {"bias": round(float(w[0]), 4)} | {n: round(float(v), 4) for n, v in zip(names, w[1:], strict=True)}


def told(weights: Mapping[str, float], data: list[Row]) -> str:
    """How well weights do on rows: how many, how many right, the expected calibration error in ten bins (Naeini et al., AAAI 2015)."""
    p = np.asarray([confidence(weights, f) for f, _ in data])
    y = np.asarray([float(right) for _, right in data])
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    return f"{len(data):5} weighed, {int(y.sum()):5} right, calibration error {error:.3f}"


def fit_classes(
    data: list[tuple[dict[str, float], str]],
    classes: Sequence[str],
    held: list[tuple[dict[str, float], str]],
    strength: float = 1.0,
    least: int = 1,
) -> dict[str, list[float]]:
    """Multinomial logistic regression in the layout of `confidence.choose`.

    Features that fewer than `least` examples have are left out. The weights of words are fitted on `data`, where the network's own scores
    count nothing (it has learned those documents); then the weight of its scores beside them on `held`, which it has not seen.
    """
    often = Counter(n for features, _ in data for n in features if not n.startswith("model:"))
    names = sorted(n for n, times in often.items() if times >= least)
    column = {n: k + 1 for k, n in enumerate(names)}
    x = np.zeros((len(data), len(names) + 1))
    x[:, 0] = 1.0
    for row, (features, _) in enumerate(data):
        for name in column.keys() & features.keys():
            x[row, column[name]] = features[name]
    y = np.asarray([[float(c == right) for c in classes] for _, right in data])
    w = np.zeros((x.shape[1], len(classes)))
    rate = 1.0 / (np.linalg.norm(x, ord=2) ** 2 * 0.5 + strength)
    ahead = w
    for step in range(600):  # accelerated gradient descent (Nesterov, 1983)
        z = x @ ahead
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        before, w = w, ahead - rate * (x.T @ (p - y) + strength * np.vstack([np.zeros((1, len(classes))), ahead[1:]]))
        ahead = w + step / (step + 3) * (w - before)
    weights = {"": w[0].round(3).tolist()}
    weights |= {n: row.tolist() for n, row in zip(names, w[1:].round(3), strict=True) if np.abs(row).max() >= 0.02}

    def loss(model: float) -> float:
        return -sum(math.log(choose(weights | {"model": [model]}, classes, f)[c] + 1e-9) for f, c in held)

    best = min((m / 10 for m in range(31)), key=loss)
    right = sum(max(classes, key=choose(weights | {"model": [best]}, classes, f).__getitem__) == c for f, c in held)
    print(f"{len(data)} learned, model weight {best}, right on held out {right} of {len(held)}")
    return weights | {"model": [best]}


Classed = dict[str, list[tuple[dict[str, float], str]]]


def classed(item: Labelled, context: Context) -> Classed:
    """Features of kind, status and stages in one document about talks, each with what it is."""
    gold = item.gold
    assert gold is not None
    if not gold["about_talks"]:
        return {}
    finder = Finder(item.text)
    main = next(e for e in gold["engagements"] if e["principal"])
    places = [(finder.all(d["quote"]) or finder.all(d["quote"], case=False), d["stage"]) for d in gold["domains"]]
    return {
        "kind": [(kind_features(context), main["kind"])],
        "status": [(status_features(context), main["status"])],
        "stage": [(stage_features(context, [Span(*p) for p in found]), stage) for found, stage in places if found],
    }


def context_of(item: Labelled, model: Encoder) -> Context:
    """The document of an item as the rules see it."""
    document = Document(item.text, item.text.split("\n\n", 1)[0], item.published, url=item.fields.get("source_url"))
    return Context(document, model, model.encode(item.text))


def laid_out(weights: Mapping[str, Mapping[str, Any]]) -> str:
    """The weights as JSON, one feature a line."""
    kinds = (
        f" {json.dumps(kind)}: {{\n" + ",\n".join(f"  {json.dumps(n)}: {json.dumps(v)}" for n, v in held.items()) + "\n }"
        for kind, held in weights.items()
    )
    return "{\n" + ",\n".join(kinds) + "\n}\n"


def seen_by(model: Encoder, items: list[Labelled]) -> list[tuple[Labelled, Context]]:
    """Read items once, for all that is gathered from them."""
    return [(i, context_of(i, model)) for i in items]


def gathered_from(seen: list[tuple[Labelled, Context]]) -> dict[str, list[Row]]:
    """Everything that is weighed in some documents, by kind."""
    found: dict[str, list[Row]] = {k: [] for k in WEIGHED}
    for item, context in seen:
        for kind, row in rows(item, context):
            found[kind].append(row)
    return found


def main() -> None:
    """Gather, fit, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    a = ap.parse_args()
    model = Encoder(a.model)
    corpus, gold = a.shared / "corpora/whitehouse/2021-2023.jsonl.gz", a.shared / "gold"
    held, news = HERE / "labels/held_out", HERE / "labels/news"
    unseen = seen_by(model, [*records(held, held), *archive(HERE / "labels/held_out.jsonl", corpus)])
    dev = seen_by(model, list(records(gold / "dev", gold / "dev/docs")))
    gathered, measured = gathered_from(unseen), gathered_from(dev)
    weights: dict[str, Any] = {}
    for kind, data in gathered.items():
        concept = kind in ("domain", "situation")
        weights[kind] = fit(data, 8.0 if concept else 1.0, PRIOR if concept else None)
        print(f"{kind:12} fitted: {told(weights[kind], data)}; gold/dev: {told(weights[kind], measured[kind])}")
    learned = [*records(gold / "train", gold / "train/docs"), *records(news, news), *archive(HERE / "labels/archive.jsonl", corpus)]
    found = [classed(i, context_of(i, model)) for i in learned]
    kept_aside = [classed(i, c) for i, c in unseen]
    for kind, classes, strength, least in (("kind", KINDS, 1.0, 1), ("status", STATUSES, 1.0, 1), ("stage", STAGES, 10.0, 3)):
        known, new = ([r for c in some for r in c.get(kind, [])] for some in (found, kept_aside))
        weights[kind] = fit_classes(known, classes, new, strength, least)
    (HERE / "calibration.json").write_text(laid_out(weights), "utf-8")


if __name__ == "__main__":
    main()
