"""Proof-reading: what is wrong with a sentence that would be told. A sentence with a fault is not told.

What stands in quotation marks is somebody's own and is not corrected; everything else is ours to answer for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.tell.tongues import in_english

QUOTED = re.compile(r"“[^”]*”")
DOUBLED = re.compile(r"\b([A-Za-z]{2,}) \1\b(?!-)", re.IGNORECASE)
FREE = frozenset("had that is her".split())
"""Words that may follow themselves ("all that that means")."""
HASH = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b")
ONE = re.compile(
    r"(?<![\d.,$€£:/-])\b1 (?!(?:is|was|has|as|this|its|plus|minus|versus|gas|less|us|pass|class|across)\b)[a-z]+s\b"
)
MARKUP = re.compile(r"\*\*|\[\[|\]\]|https?://|<[a-z/]|\||_{2,}|#{2,}")
SPACED = re.compile(r"\s[,;.?!](?:\s|$)|[,;:]{2,}|\.{2}(?!\.)(?<!\.{3})|,\.|[?!][,;]|\(\s*\)|\s{2,}|[,;] ?\)")
DANGLING = re.compile(
    r"\b(?:the|a|an|of|and|or|by|with|that|which|its|their|his|her|to|in|for|as|than|from|at)\s*[.?!,;)]", re.IGNORECASE
)
STRANDED = re.compile(r"\b(?:to|in|for|from|at|with|by|of|as|that|her|his)\s*[?]$", re.IGNORECASE)
ARTICLE = re.compile(
    r"\b[Aa] (?!(?:one|once|uni|use|usu|eu|u[a-z]?-|ubiq|unanim|[A-Z]))[aeiou]\w{2,}"
    r"|\b[Aa]n (?!(?:hour|hon|heir|[A-Z]|[fhlmnrsx]-))[bcdfgjklmnpqrstvwxz]\w+"
)
OPENING = re.compile(
    r"^[“(]?(?:It|He|She|They|We|I|You|His|Her|Its|Their|Our|My|This|These|Those|That|Such|There(?= (?:he|she|they)))\b"
    r"(?! (?:was|is|were|are) (?:who|that))"
)
"""A sentence that opens so speaks of something that was told before it."""
HEADLESS = re.compile(
    r"^[“(]?(?:Is|Are|Was|Were|Has|Have|Had|Been|Being) "
    r"(?:(?:him|her|it|my|your)self|(?:them|our|your)selves|been|being|not|never|also|already|still|since)\b[^?]*$"
)
"""A sentence that opens so has lost its subject."""
PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))
ANYWHERE = ((HASH, "hash"), (MARKUP, "markup"), (SPACED, "spacing"))
"""Faults in every language, each with its name."""
IN_ENGLISH = ((ONE, "one of many"), (ARTICLE, "article"), (HEADLESS, "no subject"))
ENDS = (".", "?", "!", "…", "”", ")")


def find_faults(sentence: str, *, opening: bool = True, english: bool | None = None) -> Iterator[str]:
    """What is wrong with a sentence, each in a word or two; nothing where it can be sent as it stands. With `opening`,
    also that it opens with a word for what was told before. What is wrong in English is looked for in `english` words,
    as those of reports are, by default where that is spoken."""
    for left, right in PAIRS:
        if sentence.count(left) != sentence.count(right):
            yield f"{left} without {right}"
    ours = QUOTED.sub("“…”", sentence)
    if ours.count('"') % 2:
        yield "one straight quotation mark"
    yield from (fault for pattern, fault in ANYWHERE if pattern.search(ours))
    if not (in_english() if english is None else english):
        return
    if not ours or not (ours[0].isupper() or ours[0].isdigit() or ours[0] in "“($€£"):
        yield "no capital"
    if not sentence.rstrip().endswith(ENDS):
        yield "no end"
    if any(match.group(1).casefold() not in FREE for match in DOUBLED.finditer(ours)):
        yield "doubled word"
    yield from (fault for pattern, fault in IN_ENGLISH if pattern.search(ours))
    if dangles(ours):
        yield "dangling word"
    if opening and OPENING.search(ours):
        yield "speaks of what was before"


def dangles(ours: str) -> bool:
    """Whether a small word stands where nothing follows that it could belong to."""
    found = DANGLING.search(ours)
    if found is None:
        return False
    word = re.split(r"\W", found.group())[0].casefold()
    # Prepositions may end a clause ("what it was looking for"); an article or "and" may not.
    return word in ("the", "a", "an", "and", "or", "its", "their", "which", "than") or bool(STRANDED.search(ours))
