"""Where the words of an English text begin and end.

The cut is that of the OntoNotes corpora as spaCy's English tokenizer makes it, on whose words the rules of this
package are written: "don't" is "do" and "n't", "John's" "John" and "'s", "well-known" three words, "U.S." and "3,000"
one, "10%" two, and every mark of punctuation at the edge of a word a word of its own. White space is never a word;
every other character is in exactly one.

What is between two white spaces is cut by itself: marks are taken from its edges until nothing gives, what is left is
looked up among the words that English writes together or with a stop, and else cut at the marks inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, product
from unicodedata import category

from sayso.tables import load_toml

Cut = tuple[int, ...]
"""Where the words of a piece end, in order; the first begins at 0 and each of the others where the one before ends."""

PIECE = re.compile(r"\S+")

DIGIT = re.compile(r"[ \t\u00a0]*[#(]?[0-9]")
"""A number after white space."""

LONGEST_KNOWN = 48
"""Characters of the longest piece that is looked up, and kept once cut: longer ones hardly come twice."""


WRITTEN = "".join(map(chr, (*range(0x2C00), *range(0x3000, 0x3400), *range(0x1F000, 0x1FB00))))
"""The characters of the alphabets with capitals, the symbols and the emoji."""


def list_ranges(is_wanted: Callable[[str], bool]) -> str:
    """The characters of `WRITTEN` that are wanted, as ranges of a character class."""
    ranges: list[list[int]] = []
    for point in map(ord, filter(is_wanted, WRITTEN)):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


UPPER, LOWER = list_ranges(str.isupper), list_ranges(str.islower)
PICTURES = list_ranges(lambda character: category(character) == "So") + "\ufffc\ufffd"
LETTER = r"[^\W\d_]"
MARKS = r",:;!?¿؟¡()\[\]{}<>_#*&。？！，、；：～·।،۔؛٪"
QUOTES = r"'\"”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉⟦⟧"
CURRENCY = r"$£€¥฿₽﷼₴₠-₿"
HYPHEN = r"(?:-{1,3}|—{1,2}|[–~])"
UNIT = (
    "km[²³]?|[dcm]?m[²³]?|ha|[µn]m|yd|in|ft|k?g|[mµ]g|t|lb|oz|m/s|km/h|kmh|mph|h?Pa|mbar|[mM]b|MB|[kK]b|KB|[gG]b|GB|[tT]b"
    "|TB|[TGMK]|%"
)

BEFORE = re.compile(rf"\.\.+|…+|[{MARKS}{QUOTES}{CURRENCY}{PICTURES}§%=—–]|\+(?![0-9])|(?:US|[CA])\$")
"""A mark at the beginning of a piece that is a word of its own."""

AFTER = re.compile(
    rf"(?:\.\.+|…+|['’][sS]|[{MARKS}{QUOTES}{PICTURES}—–]|(?<=[0-9])\+|(?<=°[FfCcKk])\."
    rf"|(?<=[0-9])(?:[{CURRENCY}]|{UNIT})|(?<=[0-9{LOWER}%²\-+{MARKS}{QUOTES}])\.|(?<=[{UPPER}][{UPPER}])\.)\Z"
)
"""A mark or an ending at the end of a piece that is a word of its own."""

LONGEST_AFTER = 5
"""Characters of the longest ending, a run of stops aside."""

BETWEEN = re.compile(
    rf"\.\.+|…|[{PICTURES}]|(?<=[0-9])[+\-*^](?=[0-9-])|(?<=[{LOWER}{QUOTES},])\.(?=[{UPPER}{QUOTES},])"
    rf"|(?<={LETTER}),(?={LETTER})|(?<=[^\W_]){HYPHEN}(?={LETTER})|(?<=[^\W_])[:<>=/](?={LETTER})"
)
"""A mark inside a piece that is a word of its own."""

ADDRESS = re.compile(
    rf"(?:[\w+\-.]{{2,}}://)?(?:[^\s@/]+@)?"
    rf"(?:[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}|(?:[^\W_](?:[\w-]{{0,62}}[^\W_])?\.)+[{LOWER}]{{2,63}})(?::[0-9]{{2,5}})?(?:[/?#]\S*)?\Z"
)
"""An address of the web or of mail, with or without its scheme."""


def vary_spelling(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The words as they stand and with a capital, each with a straight apostrophe, a typographic one and none."""
    capital = [words[0][:1].upper() + words[0][1:], *words[1:]]
    for form, mark in product((words, capital), ("'", "’", "")):
        yield tuple(word.replace("'", mark) for word in form)


