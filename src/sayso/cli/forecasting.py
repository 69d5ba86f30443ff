"""The commands that ask: `ask`, `questions`, `forecast` and `forecasts`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.api import assessments
from sayso.api.asking import make_forecast, make_question, say_decided, say_refused
from sayso.cli.assessing import At, Reason, need_signer
from sayso.cli.moments import parse_coming_begin, parse_coming_end
from sayso.cli.options import (
    AsOf,
    LedgerOption,
    complain,
    note,
    open_chosen,
)
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_rows
from sayso.moments import tell_now
from sayso.record import Question
from sayso.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.foresee.questions.dockets import Docket
    from sayso.ledger import Ledger

MOST_LISTED = 500
"""Forecasts that a table for people lists."""

Signed = Annotated[str, typer.Option("--by", metavar="NAME", help="Whose it is. Default: $SAYSO_ANALYST.")]
Asked = Annotated[str, typer.Argument(metavar="QUESTION", help="A question's id, the beginning of one, or its words.")]


def ask(
    text: Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in words.")],
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="yes/no, choice, number or date.")] = "",
    option: Annotated[
        list[str] | None, typer.Option("--option", metavar="WORDS", help="One of a choice; again for each.")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="What a number is counted in.")] = "",
    opens: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_coming_begin, help="When forecasts are first taken. Default: now."),
    ] = None,
    closes: Annotated[
        datetime | None,
        typer.Option(
            metavar="TIME", parser=parse_coming_end, help="When they are last taken. Default: when it resolves."
        ),
    ] = None,
    resolves: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_coming_end, help="By when it is decided: 2031-05-31, in 3 weeks."),
    ] = None,
    criteria: Annotated[str, typer.Option(metavar="WORDS", help="What decides it: 'Yes if ...'.")] = "",
    source: Annotated[str, typer.Option(metavar="WORDS", help="By whose word it is decided.")] = "",
    about: Annotated[str, typer.Option(metavar="WORDS", help="The words that its reports in the ledger hold.")] = "",
    change: Annotated[
        str, typer.Option("--change", metavar="QUESTION", help="Change this one: a new version of it.")
    ] = "",
    by: Signed = "",
    at: At = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask it whatever the linter says, and look nothing up.")
    ] = False,
    lint_only: Annotated[
        bool, typer.Option("--lint-only", help="Say what is wrong with it, and keep nothing.")
    ] = False,
    format: FormatOption = "",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Ask a question about what is to come, and print its id. What would get it voided is refused.

    Example:  sayso ask "Will Peru revoke the licence of the Santa Elvira mine by 31 May 2031?" --resolves 2031-05-31
    --criteria "Yes if the mining ministry says on the record that it is revoked."
    """
    from sayso.foresee.questions.bodies import body_of
    from sayso.foresee.questions.linting import lint_question
    from sayso.foresee.questions.questions import check_question
    from sayso.ledger import LedgerError

    format = choose_table(format, output)
    name, now = ("" if lint_only else need_signer(by)), at or tell_now()
    wanted: dict[str, Any] = {
        "kind": kind or ("choice" if option else ""),
        "options": tuple(option or ()),
        "unit": unit,
        "opens": opens,
        "closes": closes,
        "resolves": resolves,
        "criteria": criteria,
        "source": source,
        "about": about,
    }
    given = {field: value for field, value in wanted.items() if value}
    where = ledger or read_settings().ledger
    with open_chosen(ledger, create=not lint_only) if not lint_only or Path(where).exists() else nullcontext() as kept:
        with usage("QUESTION"):
            before = load_docket(kept).find_question(change) if change and kept else None
            question = check_question(make_question(text, given, before, now))
        decided = say_decided(kept, question, now, note) if kept and not force else ""
        findings = lint_question(question, now=now, decided=decided)
        if lint_only:
            rows = [{"severity": f.severity, "code": f.code, "words": f.words} for f in findings]
            write_rows(output, rows, ("severity", "code", "words"), format)
            raise typer.Exit(1 if any(f.severity == "error" for f in findings) else 0)
        for finding in findings:
            note(f"{finding.severity}: {finding.words} ({finding.code})")
        if not force and any(f.severity == "error" for f in findings):
            note("not asked: mend it, or --force")
            raise typer.Exit(1)
        assert kept is not None
        try:
            made = kept.assess("question", body_of(question), by=name, about=before.id if before else "", at=now)
        except LedgerError as error:
            note(str(error))
            raise typer.Exit(1) from None
    sys.stdout.write(f"{made.about or made.id}\n")


def questions(
    ledger: LedgerOption = None, as_of: AsOf = None, format: FormatOption = "", output: OutputOption = None
) -> None:
    """List the questions, how each stands, and what the crowd expects.

    Example:  sayso questions --format json
    """
    from sayso.forms import to_json

    format = choose_table(format, output)
    with open_chosen(ledger, create=False) as kept:
        docket = load_docket(kept, as_of)
    rows = []
    for versions in docket.versions.values():
        row = to_json(docket.show_question(versions[-1], as_of or tell_now()))
        if format in ("table", "csv"):
            row |= {"crowd": say_crowd(versions[-1], row["crowd"]), "closes": (row["closes"] or "")[:10]}
        rows.append(row)
    columns = ("id", "question", "kind", "status", "closes", "forecasters", "crowd", "outcome")
    write_rows(output, rows, columns, format)


