"""Signs that do harm where they are shown, and how each face shows strangers' words without them. One place for all.

Harm is done by what a terminal obeys (C0 and C1 controls, ECMA-48), what turns the words around it (the marks,
embeddings, overrides and isolates of UAX #9; "Trojan Source", CVE-2021-42574), what ends a line by stealth (U+2028,
U+2029), what is not seen and hides words or makes two words look like one (zero widths, tags; UTS #39), and
what UTF-8 or XML cannot hold. Joiners stay where writing needs them: between letters that are not Latin, as in Persian,
Hindi and pictures made of several.
"""

from __future__ import annotations

import re

JOINERS = "\u200c\u200d"
LATIN = 0x300
"""Where signs begin beside which a joiner may join something."""
SIGNS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but tab and line feed
    "\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    f"\ud800-\udfff\U000e0000-\U000e007f{JOINERS}]"
)
SHOWN = "\N{REPLACEMENT CHARACTER}"


def clean_text(text: str) -> str:
    """The text with U+FFFD for every sign that does harm, so that it is seen that there was one; lengths and offsets
    stay. Tabs and line feeds stay."""
    return SIGNS.sub(show_sign, text)


def show_sign(match: re.Match[str]) -> str:
    """What is shown for a sign: a joiner where it joins, U+FFFD for all else."""
    text, at = match.string, match.start()
    if match[0] not in JOINERS or not 0 < at < len(text) - 1:
        return SHOWN
    return match[0] if all(ord(text[n]) >= LATIN and not text[n].isspace() for n in (at - 1, at + 1)) else SHOWN


def one_line(text: str) -> str:
    """The same in one line, with single spaces and none at its ends."""
    return " ".join(clean_text(text).split())


def escape_json(text: str) -> str:
    """JSON with every such sign and joiner as its escape (RFC 8259, section 7): read, it gives the very words."""
    return SIGNS.sub(lambda match: "".join(f"\\u{unit:04x}" for unit in list_units(match[0])), text)


def list_units(sign: str) -> list[int]:
    """The units of UTF-16 of a sign."""
    code = ord(sign)
    if code < 0x10000:
        return [code]
    return [0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)]


def quote_line(words: str) -> str:
    """Words in one line as Python writes them where a terminal would obey them or nothing would be seen: for lines
    that name files, which may be called anything."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in words)


def clean_shown(value: object) -> object:
    """What a template shows: strings without signs that do harm, everything else as it is."""
    return clean_text(value) if type(value) is str else value
