"""Which countries an Arabic text names, by their names or by the adjectives made of them (nisbas): "الجيش السوداني".

A nisba is no place, but it tells in which country the towns beside it lie.
"""

from __future__ import annotations

from functools import cache

from sayso.extract.languages.toponyms import fold_name, list_countries
from sayso.extract.languages.vocabularies import Text

ENDINGS = ("ي", "يه", "يين", "يون", "يتين", "يات")
"""How nisbas end: of a man, a woman, several."""
DROPPED = ("يا", "يه", "ا", "ه")
"""What a country's name loses before them: "ليبيا" and "ليبي"."""
SHORTEST = 3
"""Letters of a name that nisbas are made of, at least."""


@cache
def load_nisbas() -> dict[str, str]:
    """The countries by their folded names and nisbas, without the article."""
    found: dict[str, str] = {}
    for name, spot in list_countries("ar"):
        bare = fold_name(name).removeprefix("ال")
        if " " in bare or len(bare) < SHORTEST:
            continue
        ending = next((each for each in DROPPED if bare.endswith(each) and len(bare) - len(each) >= SHORTEST), "")
        stem = bare.removesuffix(ending)
        for form in (bare, *(stem + each for each in ENDINGS)):
            found.setdefault(form, spot.country)
    return found


def list_named_countries(text: Text) -> set[str]:
    """The countries (ISO 3166-1) that a text names or has nisbas of."""
    if text.vocabulary.language != "ar":
        return set()
    nisbas = load_nisbas()
    forms = (form.removeprefix("ال") for word in text.words for form in word.forms)
    return {nisbas[form] for form in forms if form in nisbas}
