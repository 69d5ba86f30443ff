"""The table of what governing words do."""

from sayso.extract.assertions.effects import CLAUSES, NOUNS
from sayso.tables import load_toml

USED = {*CLAUSES, *NOUNS, "bid", "know", "hide", "keep", "uphold", "accuse", "report", "planned"}


def test_every_class_is_one_that_is_judged() -> None:
    table = load_toml("assertions.toml")
    for part in ("verbs", "nouns", "adjectives"):
        assert set(table[part]) <= USED, part


def test_a_verb_has_one_class() -> None:
    verbs = [lemma for lemmas in load_toml("assertions.toml")["verbs"].values() for lemma in lemmas.split()]
    assert len(verbs) == len(set(verbs)), sorted({v for v in verbs if verbs.count(v) > 1})


def test_words_are_small_letters() -> None:
    for part in load_toml("assertions.toml").values():
        for lemmas in part.values():
            assert lemmas == lemmas.lower()
