"""The network as it ships: one window at a time and nothing padded, so that attention needs no mask."""

from typing import Any

import torch
from torch import Tensor, nn

from network import Network


class _Layer(nn.Module):
    """A layer of BERT with queries, keys and values from one product, scaled beforehand."""

    def __init__(self, layer: Any, attention_heads: int) -> None:
        super().__init__()
        attention = layer.attention.self
        size = attention.query.in_features
        self.heads, self.width = attention_heads, size // attention_heads
        scale = self.width**-0.5
        self.ends = nn.Linear(size, 3 * size)
        with torch.no_grad():
            self.ends.weight.copy_(torch.cat([scale * attention.query.weight, attention.key.weight, attention.value.weight]))
            self.ends.bias.copy_(torch.cat([scale * attention.query.bias, attention.key.bias, attention.value.bias]))
        self.out, self.first_norm = layer.attention.output.dense, layer.attention.output.LayerNorm
        self.up, self.down, self.last_norm = layer.intermediate.dense, layer.output.dense, layer.output.LayerNorm

    def forward(self, states: Tensor) -> Tensor:
        size = states.shape[-1]
        query, key, value = (e.reshape(1, -1, self.heads, self.width).transpose(1, 2) for e in self.ends(states).split(size, -1))
        chances = torch.softmax(query @ key.transpose(-1, -2), -1)
        mixed = (chances @ value).transpose(1, 2).reshape(1, -1, size)
        states = self.first_norm(self.out(mixed) + states)
        return self.last_norm(self.down(nn.functional.gelu(self.up(states))) + states)


class Inference(nn.Module):
    """Gives what `Network` gives for one window, and its vector (see vectors.py), from three quarters of the work.

    There is no mask, and queries, keys and values come from one product.
    """

    def __init__(self, net: Network, vectors: nn.Linear) -> None:
        super().__init__()
        self.net, self.vectors = net, vectors
        self.layers = nn.ModuleList(_Layer(layer, net.body.config.num_attention_heads) for layer in net.body.encoder.layer)

    def forward(self, ids: Tensor, types: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Read ids and types (1, pieces).

        Gives scores (1, pieces, all heads), arcs (1, pieces, 2 x ARC_SIZE x arcs), document (1, outputs), and the vector of the window as
        a passage (1, size), of length 1.
        """
        given = self.net.body.embeddings
        places = given.position_embeddings.weight[: ids.shape[1]]
        states = given.LayerNorm(given.word_embeddings(ids) + places + given.token_type_embeddings(types))
        # A product with equal shares is a mean, and a third of the time of one.
        share = torch.ones_like(ids, dtype=states.dtype).unsqueeze(1) / ids.shape[1]
        means = [(share @ states)[:, 0]]
        for layer in self.layers:
            states = layer(states)
            means.append((share @ states)[:, 0])
        vector = nn.functional.normalize(self.vectors(torch.cat(means, -1)), dim=-1)
        return self.net.scores(states), self.net.arcs(states), self.net.document(states[:, 0]), vector
