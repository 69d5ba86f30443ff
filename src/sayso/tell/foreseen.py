"""The sections of a brief on what is not known: rival explanations, scenarios, open questions.

They are tables, not sentences: no report says them. Every row names whose assessment it is and cites the claims that it
speaks of. A likelihood in words (ICD 203) stands only beside a probability that somebody stated, and never beside how
credible a claim is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.foresee.hypotheses.rankings import Weighed, say_order
from sayso.foresee.indicators import Firing, Indicator
from sayso.foresee.patterns import say_pattern
from sayso.foresee.questions.forecasts import Crowd, name_day
from sayso.foresee.scenarios import Outlook, Scenarios
from sayso.record import Question, Row, Section, Table
from sayso.tables import load_rows
from sayso.tell.phrases import name_day as name_moment_day
from sayso.tell.phrases import quote
from sayso.tell.scenarios import say_moment, say_origins, say_share, say_spread
from sayso.tell.tongues import _, mark, ngettext

STATES = (mark("fired"), mark("perhaps"), mark("no longer"), mark("closed"), mark("not yet"))
"""How an indicator stands."""
LIKELIHOODS = (
    mark("almost no chance"),
    mark("very unlikely"),
    mark("unlikely"),
    mark("roughly even chance"),
    mark("likely"),
    mark("very likely"),
    mark("almost certain"),
)
"""The words of the table of likelihoods."""
MOST_EVIDENCE = 8
MOST_CLAIMS = 12
LONGEST_CELL = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a ledger's analysts and readers say of what is not known: matrices weighed, sets of scenarios with how each
    stands, questions that are open with what the crowd expects."""

    matrices: tuple[Weighed, ...] = ()
    scenarios: tuple[tuple[Scenarios, tuple[Outlook, ...]], ...] = ()
    questions: tuple[tuple[Question, tuple[Crowd, ...]], ...] = ()


def tell_foreseen(foreseen: Foreseen) -> Iterator[Section]:
    """The sections of what is not known, those that have something to show."""
    told = (
        ("hypotheses", _("Rival explanations"), (t for m in foreseen.matrices for t in tell_matrix(m))),
        ("scenarios", _("What next"), (tell_scenarios(made, outlooks) for made, outlooks in foreseen.scenarios)),
        ("questions", _("Open questions"), tell_questions(foreseen.questions)),
    )
    for id, title, tables in told:
        shown = tuple(table for table in tables if table.rows)
        if shown:
            yield Section(id=id, title=title, sentences=(), tables=shown)


def tell_matrix(weighed: Weighed) -> Iterator[Table]:
    """The ranking of a matrix's hypotheses, then its evidence, the most diagnostic first."""
    matrix = weighed.matrix
    if not weighed.cells:
        return
    signed = weighed.analysts or (matrix.by,)
    yield Table(
        title=matrix.question,
        columns=(_("Rank"), _("Explanation"), _("Inconsistency"), _("Posterior")),
        rows=tuple(
            Row(
                cells=(str(v.rank), f"{v.key} {v.text}", f"{v.inconsistency:.2f}", say_share(v.posterior)),
                said=(matrix.id,),
                by=signed,
            )
            for v in weighed.verdicts
        ),
        note=say_method(weighed),
    )
    pieces = {piece.key: piece for piece in matrix.evidence}
    keys = [h.key for h in matrix.hypotheses]
    rows = []
    for tested in [t for t in weighed.tested if t.diagnosticity > 0.0][:MOST_EVIDENCE]:
        weight = weighed.weights[tested.key]
        changes = tested.without if tested.changes_without else tested.if_wrong if tested.changes_if_wrong else ()
        way = _("without it: {order}") if tested.changes_without else _("if wrong: {order}")
        decides = way.format(order=say_order(changes)) if changes else ""
        rows.append(
            Row(
                cells=(
                    tested.key,
                    *(say_cell(weighed, key, tested.key) for key in keys),
                    f"{weight.value:.2f}",
                    decides,
                    quote(pieces[tested.key].text, LONGEST_CELL),
                ),
                claims=(weight.claim,) if weight.claim else (),
                said=(matrix.id,),
                by=signed,
            )
        )
    yield Table(
        title=_("The evidence that tells most between them"),
        columns=("", *keys, _("Weight"), _("Decides"), _("Evidence")),
        rows=tuple(rows),
        note=_("CC strongly consistent, C consistent, N neither, I inconsistent, II strongly inconsistent."),
    )


def say_cell(weighed: Weighed, hypothesis: str, evidence: str) -> str:
    """One cell in letters."""
    from sayso.tell.matrices import show_cell

    return show_cell(weighed, hypothesis, evidence)


