"""The nouns of sayso: frozen values with no work in them.

A report is read into a `Report`; extraction turns it into a `Reading`, which holds everything found in it; weighing
turns many readings into a `Picture`; telling turns a picture into a `Brief`. The words are those of the glossary in
``docs/glossary.md``.

Offsets are Unicode code points into the report's ``text``, end exclusive. Datetimes are aware and in UTC, but for
`Report.published`, which keeps the zone it was published in ("Thursday" means the day there). Intervals are half-open:
``earliest <= t < latest``.
"""

from sayso.record.briefs import Brief, Checked, Flag, Row, Section, Sentence, Table
from sayso.record.forecasts import Forecast, Match, Pattern, Question, Resolution
from sayso.record.judgements import Assessment, Judgement
from sayso.record.pictures import (
    Alteration,
    Change,
    Estimate,
    Grade,
    Happening,
    Link,
    Origin,
    Picture,
    Point,
    Position,
    Provenance,
    Relation,
    Story,
    Value,
)
from sayso.record.proposals import MODEL, Proposal
from sayso.record.readings import (
    Actor,
    Answer,
    Attribution,
    Claim,
    Figure,
    Place,
    Reading,
    Reckoned,
    Rival,
    Sighting,
    Speaker,
    Time,
)
from sayso.record.reports import Problem, Raw, Remark, Report, Span
from sayso.record.terms import (
    ActorRole,
    AnswerKind,
    Basis,
    Directness,
    Form,
    PlaceRole,
    Polarity,
    Presence,
    RelationKind,
    SpeakerKind,
    Stance,
    Stands,
    Tense,
)

__all__ = [
    "MODEL",
    "Actor",
    "ActorRole",
    "Alteration",
    "Answer",
    "AnswerKind",
    "Assessment",
    "Attribution",
    "Basis",
    "Brief",
    "Change",
    "Checked",
    "Claim",
    "Directness",
    "Estimate",
    "Figure",
    "Flag",
    "Forecast",
    "Form",
    "Grade",
    "Happening",
    "Judgement",
    "Link",
    "Match",
    "Origin",
    "Pattern",
    "Picture",
    "Place",
    "PlaceRole",
    "Point",
    "Polarity",
    "Position",
    "Presence",
    "Problem",
    "Proposal",
    "Provenance",
    "Question",
    "Raw",
    "Reading",
    "Reckoned",
    "Relation",
    "RelationKind",
    "Remark",
    "Report",
    "Resolution",
    "Rival",
    "Row",
    "Section",
    "Sentence",
    "Sighting",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Stands",
    "Story",
    "Table",
    "Tense",
    "Time",
    "Value",
]
