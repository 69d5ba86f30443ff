"""Teach the encoder what answers answer: ``python training/matcher.py SHARED FOLDER``.

The reader's encoder stays as it is up to its third layer; three further layers, begun as those of all-MiniLM-L6-v2,
read on from there, beside the reader's own, and a small head makes a vector of each answer
(`sayso.extract.meanings.vectors`). Taught by supervised contrast (Khosla et al. 2020): within a story, answers to one
question of its key are drawn together, all others of like kind apart; the same with claims that tell of one event in
the topics of ECB+. Claims have vectors of their own, which are taught to lie to each other as all-MiniLM-L6-v2, read
over each claim alone, lays them (relational distillation, Park et al. 2019).

Writes FOLDER/encoder.onnx (the reader's with the new branch), heads.npz, its graphs and hashes.toml. Before that, the
stories are parted in two and each half is read by a model that was taught on the other: FOLDER/apart-0.npz and
apart-1.npz keep these vectors, from which ``matching.py`` learns the weights of the matcher.

With ``--onward`` the branch that is shipped is taught on instead, when there are new stories: it has not seen those,
so that its vectors of them are the ones kept (apart-0.npz), and after that it learns from all of them and, in turn,
from some of the stories that it knows. The stories that it was taught on stand in taught.json, which is written anew
into FOLDER.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from encoder_graphs import append_layers, read_branch, save_encoder
from head_graphs import write_hashes, write_heads
from network import Encoder
from quantise import even_inputs, measure_inputs
from told import Material, label_events, label_stories
from torch import Tensor, nn
from torch.nn import functional
from train import open_encoder

from sayso.extract import list_steps
from sayso.extract.encoders import ENCODER, TOKENIZER
from sayso.extract.meanings.vectors import KINDS, find_vectors, place_answers
from sayso.extract.networks import CARD, HEADS, MODEL, load_network
from sayso.extract.parsers import parse_text, split_paragraphs
from sayso.extract.piece_windows import cut_windows
from sayso.extract.word_features import describe_surface
from sayso.extract.words import split_words
from sayso.grammar.quotations import Marked, find_quotations
from sayso.read.inputs import read_inputs
from sayso.record import Reading, Report

SEED = 11
TRUNK = 3
"""Layers of the reader's encoder that are read on from."""
TRUNK_OUTPUT = "layernormalization_52_0"
EPOCHS = 10
RATE, HEAD_RATE, DECAY = 1e-4, 5e-4, 0.01
ONWARD_EPOCHS, ONWARD_RATE, ONWARD_HEAD_RATE = 5, 6e-5, 3e-4
KNOWN, ONWARD_TOPICS = 20, 4
"""Stories that the branch knows, and topics of real news, in an epoch of teaching on."""
WIDTH, INNER, KIND = 64, 384, 64
TEMPERATURE = 0.07
HIDDEN = 0.1
"""Share of the numbers of contexts that are hidden in teaching."""
OTHERS = 300
"""Answers of a story to no question of its key that are set against the others at a time."""
TOPICS = 8
"""Topics of real news in an epoch."""
CLAIMS, LIKENESS = 256, 20.0
"""Claims of a story whose likenesses are taught at a time, and what their loss weighs beside that of answers."""
LONGEST = 128
"""Pieces of a claim that are read."""
ROWS_AT_ONCE = 16
THREADS = 2
HALVES = torch.cpu._is_avx512_bf16_supported()
"""Whether products of half precision are fast here; where the processor has none, they take fifty times as long."""
FAMILY = {"figure": 0, "date": 1}
TAUGHT = Path(__file__).with_name("taught.json")
"""Names the stories that the branch that is shipped was taught on."""
EXAM = ("ecb-18",)
"""Real stories of topics on which happenings are measured: never learnt from."""


