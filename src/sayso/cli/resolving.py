"""The commands by which questions end and readers answer: `resolve` and `poll`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso.api.asking import make_resolution, propose
from sayso.cli.assessing import At, Reason, need_signer
from sayso.cli.forecasting import (
    Asked,
    Signed,
    load_docket,
    usage,
)
from sayso.cli.options import (
    AsOf,
    LedgerOption,
    complain,
    note,
    open_chosen,
)
from sayso.cli.outputs import (
    FormatOption,
    OutputOption,
    choose_format,
    choose_table,
    open_output,
    write_output,
    write_rows,
)
from sayso.moments import tell_now
from sayso.record import Question, Resolution

EVIDENCE = ("stands", "nearness", "source", "published", "text", "report", "claim")


def resolve(
    question: Asked,
    outcome: Annotated[
        str,
        typer.Option("--outcome", metavar="OUTCOME", help="yes, no, an option, a number, a date, ambiguous or void."),
    ] = "",
    claim: Annotated[list[str] | None, typer.Option("--claim", metavar="CLAIM", help="A claim that shows it.")] = None,
    by: Signed = "",
    reason: Reason = "",
    at: At = None,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Propose how a question ends, with the claims that show it; or, with --outcome, say how it ended.

    Examples:

      sayso resolve 3f2a --as-of 2031-05-31

      sayso resolve 3f2a --outcome yes --by ana --reason "the ministry's order of 20 May"
    """
    format = choose_table(format, output)
    with open_chosen(ledger, create=False) as kept:
        docket = load_docket(kept)
        with usage("QUESTION"):
            asked = docket.find_question(question)
        if outcome:
            signer = need_signer(by)
            with usage("--outcome"):
                made = make_resolution(asked, outcome, claim or [], signer, reason, at)
            keep_resolution(kept, asked, made, docket.find_resolution(asked))
            return
        proposal = propose(kept, asked, as_of or tell_now())
    show_proposal(asked, proposal, docket.find_resolution(asked), format, output)


def keep_resolution(kept: Any, question: Question, made: Resolution, before: Resolution | None) -> None:
    """Keep how a question ended, and print the id of that."""
    from sayso.foresee.questions.bodies import body_of

    row = kept.assess("resolution", body_of(made), by=made.by, about=question.id, at=made.at)
    if before is not None:
        note(f"resolved anew: it was {before.outcome}, by {before.by} on {before.at:%Y-%m-%d}")
    sys.stdout.write(f"{row.id}\n")


def show_proposal(
    question: Question, proposal: Any, ended: Resolution | None, format: str, output: Path | None
) -> None:
    """Print what the ledger shows: for people as a few lines and a table of claims, for programs as one row."""
    from sayso.foresee.questions.resolutions import tell_changed
    from sayso.forms import to_json
    from sayso.tell.tables import print_rows

    changed = tell_changed(question, ended)
    if format in ("json", "jsonl"):
        row = {
            "question": question.id,
            "version": question.version,
            "text": question.text,
            "proposed": proposal.outcome,
            "sure": proposal.sure,
            "why": proposal.why,
            "independent_origins": {"low": proposal.independent[0], "high": proposal.independent[1]},
            "evidence": to_json(proposal.evidence),
            "resolved": to_json(ended),
            "changed_since": changed,
        }
        write_rows(output, [row], (), format)
        return
    evidence = to_json(proposal.evidence)
    with open_output(output) as out:
        if format == "table":
            low, high = proposal.independent
            count = f"{low}" if low == high else f"{low} to {high}"
            out.write(f"{question.text}\n")
            out.write(f"proposed: {proposal.outcome or 'nothing yet'} (sure: {proposal.sure}) - {proposal.why}\n")
            out.write(f"independent origins: {count}\n")
            if ended is not None:
                words = f"resolved: {ended.outcome}, by {ended.by} on {ended.at:%Y-%m-%d}"
                out.write(f"{words}{f'; {changed}' if changed else ''}\n")
            evidence = [{**row, "published": (row["published"] or "")[:16]} for row in evidence]
        print_rows(evidence, EVIDENCE, format, out)


def poll(
    question: Asked,
    output: OutputOption = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Take readers' answers in: JSON, posted forms, mails."),
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="ADDRESS", help="Where the page sends answers: https://... or mailto:you@example.org."
        ),
    ] = "",
    open_it: Annotated[bool, typer.Option("--open", help="Open the poll to readers.")] = False,
    close_it: Annotated[bool, typer.Option("--close", help="Close it.")] = False,
    by: Signed = "",
    at: At = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="Of the page: html.")] = "html",
    ledger: LedgerOption = None,
) -> None:
    """Ask readers: make a page on which they answer, and take their answers in.

    Examples:

      sayso poll 3f2a --open --to mailto:ana@example.org -o page.html

      sayso poll 3f2a --answers answers.jsonl
    """
    from sayso.foresee.questions.bodies import body_of
    from sayso.foresee.questions.forecasts import draw_line
    from sayso.foresee.questions.polls import body_of_state, read_answers, read_state, take_answers
    from sayso.tell.poll_page import parse_address, render_poll

    choose_format(format, ("html",), output)
    now = at or tell_now()
    if open_it and close_it:
        raise typer.BadParameter("open it or close it", param_hint="--close")
    with open_chosen(ledger, create=False) as kept:
        docket = load_docket(kept)
        with usage("QUESTION"):
            asked = docket.find_question(question)
        with usage("--to"):
            address = parse_address(to, asked) if to else None
        if open_it or close_it:
            kept.assess(
                "poll", body_of_state("open" if open_it else "closed"), by=need_signer(by), about=asked.id, at=now
            )
        state = read_state(kept.assessments("poll", about=asked.id))
        if answers is not None:
            try:
                content = answers.read_bytes()
            except OSError as error:
                raise typer.BadParameter(f"{answers}: {error.strerror}", param_hint="--answers") from None
            found, problems = read_answers(content, str(answers))
            given = docket.forecasts.get(asked.id, [])
            taken, refused = take_answers(asked, found, given, state, now, str(answers))
            kept.assess_all([("forecast", body_of(f), f.forecaster, asked.id, f.at) for f in taken])
            for problem in (*problems, *refused):
                complain(problem)
            note(f"{len(taken)} answers taken, {len(problems) + len(refused)} refused")
            raise typer.Exit(1 if problems or refused else 0)
        if output is None and (open_it or close_it):
            return
        line = draw_line(asked, docket.forecasts.get(asked.id, ()))
        page = render_poll(asked, docket.find_crowd(asked), state or "closed", line, address)
    write_output(output, page)
