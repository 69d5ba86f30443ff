"""How the phrases of a sentence are worded in a question: nouns with what is needed to know them, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from sayso.grammar.parses import Parse, Token
from sayso.tables import load_toml

LONGEST = 12
"""Words of a phrase, at most."""
LONGEST_AFTER = 6
"""Words of what says more of a noun behind it, at most."""
LONGEST_CAPITALS = 6
"""Letters of a word in capitals; longer ones are cried out, or a place that a report was filed from."""
DEEPEST = 6
"""Phrases in phrases that are worded."""
BEFORE = frozenset(
    "det amod compound nummod nmod poss quantmod advmod predet npadvmod case neg punct preconj intj".split()
)
"""Dependents before a word that belong to its phrase."""
POINTING = {"this": "the", "that": "the", "these": "the", "those": "the", "no": "any", "neither": "either"}
"""Determiners that mean nothing, or the contrary, out of their sentence, and what stands for them."""
INDEFINITE = {
    "nobody": "anybody",
    "nothing": "anything",
    "everybody": "everybody",
    "everyone": "everyone",
    "everything": "everything",
    "somebody": "somebody",
    "someone": "someone",
    "something": "something",
    "anybody": "anybody",
    "anyone": "anyone",
}
MEASURES = frozenset(("MONEY", "PERCENT", "QUANTITY"))
OWN, THIRD = frozenset("my our your".split()), frozenset("his her its their".split())
NOUNS = frozenset(("NOUN", "PROPN"))
NAMES = frozenset(("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT"))
BODIES = frozenset(("ORG", "NORP", "GPE"))
DATES = frozenset(("DATE", "TIME"))
NUMBERS = frozenset(("CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "DATE", "TIME"))
"""Labels of names that are none."""
QUOTES = frozenset("\"“”«»''``‘’'")


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of words of ``questions.toml``."""
    return frozenset(load_toml("questions.toml")[name].split())


class UnwordedError(Exception):
    """A phrase that says nothing out of its sentence."""


