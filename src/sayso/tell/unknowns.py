"""What the reports themselves say is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.record import Picture, Sentence
from sayso.tell.open_points import COPIED
from sayso.tell.sentences import quote_sentence, say_claim
from sayso.tell.sides import list_stems
from sayso.tell.sources import Sources
from sayso.weigh.facts import NEVER, SILENCE

UNKNOWN = re.compile(
    r"\b(unknown|unclear|not known|not clear|not yet (known|clear|be told)|could not (be |independently )?(verif\w+|"
    r"confirm\w*|say)|cannot be (verified|confirmed)|still being (examined|investigated|counted)|under investigation|"
    r"gave no (figures?|details?|reason)|no (official )?figures?|remains? to be seen|nobody (yet )?knows|"
    r"has not been (established|determined|confirmed)|yet to (say|determine|confirm))\b",
    re.IGNORECASE,
)


def tell_unknown(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """What is said to be unknown, the latest first, each once."""
    told: set[str] = set()
    bags: list[frozenset[str]] = []
    for reading in sorted(picture.readings, key=lambda r: r.report.published or NEVER, reverse=True):
        for claim in reading.claims:
            words = claim.text.casefold()
            if not UNKNOWN.search(words) or SILENCE.search(words) or words in told:
                continue
            told.add(words)
            sentence = say_claim(sources, claim.id) or quote_sentence(sources, claim.id)
            bag = list_stems(claim.text)
            again = any(len(bag & other) >= COPIED * len(bag | other) for other in bags)
            if sentence and sentence not in told and not again:
                bags.append(bag)
                told.add(sentence)
                yield Sentence(text=sentence, claims=(claim.id,))
