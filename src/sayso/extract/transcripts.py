"""Transcripts: whose turn it is, by the label before it ("Q:", "MODERATOR:", "MR. SMITH:").

A label is the source of its turn, the colon the cue, and the words up to the next label the content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sayso.record import Span
from sayso.who.roles import load_kinds

LABEL = re.compile(
    r"^[ \t]*\*{0,2}(?P<label>(?:Q|A)|(?:Question|Answer|Interviewer|Moderator|Reporter|Host|Speaker \d{1,2})"
    r"|(?:(?:The )?(?:Hon|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Rev)\.? )?"
    r"(?:[A-Z][A-Z.'’\-]*(?: [A-Z0-9][A-Z0-9.'’\-]*){0,5}|[A-Z][\w'’\-]+(?: [A-Z][\w.'’\-]*){0,3})"
    r"(?:,? \([^()\n]{1,40}\)|, [A-Z][^:\n]{1,40})?)\*{0,2}(?P<colon>:|(?<=\b[QA])\.)\*{0,2}(?=[ \t]+\S)",
    re.MULTILINE,
)
"""A label at the beginning of a line; a name of one word in small letters must be part of a longer label. After "Q" and
"A" a point will do."""

ASKED = re.compile(r"^[ \t]*\*\*(?P<question>[A-Z][^*\n]{1,300}(?P<mark>\?))(?P<end>\*\*)", re.MULTILINE)
"""A question in heavy print at the beginning of a line, as magazines print interviews."""

SELVES = re.compile(r"\b(?:I|me|my|[Ww]e|us|our|[Oo]urs)\b")
QUOTED = re.compile(r"[\"“][^\"“”\n]*[\"”]")
"""What an answer that is somebody's own speaks of, and what it quotes."""

FEWEST_ASKED = 3
"""Questions in heavy print that make a text an interview, and turns of a label that is a bare name."""

ASKING = frozenset("q question interviewer moderator reporter host".split())
WORDS = ASKING | {"answer"}
FEWEST = 2
"""Turns that a transcript has at least."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its label's words and span (None where only print tells question from answer), the span of the colon
    or mark that opens it, and those of its words, paragraphs apart."""

    word: str
    label: Span | None
    colon: Span
    content: tuple[Span, ...]


def find_turns(text: str) -> list[Turn]:
    """The turns of a text that is a transcript, else none: some label must come again, or question and answer both."""
    asked = list(ASKED.finditer(text))
    if len(asked) >= FEWEST_ASKED:
        turns = [
            turn for match, after in zip(asked, [*asked[1:], None], strict=True) for turn in _ask(text, match, after)
        ]
        return turns if _is_interview(text, turns) else []
    labels = [match for match in LABEL.finditer(text) if match["colon"] == ":" or match["label"] in ("Q", "A")]
    longer = {word.lower() for match in labels if " " in match["label"] for word in match["label"].split()}
    longer |= _find_talkers(text, labels)
    labels = [m for m in labels if m["label"].lower() in longer or not _is_word(m["label"])]
    if len(labels) < FEWEST:
        return []
    names = Counter(match["label"] for match in labels)
    short = {name[0].lower() for name in names if name.lower() in ("q", "a", "question", "answer")}
    shortened = any(" " not in name and name.lower() in longer for name in names)
    if len(short) < 2 and max(names.values()) < FEWEST and not shortened:
        return []
    lines = sum(1 for line in text.splitlines() if line.strip())
    if 2 * len(labels) < lines:  # where turns run over paragraphs, one name before a colon is no label yet
        alone = {name.lower() for name in names if " " not in name}
        again = {name for name, n in names.items() if n >= FEWEST or alone & set(name.lower().split())}
        names = Counter({name: n for name, n in names.items() if name in again or _is_spoken(name)})
    labels = [match for match in labels if match["label"] in names]
    return list(_cut_turns(text, labels))


def _cut_turns(text: str, labels: Sequence[re.Match[str]]) -> Iterator[Turn]:
    """The turns that labels open. Where one person alone has a label, the question before each is the outlet's."""
    alone = len({match["label"] for match in labels}) == 1
    at = 0
    for match, following in zip_longest(labels, labels[1:]):
        before = _cut_paragraphs(text, at, match.start()) if alone else ()
        if before and text[before[-1][1] - 1] == "?":
            yield Turn("Q", None, (before[-1][1] - 1, before[-1][1]), before[-1:])
        end = following.start() if following else len(text)
        content = _cut_paragraphs(text, match.end(), end)
        if alone and following and len(content) > 1 and text[content[-1][1] - 1] == "?":
            content = content[:-1]
        at = content[-1][1] if content else match.end()
        if content:
            yield Turn(match["label"], match.span("label"), match.span("colon"), content)


def _find_talkers(text: str, labels: Sequence[re.Match[str]]) -> set[str]:
    """The labels of one word, in small letters, that ask or are asked: most of their turns end with a question mark, or
    come after one. What heads the lines of a list does neither."""
    talking, turns = Counter[str](), Counter[str]()
    asked = text[: labels[0].start()].rstrip().endswith("?") if labels else False
    for match, following in zip_longest(labels, labels[1:]):
        asks = text[match.end() : following.start() if following else len(text)].rstrip().endswith("?")
        turns[match["label"].lower()] += 1
        talking[match["label"].lower()] += asked or asks
        asked = asks
    return {label for label, n in turns.items() if n >= FEWEST_ASKED and 2 * talking[label] >= n}


def _ask(text: str, match: re.Match[str], following: re.Match[str] | None) -> list[Turn]:
    """A question in heavy print and the answer after it."""
    question = Turn("Q", None, match.span("mark"), (match.span("question"),))
    answer = _cut_paragraphs(text, match.end(), following.start() if following else len(text))
    return [question, Turn("A", None, match.span("end"), answer)] if answer else [question]


def _is_interview(text: str, turns: Sequence[Turn]) -> bool:
    """Whether half of the answers and more speak of themselves: else an outlet answers questions of its own."""
    answers = [" ".join(text[start:end] for start, end in turn.content) for turn in turns if turn.word == "A"]
    return 2 * sum(1 for answer in answers if SELVES.search(QUOTED.sub("", answer))) >= len(answers)


def _cut_paragraphs(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The paragraphs of a stretch of text, white space around them aside."""
    pieces = re.finditer(r"\S[^\n]*\S|\S", text[start:end])
    return tuple((start + p.start(), start + p.end()) for p in pieces)


def _is_word(label: str) -> bool:
    """Whether a label is one word in small letters, of the kind that heads a line of a list."""
    return " " not in label and len(label) > 1 and not label.isupper() and label.lower() not in WORDS


def _is_spoken(label: str) -> bool:
    """Whether a label that stands once is a speaker's: in capitals, or a word of the trade."""
    words = label.lower().replace(".", "").split()
    return label.isupper() or words[0] in ASKING or words[-1] in load_kinds()


def is_question(label: str, content: str) -> bool:
    """Whether a turn asks: a questioner's, or one that ends with a question mark."""
    return content.rstrip().endswith("?") or label.lower() in ("q", "question")
