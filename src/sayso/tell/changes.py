"""What is different: what outlets took back, and, since an earlier moment, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from sayso.record import Picture, Sentence
from sayso.tell.leads import tell_leads
from sayso.tell.phrases import quote, shorten
from sayso.tell.proofs import find_faults
from sayso.tell.sides import list_stems
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, mark
from sayso.weigh.changes import compare_pictures
from sayso.weigh.facts import CORRECTION

BEFORE = 60
"""Code points before a claim in which an outlet says that it corrects itself."""
SMALL = 3
"""Code points of words of which none says what was corrected ("It is not")."""
MOST_NEW, MOST_OF_A_KIND, LONGEST = 3, 3, 160
"""New developments, changes of one kind, and code points of a value that are told."""
SAID = {
    "corrected": mark("{by} corrected itself: it no longer says “{now}”."),
    "gone": mark("No longer counted: {about} {was}."),
    "judged": mark("{by} judged: {now} ({why})."),
    "contradiction": mark("New disagreement: {about} {was}; now also {now}."),
    "settled": mark("No longer a contradiction but {now}: {about} {was}."),
    "revision": mark("{about} {was}; then {now}."),
    "origins": mark("More say so: {about} It now has {now} independent origins; it had {was}."),
    "question": mark("New: {about} {now}."),
    "value": mark("New: {about} {now}."),
}
"""How each kind of change is told."""
NOW = (mark("same"), mark("compatible"), mark("revision"), mark("scope"), mark("unrelated"))
"""What a contradiction may turn out to be."""


def tell_corrections(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """What outlets took back of what they had printed, the latest first."""
    found = []
    for reading in picture.readings:
        for claim in reading.claims:
            before = reading.report.text[max(0, claim.start - BEFORE) : claim.end]
            told = CORRECTION.search(before) and not CORRECTION.search(claim.text)
            if told and any(len(word) > SMALL for word in list_stems(claim.text)):
                found.append((sources.published(claim.id), claim))
    for claim in (one[1] for one in sorted(found, key=lambda one: (one[0], one[1].id), reverse=True)):
        day = sources.day(sources.report(claim.id).published)
        text = _(
            "{outlet} corrected itself on {day}: it no longer says {quoted}.",
            outlet=sources.outlet(claim.id),
            day=day,
            quoted=quote(claim.text),
        )
        if not any(find_faults(text, opening=False)):
            yield Sentence(text=text, claims=(claim.id,))


def tell_changes(before: Picture, after: Picture, sources: Sources, style: str) -> Iterator[Sentence]:
    """What is different since an earlier moment: what new reports lead with, then what changed most, some of each
    kind."""
    known = {reading.report.digest for reading in before.readings}
    new = frozenset(r.report.id for r in after.readings if r.report.digest not in known)
    yield from islice(tell_leads(after, sources, style, of=new), MOST_NEW)
    told: Counter[str] = Counter()
    for change in compare_pictures(before, after):
        if not change.claims or told[change.kind] == MOST_OF_A_KIND:
            continue
        now = _(change.now) if change.kind == "settled" else change.now
        words = {"by": change.by, "about": change.about, "was": change.was, "now": now, "why": change.why}
        text = _(SAID[change.kind], **{name: shorten(word.strip(" ."), LONGEST) for name, word in words.items()})
        if not any(find_faults(text[:1].upper() + text[1:], opening=False)):
            told[change.kind] += 1
            yield Sentence(text=text[:1].upper() + text[1:], claims=change.claims)
