"""Whether words read as a question in plain English: what can be told from the words alone."""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 18
"""Words of a question, at most."""
FEWEST = 3
AUXILIARIES = frozenset(
    "is are was were has have had do does did will would can could may might must shall should".split()
)
MODAL = frozenset("will would can could may might must shall should do does did to".split())
"""What stands before "be"."""
ASKING = frozenset("who whom what when where why how".split())
LEADING = frozenset(
    "since until till by at from to in on with for of into over under through against among between after before "
    "during within across about".split()
)
"""What may stand before the word that asks ("since when", "by how much")."""
SUBJECT_PRONOUNS = frozenset("he she it they we i you this that these those which who".split())
DANGLING = frozenset(
    "the a an and or but nor of that which who whose than as into while if because although is are was were been be "
    "very more most some any no its their his her our my your such both either neither every each".split()
)
"""Words that no question ends with."""
STRANDED = frozenset("to at by for from with".split())
"""Prepositions that only a question on how much or what ends with ("How much did losses come to?")."""
ARTICLES = frozenset(("the", "a", "an"))
REPEATED = frozenset("had that".split())
WORD = re.compile(r"[^\s,;:]+")
COUNT = re.compile(
    r"\d.*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|(?:twen|thir|for|fif|six|seven|"
    r"eigh|nine)ty)(?:-\w+)?"
)
"""A number, which nobody asks for the number of."""
PLURAL = re.compile(r"[^\W\d_]{2,}(?<![sui])s|[^\W\d_]*(?:men|people|children)")
MARKS = re.compile(r"[\"“”«»?!;:()\[\]{}<>|*_#…\n\r\t]|\.\.| ['‘]|^['‘]|--| [-–—] | [-–/]|[-/]($| )|, ,|,$| $")


def reads_well(question: str, value: str = "") -> bool:
    """Whether a question begins as one, ends as one, has a subject, repeats no word, and does not hold the `value`
    that it asks for."""
    if not question.endswith("?") or not question[:1].isupper() or MARKS.search(question[:-1]):
        return False
    words = WORD.findall(question[:-1].casefold())
    if not FEWEST <= len(words) <= LONGEST or not opens(words) or not closes(words):
        return False
    if any((a == b and a not in REPEATED) or (a in ARTICLES and b in ARTICLES) for a, b in pairwise(words)):
        return False
    if words[1] == "many" and COUNT.fullmatch(words[2]):
        return False
    if "be" in words and not any(word in MODAL for word in words[: words.index("be")]):
        return False
    return agrees(words) and not (value and holds(words, value))


def has_verb(question: str) -> bool:
    """Whether an auxiliary stands in a question: "How many people?" has none."""
    return any(word in AUXILIARIES for word in WORD.findall(question.rstrip("?").casefold()))


def opens(words: list[str]) -> bool:
    """Whether words begin with a word that asks, or with an auxiliary and a subject that is no pronoun."""
    if words[0] in AUXILIARIES:
        return words[1] not in SUBJECT_PRONOUNS and words[1] not in AUXILIARIES
    asking = next((n for n, word in enumerate(words[:2]) if word in ASKING), None)
    if asking is None or (asking and words[0] not in LEADING):
        return False
    fronted = [n for n, word in enumerate(words[:-1]) if word in AUXILIARIES]
    return not fronted or words[asking] in ("who", "what") or words[fronted[0] + 1] not in SUBJECT_PRONOUNS


def closes(words: list[str]) -> bool:
    """Whether words do not break off."""
    if words[-1] in STRANDED:
        return words[0] in ("how", "what", "whom") and len(words) > FEWEST
    return words[-1] not in DANGLING or (words[-1] in AUXILIARIES and words[-2] in SUBJECT_PRONOUNS)


def agrees(words: list[str]) -> bool:
    """Whether no auxiliary of one stands before a plain plural ("is the lanes")."""
    for n, word in enumerate(words[:3]):
        if word in ("is", "was", "has", "does") and words[n + 1 : n + 2] in (["the"], ["these"], ["those"]):
            noun, after = words[n + 2 : n + 3], words[n + 3 : n + 4]
            return not (noun and PLURAL.fullmatch(noun[0]) and (not after or after[0].endswith(("ed", "ing", "en"))))
    return True


def holds(words: list[str], value: str) -> bool:
    """Whether a value stands in words as it is."""
    own = WORD.findall(value.casefold())
    return bool(own) and any(words[n : n + len(own)] == own for n in range(len(words) - len(own) + 1))
