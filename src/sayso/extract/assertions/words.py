"""Which class a governing word has: what it does to the clause that it leads to, by ``assertions.toml`` and, for words
that are not there, by its stance in ``cues.tsv``."""

from __future__ import annotations

from functools import cache

from sayso.extract.stances import load_cues
from sayso.grammar.parses import Parse, Token
from sayso.tables import load_toml

STANCES = {
    "denies": "deny",
    "declines": "keep",
    "asks": "ask",
    "orders": "plan",
    "promises": "plan",
    "predicts": "plan",
    "suspects": "suspect",
    "asserts": "say",
    "reports": "say",
    "estimates": "say",
}
"""The class of a cue of each stance."""


@cache
def load_classes(part: str) -> dict[str, str]:
    """The class of each lemma of a part of ``assertions.toml``: of a lemma in several the first."""
    found: dict[str, str] = {}
    for name, lemmas in load_toml("assertions.toml")[part].items():
        for lemma in lemmas.split():
            found.setdefault(lemma, name)
    return found


@cache
def load_phrasal() -> frozenset[str]:
    """The lemmas of verbs that have a class with a particle, each with a low line after it."""
    return frozenset(f"{lemma.split('_')[0]}_" for lemma in load_classes("verbs") if "_" in lemma)


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of words of ``assertions.toml``."""
    return frozenset(load_toml("assertions.toml")["words"][name].split())


def class_verb(parse: Parse, token: Token) -> str:
    """The class of a verb, with the particle after it ("*took back*"), "" where it has none."""
    classes = load_classes("verbs")
    known = classes.get(token.lemma)
    for c in token.children if f"{token.lemma}_" in load_phrasal() else ():
        known = classes.get(f"{token.lemma}_{parse.tokens[c].text.lower()}", known)
    if known or token.lemma in ("be", "have", "do", "go", "make", "take", "get"):
        return known or ""
    cue = load_cues().get(("verb", token.lemma))
    return STANCES[cue.stance] if cue else ""


def class_noun(token: Token) -> str:
    """The class of a noun, "" where it has none."""
    classes = load_classes("nouns")
    return classes.get(token.lemma) or classes.get(token.lemma.removesuffix("s")) or ""


def class_adjective(token: Token) -> str:
    """The class of an adjective, or of a noun that calls something so ("a *lie*"); "" where it has none."""
    classes = load_classes("adjectives")
    return classes.get(token.text.lower()) or classes.get(token.lemma) or ""


def is_report(token: Token) -> bool:
    """Whether a noun is of what is said ("the *report* that", "a *video* showing")."""
    return has_noun_class(token, "report")


def has_noun_class(token: Token, name: str) -> bool:
    """Whether a noun is of a class, whatever others it is of."""
    return bool({token.lemma, token.lemma.removesuffix("s")} & load_nouns(name))


@cache
def load_nouns(name: str) -> frozenset[str]:
    """The nouns of a class."""
    return frozenset(load_toml("assertions.toml")["nouns"][name].split())
