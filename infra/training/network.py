"""The encoder in torch, for training: the published layers stay, narrow matrices beside them learn.

Beside every product of the twelve layers stand two matrices of rank ``RANK`` whose product is added
(LoRA, Hu et al. 2021, arXiv 2106.09685). What is learned is small enough to keep in the repository,
and eight thousand messages cannot spoil what a hundred languages taught.
"""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from infra.encoder import layout
from infra.encoder.packed import Packed

RANK = 32
DROPPED = 0.1
START = 0.02

PLACES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
    "aln": "attention.output.LayerNorm", "oln": "output.LayerNorm",
}  # fmt: skip
"""The packed file's short names, and where transformers keeps these."""


class Beside(nn.Module):
    """A product that stays, with two narrow matrices beside it that learn."""

    def __init__(self, kept: nn.Linear) -> None:
        super().__init__()
        self.kept = kept
        spread = 1 / math.sqrt(kept.in_features)
        self.down = nn.Parameter(torch.randn(RANK, kept.in_features) * spread)
        self.up = nn.Parameter(torch.zeros(kept.out_features, RANK))

    def forward(self, given: Tensor) -> Tensor:
        # Adding the matrices before multiplying is twice as fast as two narrow products after.
        weight = self.kept.weight + self.up @ self.down
        return nn.functional.linear(given, weight, self.kept.bias)


class Network(nn.Module):
    """The encoder with one head for all answers of all tasks."""

    def __init__(self, packed: Packed, kept: Any, answers: int) -> None:
        super().__init__()
        self.body = published(packed, kept)
        for each in self.body.parameters():
            each.requires_grad = False
        self.body.embeddings.token_type_embeddings.weight.requires_grad = True
        for layer in self.body.encoder.layer:
            for name in ("q", "k", "v", "ao", "fi", "fo"):
                beside(layer, PLACES[name])
        self.drop = nn.Dropout(DROPPED)
        self.head = nn.Linear(layout.HIDDEN, answers)
        nn.init.normal_(self.head.weight, std=START)
        nn.init.zeros_(self.head.bias)

    def forward(self, pieces: Tensor, types: Tensor) -> Tensor:
        """Scores of each text; ``types`` as in ``chalicelib.detection.encoder``, 2 for filling."""
        scores: Tensor = self.head(self.meaning(pieces, types)).float()
        return scores

    def meaning(self, pieces: Tensor, types: Tensor) -> Tensor:
        """The mean over each text's own places, some numbers left out while it learns."""
        last = self.body(
            input_ids=pieces,
            attention_mask=(types < 2).long(),  # noqa: PLR2004 - filling
            token_type_ids=types.clamp(max=1),
        ).last_hidden_state
        own = (types == 0).unsqueeze(-1).to(last.dtype)
        mean: Tensor = self.drop((last * own).sum(1) / own.sum(1))
        return mean

    def changes(self) -> dict[str, Any]:
        """What was learned, as ``infra.encoder.assemble`` takes it, in half precision."""
        with torch.no_grad():
            types = self.body.embeddings.token_type_embeddings.weight.numpy()
            found = {
                "type": types.astype(np.float32),
                "head": self.head.weight.numpy().T.astype(np.float32),
                "head.bias": self.head.bias.numpy().astype(np.float32),
            }
            for number, layer in enumerate(self.body.encoder.layer):
                for name in ("q", "k", "v", "ao", "fi", "fo"):
                    learned = layer.get_submodule(PLACES[name])
                    found[f"{number}.{name}.down"] = learned.down.numpy().astype(np.float16)
                    found[f"{number}.{name}.up"] = learned.up.numpy().astype(np.float16)
        return found


def beside(layer: nn.Module, place: str) -> None:
    """Put narrow matrices beside one product of a layer."""
    holder, _, name = place.rpartition(".")
    owner = layer.get_submodule(holder)
    setattr(owner, name, Beside(owner.get_submodule(name)))


def published(packed: Packed, kept: Any) -> BertModel:
    """The encoder as it was published, with only the pieces that are kept."""
    hidden = layout.HIDDEN
    body = BertModel(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=hidden,
            num_hidden_layers=layout.LAYERS,
            num_attention_heads=layout.HEADS,
            intermediate_size=layout.INNER,
            max_position_embeddings=layout.POSITIONS,
            type_vocab_size=2,
            layer_norm_eps=layout.EPSILON,
        ),
        add_pooling_layer=False,
    )
    weights = {
        "embeddings.word_embeddings.weight": packed.rows("emb.word", kept),
        "embeddings.position_embeddings.weight": packed.tensor("emb.pos", layout.POSITIONS, hidden),
        "embeddings.token_type_embeddings.weight": packed.tensor("emb.type", 2, hidden),
        "embeddings.LayerNorm.weight": packed.tensor("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": packed.tensor("emb.ln.b", hidden),
    }
    for layer in range(layout.LAYERS):
        for name, place in PLACES.items():
            outputs = layout.INNER if name == "fi" else hidden
            inputs = layout.INNER if name == "fo" else hidden
            shape = (outputs,) if name in layout.NORMS else (outputs, inputs)
            at = f"encoder.layer.{layer}.{place}"
            weights[f"{at}.weight"] = packed.tensor(f"l{layer}.{name}.w", *shape)
            weights[f"{at}.bias"] = packed.tensor(f"l{layer}.{name}.b", outputs)
    body.load_state_dict({name: torch.tensor(np.array(each)) for name, each in weights.items()})
    return body