def say_method(weighed: Weighed) -> str:
    """What the figures of a ranking are, and how far the analysts are apart."""
    away = sum(weight.status != "counts" for weight in weighed.weights.values())
    told = [_("Least inconsistent first; evidence weighs what its origins and grades are worth.")]
    number = len(weighed.weights)
    if away:
        told.append(
            ngettext(
                "{number} piece of evidence, {away} of them not counted.",
                "{number} pieces of evidence, {away} of them not counted.",
                number,
                away=away,
            )
        )
    else:
        told.append(ngettext("{number} piece of evidence.", "{number} pieces of evidence.", number))
    if len(weighed.analysts) > 1:
        apart = f"{weighed.disagreement:.1f}"
        told.append(_("Analysts are {apart} apart on average, of 4 at most.", apart=apart))
    return " ".join(told)


def tell_scenarios(made: Scenarios, outlooks: Sequence[Outlook]) -> Table:
    """The table of a set's scenarios: how likely, which indicators fired, and what would change our mind."""
    return Table(
        title=made.title,
        columns=(
            _("Scenario"),
            _("Description"),
            _("Probability"),
            _("What would change our mind"),
            _("Indicators fired"),
        ),
        rows=tuple(tell_outlook(made, outlook) for outlook in outlooks),
        note=(_("One of them at most comes true.") + " " if made.exclusive else "")
        + _("An indicator fires when enough independent origins have said so."),
    )


def tell_outlook(made: Scenarios, outlook: Outlook) -> Row:
    """The row of one scenario."""
    fired = [(one, firing) for one, firing in outlook.indicators if firing.state == "fired"]
    waiting = [(one, firing) for one, firing in outlook.indicators if firing.state != "fired"]
    spread = say_spread(outlook)
    likely = name_likelihood(outlook.mean) if outlook.mean is not None else ""
    return Row(
        cells=(
            outlook.scenario.name,
            outlook.scenario.text,
            f"{spread}{f', {likely}' if likely else ''}" if spread else _("nobody has said"),
            "; ".join(say_waiting(one, firing) for one, firing in waiting) or _("no indicator is open"),
            "; ".join(say_fired(one, firing) for one, firing in fired) or _("none"),
        ),
        claims=tuple(dict.fromkeys(c for _, firing in fired for c in firing.claims))[:MOST_CLAIMS],
        said=(made.id,),
        by=tuple(dict.fromkeys(b.by for b in outlook.beliefs)) or (outlook.scenario.by,),
    )


def say_waiting(one: Indicator, firing: Firing) -> str:
    """An indicator that has not fired: which way it would move us, and how far it is."""
    so_far = ngettext(
        "{state}: {origins} of {number} independent origins so far",
        "{state}: {origins} of {number} independent origins so far",
        one.pattern.origins,
        state=_(firing.state),
        origins=say_origins(firing),
    )
    way = (
        _("likelier if “{pattern}” ({so_far})") if one.direction == "up" else _("less likely if “{pattern}” ({so_far})")
    )
    return way.format(pattern=say_pattern(one.pattern), so_far=so_far)


def say_fired(one: Indicator, firing: Firing) -> str:
    """An indicator that has fired."""
    way = _("for: “{pattern}” ({fired})") if one.direction == "up" else _("against: “{pattern}” ({fired})")
    low, high = firing.origins
    fired = (
        ngettext("{number} independent origin", "{number} independent origins", high)
        if low == high
        else ngettext("{low} to {number} independent origins", "{low} to {number} independent origins", high, low=low)
    )
    when = f", {say_moment(firing.fired)}" if firing.fired else ""
    return way.format(pattern=say_pattern(one.pattern), fired=fired + when)


def tell_questions(questions: Iterable[tuple[Question, tuple[Crowd, ...]]]) -> Iterator[Table]:
    """The table of open questions, those that close first at the top."""
    rows = [
        Row(
            cells=(
                question.text,
                name_moment_day(question.closes) if question.closes else "",
                str(max((one.forecasters for one in crowd), default=0)),
                "; ".join(say_expected(question, one) for one in crowd) or _("nobody has said"),
            ),
            said=(question.id,),
            by=(question.by,),
        )
        for question, crowd in sorted(questions, key=lambda q: (q[0].closes is None, str(q[0].closes), q[0].text))
    ]
    yield Table(
        title=_("Questions to be answered"),
        columns=(_("Question"), _("Closes"), _("Forecasters"), _("Expected (median)")),
        rows=tuple(rows),
        note=_("What forecasters together expect, each by the last forecast."),
    )


def say_expected(question: Question, crowd: Crowd) -> str:
    """What the crowd expects of a question, or of one of its options."""
    if question.kind == "date":
        return name_day(crowd.median)
    if question.kind == "number":
        return f"{crowd.median:,.6g} {question.unit}".strip()
    likely = name_likelihood(crowd.median)
    option = "" if question.kind == "yes/no" else f"{crowd.option}: "
    return f"{option}{say_share(crowd.median)}{f', {likely}' if likely else ''}"


def name_likelihood(share: float) -> str:
    """The word of ICD 203 for a probability, "" where it has none."""
    rows = ((float(r["low"]) / 100, float(r["high"]) / 100, r["word"]) for r in load_rows("likelihoods.tsv"))
    return next((_(word) for low, high, word in rows if low <= share < high or share == high == 0.99), "")
