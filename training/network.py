"""The network: one small BERT under all heads, with the losses that train them."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from targets import concepts
from verbale.reading.layout import ARC_SIZE, ARCS, DOCUMENT, heads
from verbale.reading.windows import SHAPES

IGNORE = -100
# Heads read as sequences get a conditional random field; the others are classified piece by piece.
BINARY = ("party", "date")
SEQUENCES = ("attribution", "statement", "commitment", "entity")


class Network(nn.Module):
    """Encoder and heads.

    Token types carry the shape of a piece (see `Pieces.shapes`), which an uncased vocabulary loses.
    Arcs are bilinear scores between a query and a key of each piece (Dozat and Manning, ICLR 2017), with a learned key for "nothing".
    """

    def __init__(self, body: Path, layers: int = 6) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(body, attention_probs_dropout_prob=0.0, add_pooling_layer=False, num_hidden_layers=layers)
        size = self.body.config.hidden_size
        old = self.body.embeddings.token_type_embeddings.weight.data
        types = nn.Embedding(SHAPES, size)
        types.weight.data = old[:1].repeat(SHAPES, 1) + 0.01 * torch.randn(SHAPES, size) * old.std()
        self.body.embeddings.token_type_embeddings = types
        self.body.config.type_vocab_size = SHAPES
        self.widths = heads(len(concepts("domains")), len(concepts("situations")))
        self.scores = nn.Linear(size, sum(self.widths.values()))
        self.arcs = nn.Linear(size, 2 * ARC_SIZE * len(ARCS))
        self.nothing = nn.Parameter(torch.zeros(len(ARCS), ARC_SIZE))
        self.document = nn.Linear(size, len(DOCUMENT))
        self.transitions = nn.ParameterDict({h: nn.Parameter(0.1 * torch.randn(self.widths[h], self.widths[h])) for h in SEQUENCES})
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores (windows, pieces, all heads), arcs (windows, pieces, 2 x ARC_SIZE x arcs), document (windows, outputs)."""
        states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        states = self.drop(states)
        return self.scores(states), self.arcs(states), self.document(states[:, 0])

    def start_from(self, state: dict[str, Tensor]) -> None:
        """Take over the weights of an earlier stage; heads that it did not have start afresh."""
        for name in ("scores.weight", "scores.bias"):
            fresh = self.state_dict()[name].clone()
            fresh[: len(state[name])] = state[name]
            state[name] = fresh
        self.load_state_dict(state)

    def split(self, scores: Tensor) -> dict[str, Tensor]:
        """Cut the scores into heads."""
        return dict(zip(self.widths, scores.split(list(self.widths.values()), dim=-1), strict=True))

    def loss(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Losses of the heads that the batch has targets for."""
        scores, arcs, document = self(batch["ids"], batch["mask"], batch["types"])
        losses: dict[str, Tensor] = {}
        for head, values in self.split(scores).items():
            if head not in batch:
                continue
            target = batch[head]
            if head in SEQUENCES:
                losses[head] = crf_loss(values, target, self.transitions[head])
            elif head in BINARY:
                rows = target != IGNORE
                if rows.any():
                    losses[head] = nn.functional.binary_cross_entropy_with_logits(values.squeeze(-1)[rows], target[rows].float())
            elif (target != IGNORE).any():
                weight = 0.6 if head == "stage" else 1.0
                losses[head] = weight * nn.functional.cross_entropy(
                    values.flatten(0, 1), target.flatten(), ignore_index=IGNORE, reduction="sum"
                )
                losses[head] = losses[head] / ((target != IGNORE).sum() if head == "stage" else 0.15 * batch["mask"].sum())
        query, key = self._ends(arcs)
        for k, name in enumerate(ARCS):
            target = batch[name]
            rows = target != IGNORE
            if not rows.any():
                continue
            pair = torch.einsum("bid,bjd->bij", query[k], key[k]) / ARC_SIZE**0.5
            none = (query[k] @ self.nothing[k] / ARC_SIZE**0.5).unsqueeze(-1)
            pair = pair.masked_fill((batch["mask"] == 0).unsqueeze(1), -1e4)
            logits = torch.cat([none, pair], dim=-1)[rows]
            losses[name] = 0.5 * nn.functional.cross_entropy(logits, target[rows] + 1)
        if "document" in batch:
            rows = batch["first"] > 0
            if rows.any():
                losses["document"] = nn.functional.binary_cross_entropy_with_logits(document[rows], batch["document"][rows])
        return losses

    def _ends(self, arcs: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        parts = arcs.split(ARC_SIZE, dim=-1)
        return list(parts[0::2]), list(parts[1::2])


def crf_loss(scores: Tensor, target: Tensor, transitions: Tensor) -> Tensor:
    """Negative log-likelihood of the tags under a linear-chain CRF, a mean over tagged pieces (Lafferty et al., 2001).

    Pieces with IGNORE (padding, context) drop out of the chain.
    """
    rows, order = (target != IGNORE), None
    lengths = rows.sum(1)
    kept = lengths > 0
    scores, target, rows, lengths = scores[kept], target[kept], rows[kept], lengths[kept]
    width = int(lengths.max())
    # Left-align the tagged pieces of every window.
    order = torch.argsort((~rows).to(torch.int8), dim=1, stable=True)[:, :width]
    scores = scores.gather(1, order.unsqueeze(-1).expand(-1, -1, scores.shape[-1])).float()
    target = target.gather(1, order).clamp(min=0)
    valid = torch.arange(width)[None] < lengths[:, None]
    gold = (scores.gather(2, target.unsqueeze(-1)).squeeze(-1) * valid).sum(1)
    gold = gold + (transitions[target[:, :-1], target[:, 1:]] * valid[:, 1:]).sum(1)
    alpha = scores[:, 0]
    ends = [alpha]
    for step in range(1, width):
        alpha = torch.logsumexp(alpha.unsqueeze(2) + transitions, dim=1) + scores[:, step]
        ends.append(alpha)
    final = torch.stack(ends, 1)[torch.arange(len(lengths)), lengths - 1]
    total = torch.logsumexp(final, dim=1)
    return (total - gold).sum() / lengths.sum() * 3.0
