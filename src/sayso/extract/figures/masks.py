"""Numbers that count nothing: identifiers, versions, addresses, telephone numbers, clock times, list marks.

A masked text has the same length; what is masked is one filler character long per character, so that offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.extract.figures.units import list_glued_signs
from sayso.record import Span

FILLER = "\ufffc"

SIGNED = re.compile(
    r"""
    (?=[\d(+@\#,])(?:                                                          # where one may begin, for speed
      (?<!\w)[@#]\w+                                                           # handles, tags
    | \+\d{1,3}[-\s(]{1,2}\d[\d\s()/-]{5,20}\d                                  # telephone numbers
    | \(?\b\d{3}\)?[-.\s]\d{3}[-.]\d{4}\b
    | (?<![\w.,:'’])(?<!\d,\s)(?<!\d\s)0\d{2,5}(?:[\s-]\d{2,9}){0,4}(?![\w,])
    | \b\d+\s?/\s?0+\b(?![.,/]\d)                                             # divided by nothing
    | \b\d{1,2}:\d{2}(?::\d{2})?\b(?!\.\d) (?:\s?[ap]\.?m\b\.?)?                        # clock times
    | \b\d{1,2}\s?[ap]\.?m\b\.?
    | \b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b(?!,\d)(?<!\.\d{3})                    # dates and versions
    | \b\d+(?:\.\d+){2,}\b(?<!\.\d{3})
    | \b9/11\b | \b24/7\b | \b50[/-]50\b
    | \b\d+(?:\.\d+)?[^\W\d_]+\d[\w]*(?<![mM][23])                               # 3D2, 24703L202, 7.62x39
    | \b\d+(?:st|nd|rd|th)\b | \b\d{2,4}s\b                                     # 5th, 1990s
    | \b\d{1,3}°\s?\d+['′’]\S* | \b\d{1,3}\.\d{2,}°?\s?[NSEW]\b                 # coordinates
    | (?:(?<=\n)|(?<=\n\s)|(?<=\n\s\s)|\A)\(?\d{1,2}[.)](?=\s)                    # list marks
    | (?<=\s)\(\d{1,2}\)(?=\s)
    | ,\s\d{1,2},(?=\s) | (?<=[^\W\d_]),\s\d{2}(?=\))                             # ages beside a name
    | (?<=[^\W\d_]\.),\s\d{2}(?=\))
    | \b\d{1,2}(?:,\d{1,2}){2,}\b(?!,?\d)                                      # lists
    )
    """,
    re.VERBOSE,
)
"""What begins with a digit or a sign."""


@cache
def match_worded() -> re.Pattern[str]:
    """A pattern of what begins with a word. A sum behind the sign of a currency is none ("RM92 million", "$US5"), nor
    are millions behind any letter ("K1.9 million")."""
    signs = "|".join(re.escape(sign) for sign in list_glued_signs())
    return re.compile(
        rf"""
        https?://\S+ | \bwww\.\S+                                                 # addresses
        | \b(?:call|phone|tel|telephone|fax|dial|hotline)\W{{1,3}}[\d\s()-]{{3,20}}\d
        | \b(?<!\$)(?=[^\W\d_]{{1,12}}[-‐‑]?\d)(?!(?:k|c|d|m)?m[23]\b|(?:mi|ft)[23]\b)
          (?!magnitude-\d)(?![A-Z]\d[\d.,]*\s?(?:bn|thousand|million|billion|trillion)\b)(?!(?:{signs})\d)
          [^\W\d_]{{1,12}}[-‐‑]?\d[\w]{{0,12}}(?:\.\d{{1,6}})?(?:[-‐‑/]\w{{1,12}}){{0,3}}  # Su-25, G7, COVID-19, A1.9
        | \b(?:mid|early|late|pre|post)-\d+s?\b
        | \baged?\s\d{{1,3}}(?:\s(?:to|and)\s\d{{1,3}})?\b                               # ages
        """,
        re.VERBOSE,
    )


# Apart from the rest, as a pattern that may begin at any word is slow and few texts have these.
MAILS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,200}")
OLD = re.compile(r"[-\s](?:year|month|week|day)s?[-\s]old\b")
AGE = re.compile(r"[-‐‑]?\b(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)$")


def find_identifiers(text: str) -> list[Span]:
    """The spans of all that has a number which counts nothing."""
    found = [match.span() for pattern in (SIGNED, match_worded()) for match in pattern.finditer(text)]
    if "@" in text:
        found += [match.span() for match in MAILS.finditer(text)]
    for old in OLD.finditer(text):
        if age := AGE.search(text, max(0, old.start() - 30), old.start()):
            found.append((age.start(), old.end()))
    return found


def mask_text(text: str, spans: Iterable[Span] = ()) -> str:
    """The text with identifiers and the given spans filled over, at its own length."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted([*find_identifiers(text), *spans]):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += [text[at:start], FILLER * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])
