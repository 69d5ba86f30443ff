"""A claim as a sentence that can be sent as it stands: what is said, by whom, in which outlet, when.

Two styles: plain gives the words as reported speech with the speaker behind them ("The channel is open, the pilots'
office said"), quotes the exact words in quotation marks. What a source said of itself ("we") is always quoted, and what
is no sentence by itself is not told. What is denied is told as a denial and never in another form.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import cache

from sayso.extract.lemmas import find_lemma
from sayso.extract.stances import load_cues
from sayso.record import Attribution, Claim, Reading, Report, Span
from sayso.tell.phrases import cut_mark, name_deed, quote
from sayso.tell.proofs import find_faults
from sayso.tell.sources import Sources, borrow_name
from sayso.tell.tongues import _, in_english, mark

STYLES = ("plain", "quotes")
SAYING = {
    "asserts": mark("{said} {who} said ({credit})."),
    "reports": mark("{said} {who} said ({credit})."),
    "estimates": mark("{said} {who} estimated ({credit})."),
    "suspects": mark("{said} {who} suspected ({credit})."),
    "predicts": mark("{said} {who} predicted ({credit})."),
}
"""How the stance of a source is told behind its words. Other stances need words before them."""
FEWEST, MOST = 5, 36
"""Words of a claim that makes a sentence."""
OWN = re.compile(r"\b(?:I|we|We|our|Our|my|My|us|me|you|You|your|Your|ourselves|myself|let's|Let's)\b(?!\.)|\bI'")
SPOKEN = re.compile(
    r"\b(?i:today|tonight|tomorrow|yesterday|here|this|these|those|click|below|above|you|your|ours?|dear)\b"
    r"|\b[A-Z]{3,} [A-Z]{4,}\b|\b[A-Z]{4,} [A-Z]{3,}\b"
)
"""Words that mean the place or page where they were written, and words that shout."""
BACK = re.compile(
    r"\b(?:of (?:it|which|whom)|them|another|such(?! as)|(?:for|of|in|on|at|by|after|before|with|from) that|"
    r"that (?:day|night|evening|morning|afternoon|week|month|year|time|place)|"
    r"(?:had|has|have|got|is|was|were|are) one(?! of)|the (?:other|others|same|former|latter|rest|two)|"
    r"(?:first|second|third|last)(?= (?:over|from|because|was|is|went)\b|,)|away(?! from)|thus|therefore|hence|"
    r"though(?=,)|instead|meanwhile|however|nearby|afterwards|as such|do(?:es|ing)? so|did so|"
    r"there(?! (?:is|are|was|were|had|has|have|will|would|may|might|can|could|to be)\b))\b",
    re.IGNORECASE,
)
"""Words for what was told before."""
WITHIN = re.compile(
    r"(?<=\w), (?:and )?(?:[\w-]+ ){0,5}of (?:them|whom|which)\b"
    r"|(?<=\w), (?:among|most|many|some|all|both|none) (?:of )?them\b",
    re.IGNORECASE,
)
"""Words for what the same sentence has told: "Seven were hurt, *two of them* gravely"."""
LINKS = frozenset(
    "a an be the to of on in out for at by about make take give have has had it that with up no not".split()
)
"""Words of cues that say nothing by themselves."""
FRONTED = re.compile(r"(?:on|in|at|by|after|before|during|since|until|for|with|as|of)\b", re.IGNORECASE)
"""How a sentence opens whose first comma may stand before all that it tells."""
LISTED = re.compile(r", (?:[\w'’-]+ ){0,3}[\w'’-]+$")
"""How a claim ends that is a list up to its last member but one."""
TAIL = re.compile(r"[\"”’]*,?\s+(?:[\w.'’-]+ ){1,4}(?:said|says|say|reported|reports|told|wrote|writes)\b")
"""Who says it, where nobody has been made its speaker."""
JOINS = re.compile(
    r"[\s\"'”’)]*(?:and|but|or|while|whereas|because|since|although|though|as|when|so|"
    r"who|which|said|says|according|[a-z]+ (?:said|says|told))\b",
    re.IGNORECASE,
)
"""Words that may follow a clause that is whole; what stands before "after" or "unless" would say more than was said."""
JOINED = re.compile(
    r"\b(?:and|but|or|that|while|whereas|because|since|although|though|as|so|who|which|where|said|says)\s*$",
    re.IGNORECASE,
)
"""Words that may stand before a clause that is whole."""
PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
OPENS_MIDWAY = re.compile(
    r"(?:and|but|or|so|yet|also|then|still|however|meanwhile|because|which|who|nor|for example)\b|(?-i:[a-z])",
    re.IGNORECASE,
)
"""How what goes on from an earlier sentence opens."""
NAMELESS = re.compile(r"(?:The|An?) [\w-]+-year-old (?:[a-z-]+ )?[A-Za-z]+ [a-z]")
"""How a sentence opens on somebody whom another has named."""
LATER = re.compile(r"(?:[\w-]+ ){1,3}(?:later|earlier|afterwards|before that|after that)\b", re.IGNORECASE)
"""How a sentence opens that dates itself by the one before it."""
LIST = re.compile(r"^\W*(?:(?:\d+|\w)[.:)]+\W|[-•*–])|\*\*|[•|]|;[^;]*;|\s[–-]\s*\d")
"""Marks of what is no prose: a list, a table."""
COLON = re.compile(r":(?!\d)\s*(?P<next>[a-z]?)")
LEAST_SAID = 3
"""Words in small letters before a colon that goes on with what was said and ends no label."""


def say_claim(sources: Sources, id: str, beside: Iterable[str] = (), style: str = "plain") -> str:
    """The sentence of a claim; `beside` are claims of other reports that say the same. "" where it makes none."""
    reading, claim = sources.find(id)
    words = cut_mark(claim.text).strip(" .,;:–—-")
    told = None if claim.attribution is None else reading.attributions[claim.attribution]
    if told is not None and told.cue and all(is_act(reading, claim, cue) for cue in told.cue):
        told = None
    if not stands_alone(sources, reading, claim, words):
        return ""
    credit = sources.credit(id, beside)
    denies = told is not None and told.stance == "denies" and not told.negated
    if denies:
        who = sources.who(id)
        denied = sources.lower_first(words, reading) if in_english() else quote(words)
        sentence = (
            raise_first(_("{who} denied that {denied} ({credit}).", who=borrow_name(who), denied=denied, credit=credit))
            if who and claim.stands == "denied" and not OWN.search(words)
            else ""
        )
    elif claim.stands != "asserted" or (told is not None and (told.negated or told.stance not in SAYING)):
        sentence = ""
    else:
        sentence = say_asserted(sources, reading, claim, words, told, credit, style)
    return "" if any(find_faults(sentence)) else sentence


def say_asserted(
    sources: Sources, reading: Reading, claim: Claim, words: str, told: Attribution | None, credit: str, style: str
) -> str:
    """What somebody asserts, with who does behind it; "" where that is nobody with a name."""
    own, outlet = OWN.search(words) is not None, sources.outlet(claim.id)
    who = sources.who(claim.id) if told is not None else outlet
    if not who or who in words:
        return ""
    if own and (told is None or told.directness != "direct"):
        return ""
    said = say_quoted(words) if style == "quotes" or own or not in_english() else f"{raise_first(words)},"
    if told is None or who.casefold().removeprefix("the ") == outlet.casefold().removeprefix("the "):
        return say_reported(said, outlet, sources, reading.report)
    return _(SAYING[told.stance], said=said, who=borrow_name(who), credit=credit)


def say_quoted(words: str) -> str:
    """Exact words as they stand before who says them."""
    return _("“{words},”", words=quote(words)[1:-1])


def say_reported(said: str, outlet: str, sources: Sources, report: Report) -> str:
    """What an outlet reported in its own voice, and when."""
    if report.published is None:
        return _("{said} {outlet} reported.", said=said, outlet=outlet)
    return _("{said} {outlet} reported on {day}.", said=said, outlet=outlet, day=sources.day(report.published))


def stands_alone(sources: Sources, reading: Reading, claim: Claim, words: str) -> bool:
    """Whether the words of a claim say by themselves what they say, to a reader who has read nothing else."""
    if not claim.form or not FEWEST <= len(words.split()) <= MOST or leans(sources, words):
        return False
    if is_cut_off(reading.report.text, claim) or is_headline(reading.report.text, claim) or counts_nothing(claim):
        return False
    if any(find_faults(raise_first(words) + ".", opening=OWN.match(words) is None, english=True)):
        return False
    cues = (span for attribution in reading.attributions for span in attribution.cue)
    return not any(
        claim.start <= start and end <= claim.end and not is_act(reading, claim, (start, end)) for start, end in cues
    )


def is_act(reading: Reading, claim: Claim, cue: Span) -> bool:
    """Whether a claim holds the words by which somebody is heard in it, and these say what was done and not what was
    said: what a court has *upheld* the outlet tells."""
    start, end = cue
    words = reading.report.text[start:end].lower().split()
    lemmas = {find_lemma(word, tag) for word in words for tag in ("VBD", "VBN", "VBZ", "VBG", "NNS")}
    within = claim.start <= start and end <= claim.end
    plain = all(word.isalpha() for word in words) and not lemmas & list_speech()
    return within and plain and not LINKS.issuperset(words)  # "rumour *has it*"


@cache
def list_speech() -> frozenset[str]:
    """The verbs and nouns by which somebody says something, and what stands for them ("according")."""
    return frozenset(word for _part, cue in load_cues() for word in cue.split()) - LINKS


def leans(sources: Sources, words: str) -> bool:
    """Whether words are no prose, or speak of what was told before them, of the place where they were written or of
    another story."""
    marks = words.count('"') % 2 or words.count("“") != words.count("”") or words.endswith(("?", "!"))
    if NAMELESS.match(words):
        return True
    alone = words if FRONTED.match(words) else WITHIN.sub("", words)
    if marks or has_label(words) or BACK.search(alone) or LATER.match(words):
        return True
    if LIST.search(words) or SPOKEN.search(words):
        return True
    return speaks_of_before(words) or not sources.knows_subject(raise_first(words)) or not sources.is_of_story(words)


def has_label(words: str) -> bool:
    """Whether a colon ends a label ("Injured: 12") or begins a list, and does not go on with what a clause has said
    ("There were seven on board: the pilot and six guests")."""
    for colon in COLON.finditer(words):
        before = re.split(r"[.!?;]\s", words[: colon.start()])[-1].split()
        if not colon["next"] or sum(word[:1].islower() for word in before) < LEAST_SAID:
            return True
    return False


def is_headline(text: str, claim: Claim) -> bool:
    """Whether the sentence of a claim ends without a full stop."""
    end = claim.sentence[1] if claim.sentence else 0
    return not text[:end].rstrip("\"'”’» ").endswith((".", "!", "?"))


def counts_nothing(claim: Claim) -> bool:
    """Whether a number in a claim is of something that only another sentence names ("there had been *37* before")."""
    return any(a.kind == "figure" and not (a.unit or a.of or a.state or a.reckoned) for a in claim.answers)


def is_cut_off(text: str, claim: Claim) -> bool:
    """Whether a claim begins or ends in the middle of what its sentence says: what stands there is neither a mark nor
    a word that joins clauses."""
    before, following = text[max(0, claim.start - 40) : claim.start], text[claim.end : claim.end + 40]
    if claim.attribution is None and TAIL.match(following):
        return True
    if before.strip() and re.search(r"[^\w\s]\s*$|\n\s*$", before) is None and JOINED.search(before) is None:
        return True
    if LISTED.search(text[claim.start : claim.end]) and re.match(r",? (?:and|or) ", following):
        return True
    return re.match(r"\W*$|[\s\"'”’)\]]*[.,;:!?)–—-]", following) is None and JOINS.match(following) is None


def speaks_of_before(words: str) -> bool:
    """Whether "he" or "she" stands where nobody has been named yet."""
    found = PERSON.search(words)
    if found is None:
        return False
    return not any(word not in list_dates() for word in re.findall(r"\b[A-Z][a-z]+", words[1 : found.start()]))


@cache
def list_dates() -> frozenset[str]:
    """The names of months and of days of the week: none of them is of somebody."""
    return frozenset((*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr))


def raise_first(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def quote_sentence(sources: Sources, id: str) -> str:
    """The whole sentence that a claim stands in, quoted from its report; "" where it says nothing by itself."""
    reading, claim = sources.find(id)
    if not (words := take_sentence(sources, reading, claim)):
        return ""
    sentence = say_reported(say_quoted(words), sources.outlet(id), sources, reading.report)
    return "" if any(find_faults(sentence)) else sentence


def take_sentence(sources: Sources, reading: Reading, claim: Claim) -> str:
    """The sentence that a claim stands in, without its full stop; "" where it says nothing by itself."""
    if claim.sentence is None:
        return ""
    words = cut_mark(reading.report.text[slice(*claim.sentence)])
    plain = words.strip(" “”\"'").rstrip(".")
    if words.count("“") != words.count("”") or not words.rstrip("”\"' ").endswith("."):
        return ""
    if not FEWEST <= len(plain.split()) <= MOST or OPENS_MIDWAY.match(plain) or OWN.search(plain):
        return ""
    return "" if leans(sources, plain) or any(find_faults(plain + ".", english=True)) else plain


def quote_claim(sources: Sources, id: str) -> str:
    """The words of a claim in quotation marks with where they stand; what is denied, asked or supposed is told so."""
    reading, claim = sources.find(id)
    told = None if claim.attribution is None else reading.attributions[claim.attribution]
    done = name_deed(told) if told is not None else ""
    who = sources.who(id)
    by = f"{_(done, who=borrow_name(who))}, " if done and who else ""
    if claim.stands != "asserted" and not by:
        return ""
    sentence = f"{quote(claim.text)} ({by}{sources.outlet(id)}, {sources.day(reading.report.published)})."
    return "" if any(find_faults(sentence)) else sentence
