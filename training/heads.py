"""Train the heads of attributions anew on the shipped encoder: ``python training/heads.py ANNOTATED.jsonl FOLDER``.

The encoder stays as it is, so that its vectors are made once and an epoch takes a minute or two on one core. What the
heads see in training is what they see in use: the reader's own grammar and 8-bit vectors, whole articles, texts of one
to three sentences cut from them, and sentences of our own (``attributions/templates.toml``) with cues that the corpus
hardly has: numbers, views, figures from somebody, refusals. Writes heads.npz, its graphs,
model.json and hashes.toml to FOLDER.

ANNOTATED is PolNeAR's training part; the articles of ``split.json`` are held out and choose the threshold and the
epoch. What is written is the mean of the weights before and after (Wortsman et al. 2022, "Robust fine-tuning"): on
held-out articles it is as good as either, and short texts, of which the weights before find hardly any, are read.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import re
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from articles import Article, build_article, read_rows
from head_graphs import write_graphs, write_hashes, write_heads
from network import Encoder, Tagger
from scores import score_attributions
from torch import Tensor
from train import attribution_loss, tensors

from sayso.extract.networks import CARD, HEADS, MODEL, load_network
from sayso.extract.parsers import parse_text
from sayso.extract.sessions import open_session
from sayso.extract.taggers import Tagger as Reader
from sayso.extract.word_features import LABELLED
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked, find_quotations

SEED = 11
EPOCHS = 3
RATE = 2e-4
DECAY = 0.02
WARM_UP = 0.1
AVERAGE = 0.995
ARTICLES_AT_ONCE, SHORT_AT_ONCE, OWN_AT_ONCE = 3, 6, 5
SHORT_TEXTS, OWN_TEXTS = 3000, 4000
UNLISTED = 0.04
THRESHOLDS = [round(0.3 + 0.04 * n, 2) for n in range(10)]
MARK = re.compile(r"<(/?)([sctSCT])>")
PARTS = {"s": "source", "c": "cue", "t": "content"}

Row = dict[str, Any]
Text = tuple[Row, Parse]


def cut_short(rows: list[Row], parses: list[Parse], chance: random.Random) -> Row:
    """One to three sentences of some article as a text of its own, with the attributions that lie in them."""
    n = chance.randrange(len(rows))
    row, parse = rows[n], parses[n]
    first = chance.randrange(len(parse.sentences))
    last = min(len(parse.sentences) - 1, first + chance.randrange(3))
    start = parse.tokens[parse.sentences[first][0]].start
    end = parse.tokens[parse.sentences[last][1] - 1].end
    inside = [
        {part: [[s - start, e - start] for s, e in gold[part]] for part in PARTS.values()}
        for gold in row["attributions"]
        if all(start <= s and e <= end for part in PARTS.values() for s, e in gold[part])
    ]
    return {"id": f"{row['id']}-{first}", "text": row["text"][start:end], "attributions": inside}


def write_own(chance: random.Random) -> Row:
    """One to three sentences of our own with their spans."""
    table = tomllib.loads((Path(__file__).parent / "attributions" / "templates.toml").read_text("utf8"))
    text, attributions = "", []
    for _ in range(chance.choice((1, 1, 2, 3))):
        told = chance.choice(table["sentences"])
        told = re.sub(r"\{(\w+)\}", lambda m: chance.choice(table[m[1]]), told)
        plain, spans, opened, at = "", dict[str, list[list[int]]](), dict[str, int](), 0
        for mark in MARK.finditer(told):
            plain += told[at : mark.start()]
            at = mark.end()
            if mark[1]:
                spans.setdefault(mark[2], []).append([opened[mark[2]], len(plain)])
            else:
                opened[mark[2]] = len(plain)
        plain += told[at:]
        first = next(n for n, c in enumerate(plain) if c.isalpha() or c.isdigit())
        plain = plain[:first] + plain[first].upper() + plain[first + 1 :]
        shift = len(text)
        for letters in ("sct", "SCT"):
            if letters[1] in spans:
                moved = (spans.get(letter, []) for letter in letters)
                parts = zip(PARTS.values(), moved, strict=True)
                attributions.append({k: [[s + shift, e + shift] for s, e in v] for k, v in parts})
        text += plain + " "
    return {"id": "own", "text": text.rstrip(), "attributions": attributions}


def read_texts(rows: list[Row], kept: Path) -> list[Text]:
    """The rows with the reader's own parses of them, kept in a file since they take minutes."""
    if kept.exists():
        return [(row, parse) for row, parse in zip(rows, pickle.loads(kept.read_bytes()), strict=True)]
    parses = [parse_text(row["text"]) for row in rows]
    kept.write_bytes(pickle.dumps(parses))
    return list(zip(rows, parses, strict=True))


def batch_of(articles: list[Article]) -> tuple[dict[str, Tensor], Tensor]:
    """A batch with some labels hidden, and what its words mean."""
    meanings = torch.from_numpy(np.concatenate([a.parse.meanings for a in articles]).astype(np.float32))
    batch = tensors(articles)
    hidden = torch.rand(len(meanings), len(LABELLED)) < UNLISTED
    batch["features"][:, : len(LABELLED)][hidden] = 0
    return batch, meanings


