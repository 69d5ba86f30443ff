"""From a frame to a question: what is said of a verb, as much of it as a question takes, in the order of a question."""

from __future__ import annotations

from sayso.extract.questions.frames import Frame, Part

LONGEST, LONGEST_NEEDED = 14, 17
"""Words of a question, at most: with what may be left out, and with what may not."""


def compose(frame: Frame, asking: str = "", drop: int = -1) -> str:
    """The question of a frame: `asking` before it, without its times and the part that token `drop` lies in. "" where
    it is denied, or where a part that it needs cannot be worded."""
    said = frame.subject
    if not said or (asking and frame.denied):
        return ""
    said = make_definite(said) if asking else said
    asked = fit([asking, frame.front, said, frame.rest], frame.parts, drop)
    return "" if frame.bare and asked.endswith(f" {frame.rest}?") and not holds_object(frame, drop) else asked


def holds_object(frame: Frame, i: int) -> bool:
    """Whether a token lies in the object of a frame, so that the word that asks is the object."""
    return any(part.needed and part.first <= i <= part.last for part in frame.parts)


def make_definite(words: str) -> str:
    """A phrase that speaks of something told already: "the fire" of "a fire"."""
    first, _, rest = words.partition(" ")
    return f"the {rest}" if first in ("a", "an", "another") and rest else words


def holds_part(frame: Frame, i: int) -> bool:
    """Whether a token lies in a part of a frame."""
    return any(part.first <= i <= part.last for part in frame.parts)


def fit(head: list[str], parts: tuple[Part, ...], drop: int = -1) -> str:
    """Words and as many of the parts behind a verb as a question takes, those that are needed first."""
    used = sum(len(words.split()) for words in head)
    kept = {}
    for needed in (True, False):
        for n, part in enumerate(parts):
            if part.needed != needed or part.first <= drop <= part.last or (part.timed and not needed):
                continue
            if not part.words:
                if needed:
                    return ""
                continue
            size = len(part.words.split())
            if used + size > (LONGEST_NEEDED if needed else LONGEST):
                if needed:
                    return ""
                continue
            kept[n] = part.words
            used += size
    words = " ".join(filter(None, [*head, *(kept[n] for n in sorted(kept))]))
    return words[:1].upper() + words[1:] + "?"
