"""Direct speech that its speaker interrupts: within its quotation marks, or in a paragraph that opens with a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.languages.clauses import Quotes, Said
from sayso.extract.languages.cues import find_cues, find_inversion
from sayso.extract.languages.passages import join_words, may_say, strip_marks, word_at
from sayso.extract.languages.sources import find_source
from sayso.extract.languages.vocabularies import Text
from sayso.record import Stance

INSIDE = re.compile(r"[,!?…]\s*[—–-]\s+(?=[^\W\d_])|,\s+(?=[^\W\d_])")
"""What parts the words quoted from who says them, within quotation marks."""
RESUMES = re.compile(r"[.,:]\s*[—–-]\s+|\s?;\s+|[.!?]\s+|,\s*[—–-]\s*")
DIALOGUE = re.compile(r"(?:^|\n)\s*[—–―-]\s*(?=\S)")


def read_inside(text: Text, used: set[int], start: int, end: int) -> list[Said]:
    """A quotation whose speaker stands within its marks: «..., — сказала вона. — ...»."""
    words = text.text
    for mark in INSIDE.finditer(words, start, end):
        at = word_at(text, mark.end())
        dashed = any(c in mark.group() for c in "—–-")
        found = cue_here(text, at, dashed)
        if found is None and dashed and (verb := find_inversion(text, at, word_at(text, end))):
            found = *verb, "asserts"
        if found is None:
            continue
        cue, stop, stance = found
        resumes = RESUMES.search(words, text.words[stop - 1].end, end)
        limit = word_at(text, resumes.start()) if resumes else word_at(text, end - 1)
        source = find_source(text, stop, limit)
        if source is None or (not dashed and source[1] > source[0] + 200):
            continue
        used.add(cue)
        parts = [strip_marks(text, start, mark.start() + (mark.group()[0] in "!?…"))]
        if resumes:
            parts.append(strip_marks(text, resumes.end(), end))
        return [Said((source,), join_words(text, cue, stop), (p,), stance) for p in parts if p[0] < p[1]]
    return []


def cue_here(text: Text, at: int, dashed: bool) -> tuple[int, int, Stance] | None:
    """The cue that opens a clause at a word, after auxiliaries; after a dash any small word will do."""
    begin = at
    while (
        not text.find("cues", at)
        and at < len(text.words)
        and (text.has("grammar.aux", at) or text.has("grammar.light", at))
    ):
        at += 1
    if at >= len(text.words) or text.words[at].is_capital:
        return None
    found = text.find("cues", at)
    if found and (at == begin or dashed or text.vocabulary.language == "fr"):
        stance: Stance = next(iter(find_cues(text, Quotes(text), at, at + found.words)), (0, 0, "asserts"))[2]
        return at, at + found.words, stance
    return None


def read_dialogues(text: Text, used: set[int]) -> Iterator[Said]:
    """Paragraphs that open with a dash: "—Subimos al techo —relató Marisol Quispe—. Nueve horas estuvimos"."""
    words = text.text
    for opening in DIALOGUE.finditer(words):
        start = opening.end()
        stop = words.find("\n", start)
        stop = stop if stop >= 0 else len(words)
        for mark in re.finditer(r"[,.!?…]?\s*[—–―-]+\s*(?=[^\W\d_])|[,?!]\s+(?=[^\W\d_])", words[start:stop]):
            begin = start + mark.end()
            dashed = any(c in mark.group() for c in "—–―")
            if not dashed and "-" in mark.group():
                continue
            at = word_at(text, begin)
            found = cue_here(text, at, dashed) or (any_cue(text, at) if dashed else None)
            if found is None:
                continue
            cue, after, stance = found
            resumes = re.compile(r"\s*[—–―]\s*[.,;:]?\s*|[.]\s+").search(words, text.words[after - 1].end, stop)
            limit = word_at(text, resumes.start()) if resumes else word_at(text, stop)
            source = find_source(text, after, limit)
            if source is None:
                continue
            used.add(cue)
            parts = [
                strip_marks(text, start, start + mark.start() + (mark.group()[:1] in "!?…" and mark.group()[:1] != ""))
            ]
            if resumes and resumes.end() < stop:
                parts.append(strip_marks(text, resumes.end(), stop))
            for part in parts:
                if part[0] < part[1]:
                    yield Said((source,), join_words(text, cue, after), (part,), stance)
            break


def any_cue(text: Text, at: int) -> tuple[int, int, Stance] | None:
    """Any small word after a dash of a dialogue, pronouns and auxiliaries skipped."""
    while at < len(text.words) and (text.has("grammar.aux", at) or text.has("grammar.light", at)):
        at += 1
    if at < len(text.words) and text.words[at].text[0].islower() and may_say(text, at):
        return at, at + 1, "asserts"
    return None