@dataclass(slots=True)
class Wordings:
    """Words the phrases of one report."""

    parse: Parse
    timed: frozenset[int]
    """The tokens of the report's times."""
    names: dict[int, str]
    """Whom pronouns stand for, by where they begin."""
    known: dict[int, str] = field(default_factory=dict)
    small: frozenset[str] = field(init=False)
    """Words that the text writes in small letters."""

    def __post_init__(self) -> None:
        """Find the words in small letters."""
        self.small = frozenset(token.text for token in self.parse.tokens if token.text.islower())

    def word(self, i: int, without: int = -1) -> str:
        """The phrase of a token, "" where it cannot be understood out of its sentence; `without` the subtree of a token
        in it."""
        if without < 0 and i in self.known:
            return self.known[i]
        try:
            found = self.spell(self.keep(i, without))
        except UnwordedError:
            found = self.refer(i) if self.parse.tokens[i].pos == "PRON" else ""
        if without < 0:
            self.known[i] = found
        return found

    def opens_plainly(self, token: Token) -> bool:
        """Whether a word has its capital from the beginning of its sentence alone: the text has it small elsewhere."""
        first = self.parse.sentences[token.sentence][0]
        alone = token.ent == "" or self.parse.tokens[min(token.i + 1, len(self.parse.tokens) - 1)].ent != token.ent
        return token.i == first and alone and token.text.lower() in self.small

    def refer(self, i: int) -> str:
        """What a pronoun stands for, "" where that is not known."""
        token = self.parse.tokens[i]
        return self.names.get(token.start, "") or INDEFINITE.get(token.text.lower(), "")

    def try_keep(self, i: int) -> list[int]:
        """The tokens of a phrase that are worded, none where it says nothing out of its sentence."""
        try:
            return self.keep(i)
        except UnwordedError:
            return []

    def try_spell(self, kept: list[int]) -> str:
        """Tokens in words, "" where they mean something only where they stand."""
        try:
            return self.spell(kept)
        except UnwordedError:
            return ""

    def keep(self, i: int, without: int = -1, deep: int = 0) -> list[int]:
        """The tokens of a phrase that are worded. Raises `UnwordedError`."""
        tokens = self.parse.tokens
        token = tokens[i]
        if deep > DEEPEST or token.pos in ("PRON", "PUNCT", "SYM", "X") or token.tag in ("WDT", "WP", "WRB", "EX"):
            raise UnwordedError
        kept = [i]
        for c in token.children:
            if c == without:
                continue
            kept += self.keep_before(tokens[c], token) if c < i else self.keep_after(tokens[c], token, without, deep)
        if len(kept) > LONGEST or (max(kept) == i and self.is_hollow(token)):
            raise UnwordedError
        return sorted(kept)

    def is_hollow(self, token: Token) -> bool:
        """Whether a word says nothing without what may follow it."""
        if token.pos in ("NUM", "DET") or token.lemma in load_words("elliptic"):
            return token.ent not in MEASURES
        return token.pos == "ADJ" and token.lemma in load_words("needing")

    def keep_before(self, child: Token, head: Token) -> list[int]:
        """What is worded of a dependent before its noun."""
        if child.dep not in BEFORE or child.dep in ("neg", "intj"):
            if child.dep in ("relcl", "acl", "appos", "prep", "cc", "conj", "nsubj", "mark", "aux", "dep"):
                raise UnwordedError
            return []
        if child.dep == "punct":
            tied = is_tied(self.parse, child.i)
            if child.text in "-–—:" and not tied:  # What stands before it is a label, or where a report was filed.
                raise UnwordedError
            return [child.i] if child.text in "-–/" and tied else []
        if child.tag in ("WDT", "WP", "WP$", "WRB"):
            raise UnwordedError
        if child.dep == "advmod" and head.pos in NOUNS and self.parse.tokens[child.i + 1].text != "-":
            return []
        if not child.children:
            return [child.i]
        tokens = self.parse.tokens
        first, last = self.parse.subtree(child.i)
        if last >= head.i:
            raise UnwordedError
        return [
            n
            for n in range(first, last + 1)
            if tokens[n].pos != "PUNCT" or (tokens[n].text in "-–/" and is_tied(self.parse, n))
        ]

    def keep_after(self, child: Token, head: Token, without: int, deep: int) -> list[int]:
        """What is worded of a dependent after its word."""
        tokens = self.parse.tokens
        aboard = child.dep == "advmod" and child.text.lower() in load_words("adverbs")
        if child.dep in ("case", "prt") or aboard:
            return [child.i]
        if child.dep == "nummod":
            return [child.i] if child.i == head.i + 1 else []
        if child.dep == "punct":
            return [child.i] if child.text in "-–/" and is_tied(self.parse, child.i) else []
        if child.dep == "prep":
            return self.keep_prep(child, without, deep) if child.text.lower() == "of" or near(head, child) else []
        if child.dep == "conj" and child.pos in (*NOUNS, "ADJ") and child.pos in (head.pos, *NOUNS):
            between = [t for t in (tokens[c] for c in head.children) if t.dep == "cc" and head.i < t.i < child.i]
            return [between[-1].i, *self.keep(child.i, without, deep + 1)] if between else []
        if child.dep in ("acl", "relcl", "xcomp") and child.i > head.i:
            first, last = self.parse.subtree(child.i)
            plain = first == head.i + 1 and last - first < LONGEST_AFTER
            inside = range(first, last + 1)
            if plain and not any(is_deictic(tokens[n]) or n in self.timed for n in inside):
                return list(inside)
            if child.dep == "xcomp":
                raise UnwordedError
            return []
        if child.dep == "appos" and child.i == head.i + 1 and child.pos == "PROPN":
            return [child.i]
        return []

    def is_spare(self, prep: Token) -> bool:
        """Whether a preposition leads what a question does without; not where it is all that is said of somebody ("are
        *without* electricity")."""
        return prep.text.lower() in load_words("spare") and self.parse.tokens[prep.head].lemma != "be"

    def keep_prep(self, prep: Token, without: int = -1, deep: int = 0) -> list[int]:
        """What is worded of a preposition and its noun; nothing of one of time."""
        tokens = self.parse.tokens
        if prep.i == without or self.is_spare(prep):
            return []
        below = [tokens[c] for c in prep.children if tokens[c].dep == "pobj" and c > prep.i]
        if len(below) != 1 or below[0].i == without or below[0].i in self.timed or below[0].ent in DATES:
            return []
        try:
            kept = self.keep(below[0].i, without, deep + 1)
        except UnwordedError:
            return []
        if kept[-1] == below[0].i and below[0].lemma in load_words("leaning"):
            return []
        beside = [c for c in prep.children if tokens[c].dep == "prep" and c == prep.i + 1]  # "out of"
        return [prep.i, *beside, *kept] if len(kept) <= LONGEST_AFTER else []

    def word_prep(self, prep: Token, without: int = -1) -> str:
        """The words of a preposition and its noun, "" where it says nothing out of its sentence."""
        tokens = self.parse.tokens
        if self.is_spare(prep):
            return ""
        below = [tokens[c] for c in prep.children if tokens[c].dep == "pobj"]
        if len(below) == 1 and below[0].pos == "PRON" and below[0].i != without:
            name = self.refer(below[0].i)
            return f"{prep.text.lower()} {name}" if name else ""
        inner = [tokens[c] for c in prep.children if tokens[c].dep == "prep" and c > prep.i]
        if not below and len(inner) == 1 and inner[0].i == prep.i + 1:
            after = self.word_prep(inner[0], without)
            return f"{prep.text.lower()} {after}" if after else ""
        return self.try_spell(sorted(self.keep_prep(prep, without)))

    def spell(self, kept: list[int]) -> str:
        """Tokens in words, as they stand beside each other in the text. Raises `UnwordedError`."""
        tokens, text = self.parse.tokens, ""
        for n, i in enumerate(kept):
            token = tokens[i]
            word = token.text.lower() if self.opens_plainly(token) else lower_first(token)
            if token.tag in ("DT", "PDT"):
                word = POINTING.get(word.lower(), word)
            if (token.tag == "PRP" or token.text in QUOTES or word.lower() in UNPLACED) and token.dep != "case":
                raise UnwordedError
            if len(word) > LONGEST_CAPITALS and word.isupper():
                raise UnwordedError
            tied = n > 0 and kept[n - 1] == i - 1 and tokens[i - 1].end == token.start
            text += word if n == 0 or tied else f" {word}"
        return text


UNPLACED = OWN | load_words("pointing")
"""Words that mean something only where they are said."""


def is_deictic(token: Token) -> bool:
    """Whether a word means something only where it stands: a pronoun, a quotation mark, a bracket."""
    if token.tag in ("PRP", "PRP$", "WRB") or token.pos in ("PUNCT", "SYM"):
        return token.text not in ("-", "–")
    return False


def near(head: Token, prep: Token) -> bool:
    """Whether a preposition stands close enough behind its noun to be of its phrase."""
    return 0 < prep.i - head.i <= 3


def is_tied(parse: Parse, i: int) -> bool:
    """Whether a mark is tied to the words on both sides."""
    tokens = parse.tokens
    return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def lower_first(token: Token) -> str:
    """A word as it is written within a sentence."""
    word = token.text
    small = token.tag in ("DT", "IN", "PRP$", "PDT") or (token.tag == "NNPS" and token.ent not in NAMES)
    small = small or not is_name(token)
    return word.lower() if small and word[:1].isupper() and (word[1:].islower() or len(word) == 1) else word


def is_name(token: Token) -> bool:
    """Whether a word is part of a name."""
    return token.pos == "PROPN" or (token.ent != "" and token.ent not in NUMBERS)