class Matcher(nn.Module):
    """Layers that read on from the trunk, and the head of answers."""

    def __init__(self, encoder: Encoder) -> None:
        """`encoder` is the published one, of which the layers above the trunk are taken."""
        super().__init__()
        self.layers = nn.ModuleList(encoder.layers[TRUNK:])
        self.kinds = nn.Embedding(len(KINDS), KIND)
        self.inner, self.outer = nn.Linear(4 * 384 + KIND, INNER), nn.Linear(INNER, WIDTH)
        self.straight = nn.Linear(4 * 384, WIDTH, bias=False)
        self.claim = nn.Linear(384, WIDTH, bias=False)
        self.drop = nn.Dropout(HIDDEN)

    def read(self, batch: dict[str, Any]) -> Tensor:
        """Running sums of the contexts of all words of a story."""
        parts = []
        for at in range(0, len(batch["rows"]), ROWS_AT_ONCE):
            x = torch.from_numpy(batch["rows"][at : at + ROWS_AT_ONCE].astype(np.float32))
            mask = torch.from_numpy(np.where(batch["real"][at : at + ROWS_AT_ONCE], 0.0, -1e4).astype(np.float32))
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training and HALVES):
                x = self.drop(x)
                for layer in self.layers:
                    x = layer(x, mask[:, None, None, :])
            parts.append(x.float())
        pieces = torch.cat(parts).flatten(0, 1)[batch["at"]]
        words = torch.zeros(batch["count"], 384).index_add(0, batch["words"], pieces)
        words = words / batch["pieces"][:, None]
        return torch.cat([torch.zeros(1, 384), words.cumsum(0)])

    def forward(self, sums: Tensor, ranges: Tensor, kinds: Tensor) -> Tensor:
        """The vectors of answers at ranges of words."""
        told = self.drop(average(sums, ranges).flatten(1))
        inner = functional.gelu(self.inner(torch.cat([told, self.kinds(kinds)], 1)))
        return functional.normalize(self.outer(inner) + self.straight(told), dim=-1)


def average(sums: Tensor, ranges: Tensor) -> Tensor:
    """The mean contexts of ranges of words."""
    begins, ends = ranges[..., 0], ranges[..., 1]
    return (sums[ends] - sums[begins]) / (ends - begins)[..., None]


@torch.no_grad()
def embed_claims(texts: list[str]) -> Tensor:
    """The vectors of claims by the published encoder, each read alone: the mean of its pieces, of length 1."""
    encoder, tokenizer, _ = open_encoder()
    found = torch.zeros(len(texts), 384)
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for at in range(0, len(order), 64):
        some = order[at : at + 64]
        cut = (tokenizer.pieces.cut(texts[n])[: LONGEST - 2] for n in some)
        pieces = [[tokenizer.first, *row, tokenizer.last] for row in cut]
        rows = torch.zeros(len(some), max(map(len, pieces)), dtype=torch.long)
        for row, mine in zip(rows, pieces, strict=True):
            row[: len(mine)] = torch.tensor(mine)
        real = (rows != 0).float()[..., None]
        found[some] = functional.normalize((encoder(rows) * real).sum(1) / real.sum(1), dim=-1)
    return found


def open_trunk() -> Any:
    """A session of the shipped encoder that also gives what its trunk makes of each piece."""
    from onnxruntime import InferenceSession, SessionOptions

    model = onnx.load(str(MODEL / ENCODER))
    wanted = onnx.helper.make_tensor_value_info(TRUNK_OUTPUT, onnx.TensorProto.FLOAT, [1, "length", 384])
    model.graph.output.append(wanted)
    options = SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = THREADS, 3
    return InferenceSession(model.SerializeToString(), options)


class Trunk:
    """Stands in for the encoder's session while it has no contexts: gives the trunk's."""

    def __init__(self, session: Any) -> None:
        """See the class."""
        self.session = session

    def run(self, _: object, inputs: dict[str, Any]) -> list[Any]:
        """The vectors and the trunk's."""
        found: list[Any] = self.session.run(["vectors", TRUNK_OUTPUT], inputs)
        return found


def read_story(session: Any, given: Any) -> list[Reading]:
    """The readings of a path, or of rows, without vectors of answers."""
    reports = (
        [item for item in read_inputs([str(given)]) if isinstance(item, Report)]
        if isinstance(given, Path)
        else [Report(id=row["id"], text=row["text"], title=row.get("title") or "", language="en") for row in given]
    )
    found = []
    for report in reports:
        reading, parse = Reading(report=report), parse_text(report.text)
        for step in list_steps():
            if step is not find_vectors:
                reading = step(reading, parse)
        found.append(reading)
    return found


