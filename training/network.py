"""The reader in PyTorch: a BERT encoder, the grammar of its words, cue spans, and a field of roles for each cue.

Read with ``sayso.extract.taggers``, which does the same sums in NumPy from the exported weights: what changes here
changes there. Shapes: P pieces, N words, C cues, R = 2 x REACH words in reach.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.span_choices import LONGEST_CUE
from sayso.extract.word_features import FARTHEST, SIGNS

HEADS = 12
"""Attention heads of the encoder."""

ARC = 128
"""Width at which words are matched with their governors."""


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), normalised after."""

    def __init__(self, size: int, inner: int) -> None:
        """See the class."""
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(size, size) for _ in range(4))
        self.first_norm, self.second_norm = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Rows by length by size, to the same."""
        rows, length, size = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(rows, length, HEADS, size // HEADS).transpose(1, 2)

        heads = functional.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), mask
        )
        x = self.first_norm(x + self.output(heads.transpose(1, 2).reshape(rows, length, size)))
        return self.second_norm(x + self.down(functional.gelu(self.up(x))))


class Encoder(nn.Module):
    """BERT without its pooler; `mask` is added to the attention's scores: 0 where a piece is, -1e4 where none is."""

    def __init__(self, vocabulary: int, size: int = 384, inner: int = 1536, layers: int = 6) -> None:
        """See the class."""
        super().__init__()
        self.pieces, self.positions = nn.Embedding(vocabulary, size), nn.Embedding(512, size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, inner) for _ in range(layers))

    def forward(self, pieces: Tensor) -> Tensor:
        """Rows by length of piece numbers (0 is padding) to rows by length by size."""
        mask = torch.where(pieces == 0, -1e4, 0.0)[:, None, None, :]
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.pieces(pieces) + self.positions(positions)[None] + self.kind)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def load_encoder(weights: dict[str, Tensor]) -> Encoder:
    """The encoder with the weights of a published BERT checkpoint, under the names that Hugging Face gives them."""
    encoder = Encoder(*weights["embeddings.word_embeddings.weight"].shape[:1])
    names = {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "output",
        "attention.output.LayerNorm": "first_norm",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "second_norm",
    }
    state = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for n in range(len(encoder.layers)):
        for theirs, ours in names.items():
            for part in ("weight", "bias"):
                state[f"layers.{n}.{ours}.{part}"] = weights[f"encoder.layer.{n}.{theirs}.{part}"]
    encoder.load_state_dict(state)
    return encoder


