"""What the grammar tells of Arabic words that are called like places: Arabic has no capitals."""

from __future__ import annotations

from sayso.extract.languages.toponyms import LONG_NAME
from sayso.extract.languages.vocabularies import Text

FUNCTION = ("prepositions", "and", "but", "that", "stop", "as", "not", "light", "pronouns", "aux")
"""Parts of the grammar whose words begin no name, though they open a sentence with a capital."""
SHADDA = "\u0651"
TANWIN = ("\u064b", "\u064b\u0627")
"""How an Arabic word ends that is an indefinite object: no name does."""


def is_adjective(text: Text, at: int) -> bool:
    """Whether a word agrees with a definite noun right before it: "الدفاعات السعودية"."""
    before, word = text.words[at - 1].forms[0] if at else "", text.words[at].forms[0]
    noun = before.startswith("ال") and len(before) > LONG_NAME
    return noun and word.startswith("ال") and word.endswith("يه")


def heads_name(text: Text, at: int) -> bool:
    """Whether a word without an article begins names of several words: son of, spring of, house of."""
    definite = any(form.startswith(("ال", "لل")) for form in text.words[at].forms)
    return not definite and text.has("places.heads", at)


def goes_on(text: Text, last: int) -> bool:
    """Whether a word follows that may belong to a name: no mark, and nothing of the grammar."""
    at = last + 1
    follows = at < len(text.words) and text.words[at].kind == "word"
    return follows and not any(text.has(f"grammar.{part}", at) for part in FUNCTION) and not text.find("cues", at)