@cache
def load_known() -> dict[str, Cut]:
    """The pieces whose cut is a matter of knowing them."""
    table = load_toml("words.toml")
    unjoined = set(table["unjoined"].split())
    written = [word.split("|") for word in table["joined"].split()]
    written += [[host, *tail.split("|")] for tail, hosts in table["leaning"].items() for host in hosts.split()]
    cuts = {form for words in written for form in vary_spelling(words) if "".join(form).lower() not in unjoined}
    cuts |= {(str(hour), half) for hour in range(1, 13) for half in table["halves"].split()}
    cuts |= {form for word in table["apostrophed"].split() for form in vary_spelling([word]) if not form[0].isalpha()}
    cuts |= {(word,) for word in (table["whole"] + table["faces"]).split()}
    return {"".join(words): tuple(accumulate(map(len, words))) for words in cuts}


def measure_ending(piece: str, start: int, end: int) -> int:
    """The length of the mark or ending with which piece[start:end] closes, 0 for none."""
    stops = end
    while stops > start and piece[stops - 1] == ".":
        stops -= 1
    if end - stops > 1:
        return end - stops
    found = AFTER.search(piece, max(start, end - LONGEST_AFTER), end)
    return end - found.start() if found else 0


def take_edges(piece: str) -> tuple[list[int], int, list[int]]:
    """Take the marks off the edges of a piece, from both sides at once, until what is left is known or has none.

    Returns the ends of what was taken at the front, where what is left ends, and the ends of what was taken at the
    back. Linear: each turn looks at a bounded stretch and takes at least one character.
    """
    known, longest = load_known(), LONGEST_KNOWN
    start, end = 0, len(piece)
    front: list[int] = []
    back: list[int] = []
    while start < end and not (end - start <= longest and piece[start:end] in known):
        mark = BEFORE.match(piece, start, end)
        after_mark = mark.end() if mark else start
        if mark and 0 < end - after_mark <= longest and piece[after_mark:end] in known:
            front.append(after_mark)
            break
        ending = measure_ending(piece, after_mark, end)
        if ending and 0 < end - ending - start <= longest and piece[start : end - ending] in known:
            back.append(end)
            end -= ending
            break
        if not mark and not ending:
            break
        if mark:
            front.append(start := after_mark)
        if ending:
            back.append(end)
            end -= ending
    return front, end, back[::-1]


def cut_inside(piece: str, start: int, end: int) -> list[int]:
    """The ends of the words in piece[start:end], which has no marks at its edges."""
    if end - start <= LONGEST_KNOWN and (cut := load_known().get(piece[start:end])):
        return [start + at for at in cut]
    if "." in piece and ADDRESS.match(piece, start, end):
        return [end]
    ends: list[int] = []
    at = start
    for mark in BETWEEN.finditer(piece, start, end):
        if mark.start() == start:
            continue
        if mark.start() > at:
            ends.append(mark.start())
        ends.append(at := mark.end())
    if at < end:
        ends.append(end)
    return ends


def mend_cut(piece: str, ends: list[int]) -> list[int]:
    """Cut anew two or three words that are known together ("Jan" and its stop after a slash)."""
    known = load_known()
    starts = [0, *ends]
    mended: list[int] = []
    n = 0
    while n < len(ends):
        start, last = starts[n], n
        for last in (n + 2, n + 1):
            if (
                last < len(ends)
                and ends[last] - start <= LONGEST_KNOWN
                and (cut := known.get(piece[start : ends[last]]))
            ):
                mended += [start + at for at in cut]
                break
        else:
            last = n
            mended.append(ends[n])
        n = last + 1
    return mended


def cut_piece(piece: str) -> Cut:
    """Where the words of a piece without white space end."""
    if piece.isalpha() and piece not in load_known():
        return (len(piece),)
    front, end, back = take_edges(piece)
    start = front[-1] if front else 0
    ends = front + (cut_inside(piece, start, end) if start < end else []) + back
    return tuple(mend_cut(piece, ends) if len(ends) > 1 else ends)


def is_numbering(piece: str) -> bool:
    """Whether a piece is a short form that a number follows ("*No.* 4", "*approx.* 3 a.m.")."""
    return piece[:-1].lower() in load_toml("words.toml")["numbering"].split()


recall_cut = lru_cache(maxsize=1 << 16)(cut_piece)


def split_words(text: str) -> list[tuple[int, int]]:
    """The words of a text, as half-open spans of its code points, in order. Linear in the length of the text."""
    spans: list[tuple[int, int]] = []
    for match in PIECE.finditer(text):
        piece, offset = match.group(), match.start()
        start = offset
        if piece[-1] == "." and is_numbering(piece) and DIGIT.match(text, match.end()):
            spans.append(match.span())
            continue
        for end in recall_cut(piece) if len(piece) <= LONGEST_KNOWN else cut_piece(piece):
            spans.append((start, offset + end))
            start = offset + end
    return spans