class Grammar(nn.Module):
    """Heads for the grammar of words: tags, names, beginnings of sentences, governors and relations (a biaffine reader
    after Dozat & Manning 2017). `sizes` counts the values of the surface's signs, `labels` those of what is told."""

    def __init__(self, sizes: tuple[int, ...], labels: dict[str, int], width: int = 256, drop: float = 0.15) -> None:
        """See the class."""
        super().__init__()
        self.signs = nn.ModuleList(nn.Embedding(n, width) for n in sizes)
        self.norm, self.mix_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.mix = nn.Linear(5 * width, width)
        self.drop = nn.Dropout(drop)
        self.told = nn.ModuleDict({name: nn.Linear(width, n) for name, n in labels.items() if name != "dep"})
        self.below, self.above = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.arc = nn.Linear(ARC, ARC, bias=False)
        self.governs, self.root = nn.Linear(ARC, 1), nn.Linear(width, 1)
        self.away = nn.Embedding(2 * FARTHEST + 1, 1)
        self.relation_below, self.relation_above = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.relation = nn.Linear(ARC, labels["dep"])
        for table in self.signs:
            nn.init.normal_(table.weight, std=0.1)
        nn.init.zeros_(self.away.weight)

    def read_words(self, x: Tensor, signs: Tensor) -> Tensor:
        """Words, N by width, as the other methods see them: what they mean (N by width), their signs, neighbours."""
        for k, table in enumerate(self.signs):
            x = x + table(signs[:, k])
        x = self.drop(self.norm(x))
        n = len(x)
        near = functional.pad(x, (0, 0, 2, 2))
        mixed = self.mix(torch.cat([near[k : k + n] for k in range(5)], 1))
        return self.mix_norm(x + self.drop(functional.gelu(mixed)))

    def rate_governors(self, x: Tensor) -> Tensor:
        """Scores of sentences by words by governors, from sentences by words by width; a word that governs itself is
        the root."""
        below, above = (self.drop(functional.gelu(f(x))) for f in (self.below, self.above))
        scores = self.arc(below) @ above.transpose(1, 2) + self.governs(above).transpose(1, 2)
        at = torch.arange(x.shape[1])
        scores = scores + self.away((at[None] - at[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST)[..., 0]
        return torch.where(at[None] == at[:, None], self.root(x), scores)

    def rate_relations(self, x: Tensor, governors: Tensor) -> Tensor:
        """Scores, N by relations, of how each word hangs from its governor."""
        return self.relation(self.drop(functional.gelu(self.relation_below(x) + self.relation_above(x)[governors])))


class Tagger(nn.Module):
    """The whole network; `sizes` and `pair_sizes` count the values of the features of words and of pairs, `labels` what
    the grammar tells."""

    def __init__(
        self,
        encoder: Encoder,
        sizes: list[int],
        pair_sizes: list[int],
        labels: dict[str, int],
        width: int = 256,
        pair: int = 128,
        drop: float = 0.15,
    ) -> None:
        """See the class."""
        super().__init__()
        self.encoder = encoder
        self.project = nn.Linear(encoder.kind.shape[0], width)
        self.grammar = Grammar(SIGNS, labels, width, drop)
        self.features = nn.ModuleList(nn.Embedding(n, width) for n in sizes)
        self.norm = nn.LayerNorm(width)
        self.mixes = nn.ModuleList(nn.Linear(5 * width, width) for _ in range(2))
        self.mix_norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.drop = nn.Dropout(drop)
        self.none = nn.Linear(width, 1)
        self.cue_first, self.cue_last = nn.Linear(width, pair), nn.Linear(width, pair)
        self.cue_out = nn.Linear(pair, 1)
        self.cue_length = nn.Parameter(torch.zeros(LONGEST_CUE))
        self.of_cue, self.scale_of_cue = nn.Linear(3 * width, pair), nn.Linear(3 * width, pair)
        self.of_word, self.scaled_word = nn.Linear(width, pair), nn.Linear(width, pair, bias=False)
        self.pairs = nn.ModuleList(nn.Embedding(n, pair) for n in pair_sizes)
        self.beside = nn.Linear(3 * pair, pair)
        self.roles = nn.Linear(pair, 7)
        for table in (*self.features, *self.pairs):
            nn.init.normal_(table.weight, std=0.1)

    def join_pieces(self, hidden: Tensor, words: Tensor, n: int) -> Tensor:
        """The meaning of N words, N by width: the average of their pieces (P by width)."""
        sums = torch.zeros(n, hidden.shape[1]).index_add(0, words, hidden)
        counts = torch.zeros(n, 1).index_add(0, words, torch.ones(len(words), 1)).clamp(min=1)
        return sums / counts

    def read_words(self, x: Tensor, features: Tensor, head: Tensor, before: Tensor, after: Tensor) -> Tensor:
        """Words, N by width, with their grammar, from what they mean."""
        n = len(head)
        for k, table in enumerate(self.features):
            x = x + table(features[:, k])
        x = self.drop(self.norm(x))
        below = head != torch.arange(n)
        hung = torch.zeros(n, 1).index_add(0, head[below], torch.ones(int(below.sum()), 1)).clamp(min=1)
        for mix, norm in zip(self.mixes, self.mix_norms, strict=True):
            children = torch.zeros_like(x).index_add(0, head[below], x[below]) / hung
            x = norm(x + self.drop(functional.gelu(mix(torch.cat([x, x[head], children, x[before], x[after]], 1)))))
        return x

    def rate_cues(self, x: Tensor, limit: Tensor) -> Tensor:
        """Log-odds of no cue and of a cue of each length that starts at a word: N by LONGEST_CUE + 1. `limit` is the
        number of words left in the paragraph, the word included."""
        first, last = self.cue_first(x), self.cue_last(x)
        n = len(x)
        columns = [self.none(x)[:, 0]]
        for length in range(1, LONGEST_CUE + 1):
            ends = torch.clamp(torch.arange(n) + length - 1, max=n - 1)
            score = self.cue_out(functional.gelu(first + last[ends]))[:, 0] + self.cue_length[length - 1]
            columns.append(torch.where(limit >= length, score, -1e4))
        return torch.stack(columns, 1)

    def rate_roles(self, x: Tensor, cues: Tensor, roots: Tensor, places: Tensor, pairs: Tensor) -> Tensor:
        """Scores of the roles of the words in reach, C by R by 7 (see `decode_roles`)."""
        c = torch.cat([x[cues[:, 0]], x[cues[:, 1]], x[roots]], 1)
        h = self.of_word(x)[places] + self.of_cue(c)[:, None]
        h = h + self.scaled_word(x)[places] * self.scale_of_cue(c)[:, None]
        for k, table in enumerate(self.pairs):
            h = h + table(pairs[:, :, k])
        h = self.drop(functional.gelu(h))
        padded = functional.pad(h, (0, 0, 1, 1))
        h = h + self.drop(functional.gelu(self.beside(torch.cat([padded[:, :-2], h, padded[:, 2:]], 2))))
        return self.roles(h)


def field_loss(scores: Tensor, real: Tensor, gold: Tensor) -> Tensor:
    """Negative log-likelihood of the gold roles of each cue under the conditional random field of `decode_roles`."""
    emit, starts, ends = scores[..., :3], scores[..., 3:5], scores[..., 5:7]
    emit = torch.cat([emit[..., :1], torch.where(real[..., None], emit[..., 1:], -1e4)], -1)
    count, width, _ = emit.shape
    zero = torch.zeros(count, width, 1)
    starts, ends = torch.cat([zero, starts], -1), torch.cat([zero, ends], -1)
    # Moves from a role at w - 1 to another at w: the end of the one, the start of the other; none for staying.
    moves = ends[:, :-1, :, None] + starts[:, 1:, None, :]
    moves = moves * (1 - torch.eye(3))
    steps = moves + emit[:, 1:, None, :]
    alpha = emit[:, 0] + starts[:, 0]
    total = tree_sum(steps, alpha, ends[:, -1])
    at = torch.arange(count)
    score = (emit[:, 0] + starts[:, 0])[at, gold[:, 0]] + ends[:, -1][at, gold[:, -1]]
    flat = steps.reshape(count, width - 1, 9).gather(2, (gold[:, :-1] * 3 + gold[:, 1:])[..., None])[..., 0]
    return total - score - flat.sum(1)


def tree_sum(steps: Tensor, alpha: Tensor, last: Tensor) -> Tensor:
    """Log of the sum over all paths, by halving: products of neighbouring steps in the log semiring (Rush 2020)."""
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            alpha = torch.logsumexp(alpha[:, :, None] + steps[:, 0], 1)
            steps = steps[:, 1:]
        left, right = steps[:, 0::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], -2)
    alpha = torch.logsumexp(alpha[:, :, None] + steps[:, 0], 1)
    return torch.logsumexp(alpha + last, 1)
