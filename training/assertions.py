"""Learn how clauses stand, where rules are not sure, from our own rows and frames.

    python training/assertions.py [--held]

reads ``eval/phrases/own.jsonl``, ``training/phrases/*`` and, for plain news as rules judge it, ``training/stories``;
writes ``src/sayso/models/assertions``; with `--held` it learns without every fifth row and prints how many of those are
right instead. Needs PyTorch; the seed is fixed.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.assertions.followups import follow_up
from sayso.extract.assertions.negations import find_own
from sayso.extract.assertions.signs import (
    RELATIONS,
    STANDS,
    Window,
    count_ruled,
    describe_words,
    find_heads,
    find_window,
    name_rule,
)
from sayso.extract.assertions.surveys import Survey
from sayso.extract.assertions.walks import survey_parse
from sayso.extract.claims.clauses import find_head, tokens_within
from sayso.extract.parsers import parse_text
from sayso.record import Stands

ROOT = Path(__file__).resolve().parents[1]
PHRASES = ROOT / "training" / "phrases"
SEED = 11
FILLINGS = 8
"""Texts made of each frame and, where its words are a clause of the past, of each row."""
WEAK, STORY_CLAUSES = 0.15, 6000
"""How much a clause of a story counts, and how many are learnt from."""
EPOCHS, BATCH, RATE, SMOOTHED = 6, 64, 2e-3, 0.05
UNKNOWN, DROPPED, BLANK = 0.4, 0.15, 0.08
"""Shares of clauses shown without what rules know of them, of the hidden units left out, and of words left blank."""
WIDTH, LOOKS, HIDDEN = 64, 6, 96
HELD = 5
FEWEST, SURE = 6, 0.95
"""Verdicts of a rule, at least, and the share of them that is right, for it to decide by itself."""
JUDGES = 2
"""How many judges are learnt, each from another seed, to be averaged."""
NEGATIVES = frozenset("no not never none nobody neither nor nothing n't n’t without".split())


@dataclass(frozen=True, slots=True)
class Row:
    """A text with a clause, how that stands, how much it counts, and the row or frame that it was made of."""

    text: str
    start: int
    end: int
    stands: Stands
    weight: float
    group: str


@dataclass(slots=True)
class Example:
    """A clause to learn from; `known` and `seen` are of its window's words."""

    meanings: np.ndarray
    known: np.ndarray
    seen: np.ndarray
    window: Window
    stands: Stands
    weight: float
    group: str
    rule: Stands = "asserted"


