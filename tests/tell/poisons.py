"""A brief in which strangers wrote something evil wherever they can write."""

from __future__ import annotations

from dataclasses import replace

from sayso.record import Brief, Problem, Row, Section, Table

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover='x' {{ 7*7 }} </style> \u202e \x00 \ud800"
)


def poison(brief: Brief, words: str) -> Brief:
    """The brief with the same words in every place that a report, an outlet or a source can write to."""
    picture = brief.picture
    readings = tuple(
        replace(
            reading,
            report=replace(
                reading.report, text=words + reading.report.text, title=words, outlet=words, language=words, url=words
            ),
            attributions=tuple(
                replace(a, via=(words,), stance=words, speaker=replace(a.speaker, name=words) if a.speaker else None)
                for a in reading.attributions
            ),
        )
        for reading in picture.readings
    )
    estimates = tuple(
        replace(e, source=words, question=words, unit=words, values=tuple(replace(v, text=words) for v in e.values))
        for e in picture.estimates
    )
    provenance = tuple(
        replace(p, origins=(words,), claims=tuple((claim, words) for claim, _ in p.claims)) for p in picture.provenance
    )
    positions = tuple(replace(p, stance=words) for p in picture.positions)
    sections = tuple(
        replace(s, title=words, sentences=tuple(replace(x, text=words, detail=words) for x in s.sentences))
        for s in brief.sections
    )
    sections += (replace(sections[0], id=words),)
    return replace(
        brief,
        title=words,
        sections=sections,
        picture=replace(picture, readings=readings, estimates=estimates, provenance=provenance, positions=positions),
        problems=(Problem(step="read", message=words),),
    )


def grow(brief: Brief) -> Brief:
    """The brief with a front page: its first three sections, and a table of figures in two columns."""
    rows = tuple(
        Row(cells=(estimate.question, value.text), claims=(value.claim,))
        for estimate in brief.picture.estimates
        for value in estimate.values
    )
    table = Table(title="Latest", columns=("What", "Figure"), rows=rows, note="The latest of each source.")
    figures = Section(id="figures", title="Key figures", sentences=(), tables=(table,), front=True)
    first, *others = (replace(section, front=at < 3) for at, section in enumerate(brief.sections))
    return replace(brief, sections=(first, figures, *others))