def cut_story(session: Any, material: Material) -> dict[str, Any]:
    """What teaching needs of a story: the trunk's vectors by window, words, and where answers stand."""
    tokenizer = load_network().encoder.tokenizer
    rows: list[Any] = []
    at, words, ranges, kinds, count = [], [], [], [], 0
    for n, reading in enumerate(material.readings):
        text = reading.report.text
        spans = [(s + a, s + b) for s, paragraph in split_paragraphs(text) for a, b in split_words(paragraph)]
        windows = cut_windows(describe_surface(text, spans, Marked(find_quotations(text))), tokenizer)
        width = windows.pieces.shape[1]
        at.append(np.stack([windows.places // width + len(rows), windows.places % width], 1))
        words.append(windows.words + count)
        for row in windows.pieces:
            length = int(np.count_nonzero(row))
            rows.append(session.run([TRUNK_OUTPUT], {"pieces": row[None, :length]})[0][0].astype(np.float16))
        mine = [(t.claim, t.answer) for t in material.told if t.report == n]
        if mine:
            places = place_answers(parse_text(text), mine)
            ranges.append(places.ranges + count)
            kinds.append(places.kinds)
        count += len(spans)
    width = max(len(row) for row in rows)
    padded = np.zeros((len(rows), width, 384), np.float16)
    real = np.zeros((len(rows), width), bool)
    for n, row in enumerate(rows):
        padded[n, : len(row)], real[n, : len(row)] = row, True
    where, word = np.concatenate(at), torch.from_numpy(np.concatenate(words))
    return {
        "rows": padded,
        "real": real,
        "at": torch.from_numpy(where[:, 0] * width + where[:, 1]),
        "words": word,
        "count": count,
        "pieces": torch.zeros(count).index_add(0, word, torch.ones(len(word))).clamp(min=1),
        "ranges": torch.from_numpy(np.concatenate(ranges)),
        "kinds": torch.from_numpy(np.concatenate(kinds)),
    }


def contrast(matcher: Matcher, material: Material, batch: dict[str, Any], chance: random.Random) -> Tensor | None:
    """The loss of one story."""
    told = material.told
    mine = [n for n, t in enumerate(told) if t.points]
    rest = [n for n, t in enumerate(told) if not t.points]
    chosen = mine + chance.sample(rest, min(OTHERS, len(rest)))
    numbers = {p: n for n, p in enumerate(sorted({p for t in told for p in t.points | t.near}))}
    answers, near = (torch.zeros(len(chosen), max(1, len(numbers))) for _ in range(2))
    for row, n in enumerate(chosen):
        for point in told[n].points | told[n].near:
            near[row, numbers[point]] = 1
            answers[row, numbers[point]] = float(point in told[n].points)
    same, maybe = answers @ answers.T > 0, near @ near.T > 0
    family = torch.tensor([FAMILY.get(told[n].answer.kind, 2) for n in chosen])
    report, start, end = (
        torch.tensor([value(told[n]) for n in chosen])
        for value in (lambda t: t.report, lambda t: t.answer.start, lambda t: t.answer.end)
    )
    over = (report[:, None] == report) & (start[:, None] < end) & (start < end[:, None])
    other = family[:, None] != family
    alike = same & ~over & ~other
    if not alike.any():
        return None
    sums = matcher.read(batch)
    vectors = matcher(sums, batch["ranges"][chosen], batch["kinds"][chosen])
    hidden = torch.eye(len(chosen), dtype=torch.bool) | (maybe & ~alike) | other
    chances = functional.log_softmax((vectors @ vectors.T / TEMPERATURE).masked_fill(hidden, -1e4), 1)
    has = alike.any(1)
    told_apart = -(chances.masked_fill(~alike, 0).sum(1)[has] / alike.sum(1)[has]).mean()
    some = chance.sample(batch["firsts"], min(CLAIMS, len(batch["firsts"])))
    mine = functional.normalize(matcher.claim(average(sums, batch["ranges"][some, 1])), dim=-1)
    theirs = batch["claims"][some]
    return told_apart + LIKENESS * (mine @ mine.T - theirs @ theirs.T).square().mean()


def plan_whole(stories: list[Material], events: list[Material], epochs: int) -> list[list[Material]]:
    """What is learnt from in each epoch of teaching from the start: all stories and some topics, in any order."""
    chance = random.Random(SEED)
    some = (stories + chance.sample(events, min(TOPICS, len(events))) for _ in range(epochs))
    return [chance.sample(one, len(one)) for one in some]


def plan_onward(new: list[Material], known: list[Material], events: list[Material]) -> list[list[Material]]:
    """The same of teaching on: all new stories, the known ones in turn, and some topics."""
    chance = random.Random(SEED)
    plan, waiting = [], list[Material]()
    for _ in range(ONWARD_EPOCHS):
        if len(waiting) < KNOWN:
            waiting += chance.sample(known, len(known))
        some = new + waiting[:KNOWN] + chance.sample(events, min(ONWARD_TOPICS, len(events)))
        del waiting[:KNOWN]
        plan.append(chance.sample(some, len(some)))
    return plan


def teach(matcher: Matcher, plan: list[list[Material]], batches: dict[str, Any], rate: float, head: float) -> Matcher:
    """A matcher taught by the epochs of a plan; `rate` is that of its layers, `head` that of what reads them."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    body = list(matcher.layers.parameters())
    rest = [p for name, p in matcher.named_parameters() if not name.startswith("layers")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": rest, "lr": head}], weight_decay=DECAY)
    steps = sum(map(len, plan))
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: min(1.0, (k + 1) / 30) * max(0.02, 1 - k / steps))
    matcher.train()
    for epoch, materials in enumerate(plan):
        began, total = time.time(), 0.0
        for material in materials:
            loss = contrast(matcher, material, batches[material.name], chance)
            if loss is not None:
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(matcher.parameters(), 1.0)
                optimiser.step()
                optimiser.zero_grad()
                total += loss.item()
            pace.step()
        print(f"epoch {epoch}: loss {total / len(materials):.3f}, {time.time() - began:.0f} s", flush=True)
    return matcher.eval()


def begin(materials: list[Material], batches: dict[str, Any]) -> Matcher:
    """A matcher that has learnt nothing of stories."""
    torch.manual_seed(SEED)
    encoder, _, _ = open_encoder()
    matcher = Matcher(encoder)
    claims = torch.cat([batches[m.name]["claims"] for m in materials])
    matcher.claim.weight.data = torch.linalg.svd(claims, full_matrices=False).Vh[:WIDTH].clone()
    return matcher


def open_matcher() -> Matcher:
    """The matcher that is shipped, in full size."""
    encoder, _, _ = open_encoder()
    matcher = Matcher(encoder)
    weights = read_branch(onnx.load(str(MODEL / ENCODER)), MODEL)
    with np.load(MODEL / HEADS) as heads:
        weights |= {
            name.removeprefix("match."): heads[name].astype(np.float32)
            for name in heads.files
            if name.startswith("match.")
        }
    matcher.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(w)) for name, w in weights.items()})
    return matcher.eval()


@torch.no_grad()
def vectors_of(matcher: Matcher, batch: dict[str, Any]) -> Any:
    """The vectors of all answers of a story."""
    return matcher(matcher.read(batch), batch["ranges"], batch["kinds"]).numpy()


@torch.no_grad()
def claims_of(matcher: Matcher, batch: dict[str, Any]) -> Any:
    """The vectors of the claims of all answers of a story."""
    return functional.normalize(matcher.claim(average(matcher.read(batch), batch["ranges"][:, 1])), dim=-1).numpy()


def add_claims(materials: list[Material], batches: dict[str, Any], kept: Path) -> None:
    """To each story, the vectors that the published encoder has for the claims of its answers, and the first answer of
    each claim."""
    if not kept.exists():
        texts = sorted({t.claim.text for m in materials for t in m.told})
        torch.save((texts, embed_claims(texts)), kept)
    texts, vectors = torch.load(kept)
    places = {text: n for n, text in enumerate(texts)}
    for m in materials:
        batches[m.name]["claims"] = vectors[[places[t.claim.text] for t in m.told]]
        batches[m.name]["firsts"] = list({t.claim.id: n for n, t in enumerate(m.told)}.values())


def keep_apart(matcher: Matcher, stories: list[Material], batches: dict[str, Any], path: Path) -> None:
    """The vectors of stories that a matcher was not taught on."""
    found = {m.name: vectors_of(matcher, batches[m.name]) for m in stories}
    np.savez(path, **found, **{f"{m.name} claims": claims_of(matcher, batches[m.name]) for m in stories})


@torch.no_grad()
def write(matcher: Matcher, samples: list[Any], folder: Path) -> None:
    """The encoder with the branch, the heads, and the hashes of all files."""
    encoder = Encoder(8, layers=0)
    encoder.layers = matcher.layers

    class Above(nn.Module):
        """The layers alone, for measuring what goes into them."""

        def __init__(self) -> None:
            super().__init__()
            self.layers = matcher.layers

        def forward(self, x: Tensor) -> Tensor:
            for layer in self.layers:
                x = layer(x, torch.zeros(1, 1, 1, 1))
            return x

    above = Above().eval()
    weights = {name: value.numpy() for name, value in above.state_dict().items()}
    inputs = [torch.from_numpy(row[None].astype(np.float32)) for row in samples]
    graph = append_layers(
        onnx.load(str(MODEL / ENCODER)), TRUNK_OUTPUT, even_inputs(weights, measure_inputs(above, inputs))
    )
    folder.mkdir(parents=True, exist_ok=True)
    save_encoder(graph, folder)
    with np.load(MODEL / HEADS) as kept:
        heads = {name: kept[name] for name in kept.files if not name.startswith("match.")}
    for name, value in matcher.state_dict().items():
        if not name.startswith("layers"):
            heads[f"match.{name}"] = value.numpy()
    write_heads(heads, folder)
    for name in (TOKENIZER, CARD):
        (folder / name).write_bytes((MODEL / name).read_bytes())
    write_hashes(folder)


def main() -> None:
    """Read the arguments, teach and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--onward", action="store_true", help="teach on what is shipped, for new stories")
    arguments.add_argument("--threads", type=int, default=THREADS)
    chosen = arguments.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    session = open_trunk()
    load_network().encoder.session = Trunk(session)
    read = partial(read_story, session)
    kept = chosen.folder / "material.pkl"
    if kept.exists():
        materials, batches = pickle.loads(kept.read_bytes())
    else:
        materials = [*label_stories(chosen.shared, read), *label_events(chosen.shared, read)]
        batches = {m.name: cut_story(session, m) for m in materials if m.told}
        materials = [m for m in materials if m.told]
        kept.write_bytes(pickle.dumps((materials, batches)))
    add_claims(materials, batches, chosen.folder / "claims.pt")
    stories = [m for m in materials if m.seen and not m.name.startswith("ecb+") and m.name not in EXAM]
    events = [m for m in materials if m.name.startswith("ecb+")]
    print(f"{len(stories)} stories, {len(events)} topics", flush=True)
    if chosen.onward:
        names = json.loads(TAUGHT.read_text("utf8"))
        known, new = [m for m in stories if m.name in names], [m for m in stories if m.name not in names]
        matcher = open_matcher()
        keep_apart(matcher, new, batches, chosen.folder / "apart-0.npz")
        matcher = teach(matcher, plan_onward(new, known, events), batches, ONWARD_RATE, ONWARD_HEAD_RATE)
    else:
        for half in (0, 1):
            mine = stories[1 - half :: 2]
            matcher = teach(begin(mine, batches), plan_whole(mine, events, EPOCHS), batches, RATE, HEAD_RATE)
            keep_apart(matcher, stories[half::2], batches, chosen.folder / f"apart-{half}.npz")
        matcher = teach(begin(stories, batches), plan_whole(stories, events, EPOCHS), batches, RATE, HEAD_RATE)
    torch.save(matcher.state_dict(), chosen.folder / "matcher.pt")
    samples = [
        row[real]
        for m in stories[:8]
        for row, real in zip(batches[m.name]["rows"][:4], batches[m.name]["real"][:4], strict=True)
    ]
    write(matcher, samples, chosen.folder)
    (chosen.folder / TAUGHT.name).write_text(json.dumps([m.name for m in stories]) + "\n", "utf8")


if __name__ == "__main__":
    main()