def read_rows(paths: list[Path], weight: float) -> Iterator[Row]:
    """The rows of files."""
    for path in paths:
        for n, line in enumerate(path.read_text("utf8").splitlines()):
            row = json.loads(line)
            start = row["text"].index(row["words"])
            yield Row(row["text"], start, start + len(row["words"]), row["stands"], weight, f"{path.stem} {n}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to fill frames with: subject, forms of its verb, and what follows."""

    subject: str
    base: str
    present: str
    past: str
    participle: str
    gerund: str
    rest: str

    def fill(self, slot: str) -> str:
        """The clause as a slot wants it."""
        forms = {
            "P": (self.subject, self.past),
            "R": (self.subject, self.present),
            "B": (self.subject, self.base),
            "H": (self.subject, self.participle),
            "I": (self.base,),
            "G": (self.gerund,),
        }
        return " ".join([*forms[slot], self.rest]).strip()


def read_list(name: str) -> list[str]:
    """The lines of a file of phrases, without notes."""
    return [x for x in (PHRASES / name).read_text("utf8").splitlines() if x and not x.startswith("#")]


def read_clauses() -> list[Clause]:
    """The clauses that frames are filled with."""
    found = []
    for line in read_list("clauses.txt"):
        parts = [part.strip() for part in line.split("|")]
        found.append(Clause(*parts))
    return found


def fill_frames(rng: random.Random) -> Iterator[Row]:
    """Texts made of frames."""
    clauses, speakers, outlets = read_clauses(), read_list("speakers.txt"), read_list("outlets.txt")
    stands = ""
    for n, line in enumerate(read_list("frames.txt")):
        if "{" not in line:
            stands = line
            continue
        for _ in range(FILLINGS):
            clause = rng.choice(clauses)
            frame = line.replace("{S}", rng.choice(speakers)).replace("{O}", rng.choice(outlets))
            slot = re.search(r"\{([PRBHIG])\}", frame)
            assert slot is not None, line
            words = clause.fill(slot[1])
            before = frame[: slot.start()]
            if not before or before[-1] in '"“' or before.endswith((". ", "? ")):
                words = words[0].upper() + words[1:]
            before = before[:1].upper() + before[1:]
            text = before + words + frame[slot.end() :]
            beside = f"{rng.choice(speakers)} {rng.choice(PLAIN)} {rng.choice(clauses).fill('P')}."
            beside = beside[0].upper() + beside[1:]
            chance = rng.random()
            start = len(before)
            if chance < NEIGHBOURS / 2:
                text = f"{text} {beside}"
            elif chance < NEIGHBOURS:
                text, start = f"{beside} {text}", start + len(beside) + 1
            yield Row(text, start, start + len(words), stands, 1.0, f"frame {n}")  # type: ignore[arg-type]


NEIGHBOURS = 0.3
"""Share of texts of frames that have another sentence beside them, which has no bearing on the first."""
PLAIN = (
    "said that",
    "confirmed that",
    "denied that",
    "fears that",
    "announced that",
    "would not say whether",
    "doubts that",
)


def exchange_rows(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Rows with another clause in the place of their words, where those are a clause of the past with its subject."""
    clauses = read_clauses()
    for row in rows:
        parse = parse_text(row.text)
        first, last = tokens_within(parse, row.start, row.end)
        head = parse.tokens[find_head(parse, first, last)]
        subject = any(parse.tokens[c].dep in ("nsubj", "nsubjpass") and c >= first for c in head.children)
        past = head.tag == "VBD" or any(parse.tokens[c].text.lower() in ("was", "were", "had") for c in head.children)
        if not subject or not past or find_own(parse, head.i):
            continue
        for _ in range(FILLINGS // 2):
            words = rng.choice(clauses).fill("P")
            if row.text[row.start].isupper() and (row.start == 0 or row.text[row.start - 1] in ' "“'):
                words = words[0].upper() + words[1:] if parse.tokens[first].pos != "PROPN" else words
            yield Row(
                row.text[: row.start] + words + row.text[row.end :],
                row.start,
                row.start + len(words),
                row.stands,
                0.5 * row.weight,
                row.group,
            )


def survey_text(text: str) -> Survey:
    """How rules judge a text."""
    survey = survey_parse(parse_text(text))
    follow_up(survey)
    return survey


def make_example(
    survey: Survey, described: tuple[np.ndarray, np.ndarray], head: int, stands: Stands, weight: float, group: str
) -> Example:
    """An example of a clause."""
    window = find_window(survey, head)
    here = slice(window.first, window.first + len(window.relations))
    known, seen = described
    return Example(
        survey.parse.meanings[here], known[here], seen[here], window, stands, weight, group, survey.stands[head]
    )


def make_examples(row: Row) -> Iterator[Example]:
    """The clause of a row, and those over it in its text that rules hold for asserted."""
    survey = survey_text(row.text)
    parse = survey.parse
    first, last = tokens_within(parse, row.start, row.end)
    heads = set(find_heads(parse))
    head = find_head(parse, first, last)
    if head not in heads:
        return
    described = describe_words(survey)
    stands = row.stands
    if stands == "denied" and find_own(parse, head) and not has_negative(row.text[row.start : row.end]):
        stands = "asserted"  # that it is not so: its polarity tells the rest
    yield make_example(survey, described, head, stands, row.weight, row.group)
    above = set(parse.ancestors(head)) | set()
    for i in heads & above:
        if survey.stands[i] == "asserted" and parse.tokens[i].dep == "ROOT" and not first <= i < last:
            yield make_example(survey, described, i, "asserted", 0.5 * row.weight, row.group)


def has_negative(words: str) -> bool:
    """Whether words hold a negation."""
    return bool(NEGATIVES & set(re.findall(r"n[’']t|\w+", words.lower())))


def read_stories() -> Iterator[Example]:
    """Clauses of our own stories as rules judge them, counting little."""
    for path in sorted((ROOT / "training" / "stories").glob("*/reports/*")):
        if "asked" in path.parts:
            continue
        survey = survey_text(path.read_text("utf8"))
        if not survey.parse.tokens:
            continue
        described = describe_words(survey)
        for head in find_heads(survey.parse):
            yield make_example(survey, described, head, survey.stands[head], WEAK, f"story {path}")


class Judge(nn.Module):
    """What `sayso.extract.assertions.estimates` runs: looks at the words round a clause, each by what it means, what is
    known of it and how it is related to the clause."""

    def __init__(self, known: int, seen: int, signs: int) -> None:
        """A judge for so many signs of a word that rules know, that are plain to see, and of a clause."""
        super().__init__()
        self.meaning = nn.Linear(256, WIDTH)
        self.known = nn.Linear(known, WIDTH, bias=False)
        self.seen = nn.Linear(seen, WIDTH, bias=False)
        self.relation = nn.Embedding(RELATIONS, WIDTH)
        self.look = nn.Linear(WIDTH, LOOKS)
        self.where = nn.Embedding(RELATIONS, LOOKS)
        self.hidden = nn.Linear((LOOKS + 2) * WIDTH + signs, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(STANDS))
        nn.init.normal_(self.relation.weight, std=0.3)
        nn.init.zeros_(self.where.weight)

    def forward(self, batch: dict[str, Tensor], dropped: float) -> Tensor:
        """Scores of each way of standing for clauses."""
        words = self.meaning(batch["meanings"]) + self.known(batch["known"]) + self.seen(batch["seen"])
        words = functional.relu(words + self.relation(batch["relations"]))
        words = functional.dropout(words, dropped, self.training)
        looks = self.look(words) + self.where(batch["relations"])
        looks = looks.masked_fill((batch["relations"] == 0)[..., None], -1e4).softmax(1)
        looked = torch.einsum("btk,btd->bkd", looks, words).flatten(1)
        rows = torch.arange(len(words))
        joined = torch.cat([looked, words[rows, batch["head"]], words[rows, batch["over"]], batch["signs"]], 1)
        hidden = functional.dropout(functional.relu(self.hidden(joined)), dropped, self.training)
        return self.out(hidden)  # type: ignore[no-any-return]


def join_batch(examples: list[Example]) -> dict[str, Tensor]:
    """Examples as one batch, the shorter windows filled up."""
    longest = max(len(e.window.relations) for e in examples)

    def fill(rows: list[np.ndarray]) -> Tensor:
        joined = np.zeros((len(rows), longest, *rows[0].shape[1:]), rows[0].dtype)
        for n, row in enumerate(rows):
            joined[n, : len(row)] = row
        return torch.from_numpy(joined)

    return {
        "meanings": fill([e.meanings for e in examples]).float(),
        "known": fill([e.known for e in examples]),
        "seen": fill([e.seen for e in examples]),
        "relations": fill([e.window.relations for e in examples]),
        "signs": torch.from_numpy(np.stack([e.window.signs for e in examples])),
        "head": torch.tensor([e.window.head - e.window.first for e in examples]),
        "over": torch.tensor([e.window.place_over() for e in examples]),
    }


def learn(examples: list[Example], seed: int) -> Judge:
    """A judge that has learnt from examples."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    examples = list(examples)
    judge = Judge(examples[0].known.shape[1], examples[0].seen.shape[1], len(examples[0].window.signs))
    optimizer = torch.optim.AdamW(judge.parameters(), lr=RATE, weight_decay=0.02)
    step, steps = 0, EPOCHS * (len(examples) // BATCH + 1)
    judge.train()
    for _ in range(EPOCHS):
        rng.shuffle(examples)
        for batch in list_batches(examples, rng):
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.01, 1 - step / steps) * min(1, step / 100 + 0.05)
            step += 1
            shown = join_batch(batch)
            hidden = torch.rand(len(batch)) < UNKNOWN
            shown["known"][hidden] = 0
            shown["signs"][hidden, : count_ruled()] = 0
            shown["meanings"] *= torch.rand(*shown["meanings"].shape[:2], 1) > BLANK
            wanted = torch.tensor([STANDS.index(e.stands) for e in batch])
            losses = functional.cross_entropy(judge(shown, DROPPED), wanted, reduction="none", label_smoothing=SMOOTHED)
            loss = (losses * torch.tensor([e.weight for e in batch])).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return judge.eval()


def list_batches(examples: list[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Batches of examples of about one length."""
    for at in range(0, len(examples), 32 * BATCH):
        near = sorted(examples[at : at + 32 * BATCH], key=lambda e: len(e.window.relations))
        batches = [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
        rng.shuffle(batches)
        yield from batches


def list_sure(rows: list[Row]) -> list[str]:
    """The rules whose verdicts on rows are right in all but a few."""
    counts: dict[str, list[bool]] = {}
    for row in rows:
        survey = survey_text(row.text)
        example = next(make_examples(row), None)
        name = name_rule(survey, example.window.head) if example else ""
        if example and name:
            counts.setdefault(name, []).append(example.rule == example.stands)
    return sorted(name for name, found in counts.items() if len(found) >= FEWEST and sum(found) >= SURE * len(found))


def write_judge(judges: list[Judge], folder: Path) -> None:
    """Write the weights in half precision, and their hash."""
    weights = {}
    for n, judge in enumerate(judges):
        for name, value in judge.state_dict().items():
            weights[f"{n}.{name.removesuffix('.weight')}"] = value.numpy().astype(np.float16)
    folder.mkdir(exist_ok=True)
    np.savez(folder / "judge.npz", **weights)  # type: ignore[arg-type]
    digest = hashlib.sha256((folder / "judge.npz").read_bytes()).hexdigest()
    (folder / "hashes.toml").write_text(f'# SHA-256 of each file of the model.\n"judge.npz" = "{digest}"\n', "utf8")


def main() -> None:
    """Learn and write, or learn without some rows and tell how many of those are right."""
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    held = "--held" in sys.argv
    rows = list(read_rows([ROOT / "eval" / "phrases" / "own.jsonl", *sorted(PHRASES.glob("*.jsonl"))], 3.0))
    kept = rows[::HELD] if held else []
    rows = [row for row in rows if row not in kept]
    shown = [*rows, *exchange_rows(rows, rng), *fill_frames(rng)]
    examples = [example for row in shown for example in make_examples(row)]
    told = list(read_stories())
    examples += rng.sample(told, min(STORY_CLAUSES, len(told)))
    judges = [learn(examples, SEED + n) for n in range(1 if held else JUDGES)]
    if held:
        asked = [next(make_examples(row), None) for row in kept]
        seen = [e for e in asked if e is not None]
        with torch.no_grad():
            best = judges[0](join_batch(seen), 0.0).argmax(1).tolist()
        right = sum(STANDS[b] == e.stands for b, e in zip(best, seen, strict=True))
        ruled = sum(e.rule == e.stands for e in seen)
        print(f"{right} of {len(seen)} right, {ruled} by rules alone")
    else:
        (ROOT / "src" / "sayso" / "models" / "assertions" / "sure.txt").write_text("\n".join(list_sure(shown)) + "\n")
        write_judge(judges, ROOT / "src" / "sayso" / "models" / "assertions")


if __name__ == "__main__":
    main()