def forecast(
    question: Annotated[str, typer.Argument(metavar="[QUESTION]", help="A question's id, or its words.")] = "",
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="[0.7 | OPTION=0.2 ... | p10=3 p50=5 ...]", help="What is expected of it."),
    ] = None,
    by: Signed = "",
    reason: Reason = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Who by names: person, team, reader or model.")
    ] = "person",
    at: At = None,
    file: Annotated[Path | None, typer.Option("--from", metavar="FILE", help="Take many, from a CSV or JSON.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Say what you expect of a question. Your latest forecast counts; none is taken after the question closes.

    Examples:

      sayso forecast 3f2a 0.7 --by ana --reason "the ministry has said so twice"

      sayso forecast 9c41 north=0.2 south=0.8 --by bo

      sayso forecast 51be p10=3 p50=5 p90=12 --by team-a --kind team

      sayso forecast --from forecasts.csv
    """
    from sayso.foresee.questions.bodies import body_of

    now = at or tell_now()
    with open_chosen(ledger, create=False) as kept:
        docket = load_docket(kept)
        if file is not None:
            take_file(kept, docket, file, question, kind, now)
            return
        with usage("QUESTION"):
            asked = docket.find_question(question)
        name = need_signer(by)
        if refused := say_refused(docket, asked, now):
            note(f"not taken: {refused}")
            raise typer.Exit(1)
        with usage("FORECAST"):
            one = make_forecast(asked, values or [], by=name, kind=kind, reason=reason, now=now)
        made = kept.assess("forecast", body_of(one), by=name, about=asked.id, at=now)
    sys.stdout.write(f"{made.id}\n")


def forecasts(
    question: Annotated[
        str, typer.Argument(metavar="[QUESTION]", help="A question's id, or its words; all without.")
    ] = "",
    line: Annotated[bool, typer.Option("--line", help="What the crowd expected, day by day.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Only this forecaster's.")] = "",
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """List forecasts, or the crowd's line over time. CSV and JSON are what `sayso score` reads.

    Examples:

      sayso forecasts 3f2a --line

      sayso forecasts --format csv > forecasts.csv
    """
    from sayso.foresee.questions.forecasts import (
        SCORED,
        SCORED_NUMBERS,
        draw_line,
        is_late,
        rows_to_score,
        say_forecast,
    )
    from sayso.forms import to_json

    format = choose_table(format, output)
    with open_chosen(ledger, create=False) as kept:
        docket = load_docket(kept, as_of)
    with usage("QUESTION"):
        asked = [docket.find_question(question)] if question else [some[-1] for some in docket.versions.values()]
    wanted = by.casefold()
    of = {
        q.id: [f for f in docket.forecasts.get(q.id, ()) if not by or f.forecaster.casefold() == wanted] for q in asked
    }
    if by and not any(of.values()):
        note(f"no forecast by {by}")
        raise typer.Exit(1)
    rows: list[Any]
    if line:
        columns: Sequence[str] = ("question", "at", "option", "forecasters", "median", "mean", "low", "high")
        rows = [{"question": q.id, **to_json(crowd)} for q in asked for crowd in draw_line(q, of[q.id])]
    elif format == "table":
        columns = ("at", "forecaster", "kind", "forecast", "reason")
        rows = [
            {
                "at": f"{f.at:%Y-%m-%d %H:%M}",
                "forecaster": f.forecaster,
                "kind": f.kind,
                "forecast": say_forecast(q, f),
                "reason": f.reason,
            }
            for q in asked
            for f in of[q.id]
        ]
        if len(rows) > MOST_LISTED:
            note(f"the last {MOST_LISTED} of {len(rows)}; --format csv gives all")
            rows = rows[-MOST_LISTED:]
    else:
        columns = SCORED_NUMBERS if asked and all(q.kind in ("number", "date") for q in asked) else SCORED
        rows = [row for q in asked for row in rows_to_score(q, of[q.id], docket.find_resolution(q))]
        if late := sum(bool(is_late(q, f.at)) for q in asked for f in of[q.id]):
            note(f"{late} forecasts left out: after a change of the question they lie outside of its time")
    write_rows(output, rows, columns, format)


def take_file(kept: Ledger, docket: Docket, file: Path, question: str, kind: str, now: datetime) -> None:
    """Keep the forecasts of a file; what cannot be taken is told line by line."""
    from sayso.foresee.questions.bodies import body_of
    from sayso.foresee.questions.imports import take_forecasts

    try:
        content = file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="--from") from None
    with usage("QUESTION"):
        asked = docket.find_question(question) if question else None
    taken = take_forecasts(content, str(file), find=docket.find_question, now=now, question=asked, kind=kind)
    kept.assess_all([("forecast", body_of(f), f.forecaster, f.question, f.at) for f in taken.forecasts])
    for problem in taken.problems[:20]:
        complain(problem)
    if len(taken.problems) > 20:
        note(f"... and {len(taken.problems) - 20} more lines")
    note(f"{len(taken.forecasts)} forecasts taken, {len(taken.problems)} lines refused")
    raise typer.Exit(1 if taken.problems else 0)


def load_docket(kept: Ledger, as_of: datetime | None = None) -> Docket:
    """The questions, forecasts and resolutions of a ledger as of a moment; what cannot be read is told."""
    docket = assessments.load_docket(kept, as_of)
    for problem in docket.problems[:20]:
        complain(problem)
    return docket


def say_crowd(question: Question, crowd: Sequence[dict[str, Any]]) -> str:
    """What the crowd expects, in figures: its median for each thing."""
    from sayso.foresee.questions.forecasts import name_day

    show = name_day if question.kind == "date" else "{:.3g}".format
    return ", ".join(f"{one['option']} {show(one['median'])}".strip() for one in crowd)


@contextmanager
def usage(what: str) -> Iterator[None]:
    """Turn a ValueError into wrong usage."""
    try:
        yield
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=what) from None