def score(heads: dict[str, Tensor], held: list[Text]) -> dict[float, dict[str, float]]:
    """What held-out articles score at each threshold, as a user gets them."""
    with tempfile.TemporaryDirectory() as folder:
        write_graphs({k: v.numpy().astype(np.float16) for k, v in heads.items()}, Path(folder))
        sessions = {name: open_session(Path(folder) / f"{name}.onnx") for name in ("cues", "roles")}
    reader = Reader(sessions, load_network().vocabulary)
    tagged = [reader.tag(parse, Marked(find_quotations(parse.text)), min(THRESHOLDS)) for _, parse in held]
    golds = [row for row, _ in held]
    return {t: score_attributions(golds, [[x for x in r if x.probability >= t] for r in tagged]) for t in THRESHOLDS}


def main() -> None:
    """Read the arguments, train, and write the best epoch."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("annotated", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--work", type=Path, default=Path("/tmp/heads"), help="where parses are kept")
    arguments.add_argument("--threads", type=int, default=1)
    chosen = arguments.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    np.random.seed(SEED)
    torch.set_num_threads(chosen.threads)
    chance = random.Random(SEED)
    network = load_network()
    out = set(json.loads((MODEL / "split.json").read_text("utf8"))["held_out"])
    rows = read_rows(chosen.annotated)
    texts = read_texts(rows, chosen.work / "articles.pkl")
    held = [t for t in texts if t[0]["id"] in out]
    seen = [t for t in texts if t[0]["id"] not in out]
    short = [cut_short([r for r, _ in seen], [p for _, p in seen], chance) for _ in range(SHORT_TEXTS)]
    own = [write_own(chance) for _ in range(OWN_TEXTS)]
    built = [
        [build_article(row, parse, network.vocabulary, network.encoder.tokenizer) for row, parse in some]
        for some in (
            seen,
            read_texts(short, chosen.work / "short.pkl"),
            read_texts(own, chosen.work / f"own-{len(own)}.pkl"),
        )
    ]
    with np.load(MODEL / HEADS) as kept:
        weights = {name: torch.from_numpy(kept[name].astype(np.float32)) for name in kept.files}
    vocabulary = network.vocabulary
    model = Tagger(Encoder(1, layers=0), vocabulary.sizes(), vocabulary.pair_sizes(), vocabulary.told())
    model.load_state_dict(weights, strict=False)
    learnt = [p for name, p in model.named_parameters() if name in weights and not name.startswith("grammar.")]
    average = copy.deepcopy(model)
    pairs = [(a, b) for a, b in zip(average.parameters(), model.parameters(), strict=True)]
    steps = -(-len(built[0]) // ARTICLES_AT_ONCE)
    total, step = EPOCHS * steps, 0
    optimizer = torch.optim.AdamW(learnt, lr=RATE, betas=(0.9, 0.98), weight_decay=DECAY)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (WARM_UP * total), max(0.0, (total - s) / ((1 - WARM_UP) * total)))
    )
    best: tuple[float, float, dict[str, Tensor]] | None = None
    print("before", score(weights, held)[0.54], flush=True)
    for epoch in range(1, EPOCHS + 1):
        began, losses = time.time(), np.zeros(2)
        order = built[0][:]
        chance.shuffle(order)
        for at in range(0, len(order), ARTICLES_AT_ONCE):
            articles = [
                *order[at : at + ARTICLES_AT_ONCE],
                *chance.sample(built[1], SHORT_AT_ONCE),
                *chance.sample(built[2], OWN_AT_ONCE),
            ]
            batch, x = batch_of(articles)
            cue_loss, role_loss = attribution_loss(model, x, batch)
            optimizer.zero_grad()
            (cue_loss + 0.5 * role_loss).backward()
            torch.nn.utils.clip_grad_norm_(learnt, 2.0)
            optimizer.step()
            rate.step()
            step += 1
            with torch.no_grad():
                for a, b in pairs:
                    a.lerp_(b, max(1 - AVERAGE, 1 / (1 + step)))
            losses += [cue_loss.item(), role_loss.item()]
        heads = {n: (value + weights[n]) / 2 for n, value in average.state_dict().items() if n in weights}
        scored = score(heads, held)
        threshold = max(scored, key=lambda t: sum(scored[t].values()))
        print(epoch, f"{time.time() - began:.0f} s", losses / steps, threshold, scored[threshold], flush=True)
        if best is None or sum(scored[threshold].values()) > best[0]:
            best = sum(scored[threshold].values()), threshold, heads
            write(chosen.folder, heads, threshold, scored[threshold])


def write(folder: Path, heads: dict[str, Tensor], threshold: float, scored: dict[str, float]) -> None:
    """The heads, the card and the hashes; the encoder and its tokenizer are those shipped."""
    write_heads({k: v.numpy() for k, v in heads.items()}, folder)
    card = json.loads((MODEL / CARD).read_text("utf8"))
    card |= {"threshold": threshold, "held_out": scored, "heads": "training/heads.py"}
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", "utf8")
    write_hashes(folder)


if __name__ == "__main__":
    main()
