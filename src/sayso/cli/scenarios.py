"""The commands of scenarios: `scenarios new`, `probability`, `indicator`, `show`, `replay` ..."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.api.assessments import know_of, load_scenarios
from sayso.cli.assessing import (
    At,
    By,
    Reason,
    need_signer,
    open_to_assess,
    parse_shares,
    refuse_clearly,
)
from sayso.cli.endings import Commands
from sayso.cli.moments import parse_begin
from sayso.cli.options import (
    Asked,
    AsOf,
    HeldAt,
    LedgerOption,
    complain,
    read_named,
    use_known,
)
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, open_output, write_rows
from sayso.moments import tell_now

if TYPE_CHECKING:
    from sayso.foresee.indicators import Lookout
    from sayso.foresee.scenarios import Outlook, Scenarios
    from sayso.record import Pattern, Picture, Problem, Reading

scenarios = typer.Typer(
    name="scenarios",
    cls=Commands,
    help="How it may go on: scenarios, their probabilities, and indicators that fire on the ledger's claims.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

LOOKING = "looking for indicators"
"""What is done to the picture, in the problem of a report that crashes it."""
SetOption = Annotated[str, typer.Option("--set", "-s", metavar="ID", help="Which set. Default: the only one there is.")]
SetArgument = Annotated[str, typer.Argument(metavar="[ID]", help="Which set. Default: the only one there is.")]


@scenarios.command()
def new(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the scenarios are about.")],
    scenario: Annotated[
        list[str], typer.Option("--scenario", "-y", metavar="WORDS", help='A scenario: "S1: Return: they come back".')
    ],
    exclusive: Annotated[bool, typer.Option("--exclusive", help="One at most can come true.")] = False,
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Describe how it may go on; prints the id of the set.

    Example:  sayso scenarios new "The strike" -y "S1: Deal: the miners get 8 %" -y "S2: Lockout" --exclusive --by ana
    """
    from sayso.foresee.scenarios import draft_scenarios

    signer, moment = need_signer(by), at
    with open_to_assess(ledger, create=True) as kept:
        body, bodies = draft_scenarios(title, scenario, exclusive=exclusive)
        root = kept.assess("scenarios", body, by=signer, at=moment)
        kept.assess_all([("scenario", one, signer, root.id, moment) for one in bodies])
    sys.stdout.write(f"{root.id}\n")


@scenarios.command()
def add(
    words: Annotated[str, typer.Argument(metavar="WORDS", help='One more: "S4: Split: half of them go back".')],
    which: SetOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Add a scenario; prints its key.

    Example:  sayso scenarios add "S4: Split: half of them go back to work"
    """
    from sayso.foresee.scenarios import draft_scenario

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        made = load_scenarios(kept, which)
        body = draft_scenario([s.key for s in made.scenarios], [s.name for s in made.scenarios], words)
        kept.assess("scenario", body, by=signer, about=made.id, at=at)
    sys.stdout.write(f"{body['key']}\n")


@scenarios.command()
def probability(
    shares: Annotated[list[str], typer.Argument(metavar="S1=0.4 ...", help="How likely each is, from 0 to 1.")],
    reason: Reason = "",
    which: SetOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """State how likely scenarios are. An analyst's later probability replaces the earlier, which is kept.

    Example:  sayso scenarios probability S1=0.5 S2=0.3 --reason "talks began" --by ana
    """
    from sayso.foresee.scenarios import draft_probabilities

    signer = need_signer(by)
    moment = at
    with open_to_assess(ledger) as kept:
        made = load_scenarios(kept, which, moment)
        body = draft_probabilities(made, parse_shares(shares, "shares"), signer, reason=reason)
        kept.assess("probability", body, by=signer, about=made.id, at=moment)


@scenarios.command()
def indicator(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The key of the scenario that it speaks of.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What reports would say, as a sentence.")] = "",
    pattern: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Instead: a pattern as JSON.", exists=True, dir_okay=False)
    ] = None,
    origins: Annotated[int | None, typer.Option(metavar="N", help="How many independent origins it takes.")] = None,
    weight: Annotated[float, typer.Option(metavar="N", help="How much it says, in doublings of the odds.")] = 1.0,
    down: Annotated[bool, typer.Option("--down", help="It speaks against the scenario.")] = False,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_begin, help="What is published since then. Default: --at."),
    ] = None,
    which: SetOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Say what would be told if a scenario came true; prints the indicator's key, and on stderr how it was understood.

    It fires once so many independent origins have said so since then.

    Example:  sayso scenarios indicator S1 "Miners return to work at Oruro, 2 independent origins" --weight 2 --by ana
    """
    from sayso.foresee.patterns import list_fields, parse_pattern
    from sayso.foresee.scenarios import draft_indicator

    signer, moment = need_signer(by), at
    if bool(words) == bool(pattern):
        raise typer.BadParameter("say in words, or with --pattern in a file, what it looks for")
    with open_to_assess(ledger) as kept:
        made = load_scenarios(kept, which)
        body = draft_indicator(
            made,
            scenario,
            words or read_json(pattern),
            weight=weight,
            direction="down" if down else "up",
            since=since,
            origins=origins,
            asked=moment or tell_now(),
        )
        kept.assess("indicator", body, by=signer, about=made.id, at=moment)
    for name, value in list_fields(parse_pattern(body["pattern"])).items():
        sys.stderr.write(f"  {name}: {value}\n")
    sys.stdout.write(f"{body['key']}\n")


@scenarios.command()
def drop(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="The key of an indicator.")],
    reason: Reason = "",
    restore: Annotated[bool, typer.Option("--restore", help="Take it in again.")] = False,
    which: SetOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Let an indicator count no more, with a reason, or again.

    Example:  sayso scenarios drop I2 --reason "it also fires on drills"
    """
    signer = need_signer(by)
    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="--reason")
    with open_to_assess(ledger) as kept:
        made = load_scenarios(kept, which)
        if indicator not in {i.key for i in made.indicators}:
            raise ValueError(f"there is no indicator {indicator}; there are {len(made.indicators)}")
        body = {"indicator": indicator, "reason": reason.strip(), "restored": restore}
        kept.assess("indicator-dropped", body, by=signer, about=made.id, at=at)


@scenarios.command()
def show(
    which: SetArgument = "",
    as_of: AsOf = None,
    held_at: HeldAt = None,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Show a set: its scenarios, what each analyst gives them, the indicators fired and open, with their claims.

    Example:  sayso scenarios show --as-of 2025-02-10
    """
    from sayso.foresee.indicators import Lookout, look_all
    from sayso.foresee.scenarios import draw_outlooks
    from sayso.journey import know_ledger
    from sayso.tell.scenarios import print_scenarios

    format = choose_table(format, output)
    with open_to_assess(ledger) as kept:
        made = load_scenarios(kept, which, as_of, held_at)

        def look_out(picture: Picture) -> tuple[Outlook, ...]:
            return draw_outlooks(made, look_all(Lookout(picture, know_of(kept, held_at)), made.indicators))

        outlooks = use_known(know_ledger(kept, as_of, held_at), look_out, LOOKING)
    for problem in made.problems:
        complain(problem)
    with open_output(output) as out:
        print_scenarios(made, outlooks, format, out)


@scenarios.command("list")
def list_all(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """List the sets of scenarios.

    Example:  sayso scenarios list
    """
    from sayso.foresee.scenarios import read_scenarios
    from sayso.forms import to_json

    format = choose_table(format, output)
    rows: list[dict[str, Any]] = []
    with open_to_assess(ledger) as kept:
        for root in kept.assessments("scenarios"):
            made = read_scenarios(root, kept.assessments(about=root.id))
            rows.append(
                {
                    "id": root.id,
                    "title": made.title,
                    "scenarios": [s.name for s in made.scenarios],
                    "indicators": sum(not i.dropped for i in made.indicators),
                    "analysts": sorted({b.by for b in made.beliefs}),
                    "by": root.by,
                    "at": to_json(root.at),
                }
            )
    write_rows(output, rows, ("id", "title", "scenarios", "indicators", "analysts", "by", "at"), format)


@scenarios.command()
def replay(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="With --words: reports. Default: the ledger's.")
    ] = None,
    indicator: Annotated[str, typer.Option("--indicator", "-i", metavar="KEY", help="Only this indicator.")] = "",
    words: Annotated[str, typer.Option("--words", metavar="WORDS", help="Instead: what reports would say.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_begin, help="Asked from then. Default: its own window."),
    ] = None,
    origins: Annotated[int | None, typer.Option(metavar="N", help="How many independent origins it takes.")] = None,
    which: SetOption = "",
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Say when indicators would have fired, moment by moment as known then, with the claims of each step.

    Examples:

      sayso scenarios replay --since 2024-10-01

      sayso scenarios replay --words "Miners return to work at Oruro, 2 independent origins" reports/
    """
    from sayso.foresee.indicators import Lookout
    from sayso.foresee.patterns import read_pattern
    from sayso.journey import know_ledger
    from sayso.tell.scenarios import print_replay

    format = choose_table(format, output)
    moment, begins = as_of, since
    if paths and not words:
        raise typer.BadParameter("reports are replayed for --words; the indicators are those of the ledger")
    problems: list[Problem] = []
    with refuse_clearly():
        if paths:
            readings, problems = read_named(Asked(paths=paths, ledger=ledger))
            patterns = {"asked": read_pattern(words)}
            known = know_readings(readings, moment)
            found = use_known(known, lambda picture: look(Lookout(picture), patterns, begins, origins), LOOKING)
        else:
            with open_to_assess(ledger) as kept:
                patterns = (
                    {"asked": read_pattern(words)} if words else choose_patterns(load_scenarios(kept, which), indicator)
                )
                known, know = know_ledger(kept, moment), know_of(kept, None)
                found = use_known(known, lambda one: look(Lookout(one, know), patterns, begins, origins), LOOKING)
    with open_output(output) as out:
        print_replay(found, format, out)
    raise typer.Exit(1 if problems else 0)


def look(lookout: Lookout, patterns: dict[str, Pattern], since: datetime | None, origins: int | None) -> dict[str, Any]:
    """Each pattern, narrowed, with how it stands and every step."""
    from sayso.foresee.scenarios import narrow_pattern

    narrowed = {key: narrow_pattern(pattern, since=since, origins=origins) for key, pattern in patterns.items()}
    return {key: (pattern, lookout.look(pattern, whole=True)) for key, pattern in narrowed.items()}


def choose_patterns(made: Scenarios, key: str) -> dict[str, Pattern]:
    """The patterns of a set's indicators that count, or of one of them."""
    if key and key not in {i.key for i in made.indicators}:
        raise ValueError(f"there is no indicator {key}; there are {len(made.indicators)}")
    return {i.key: i.pattern for i in made.indicators if (i.key == key if key else not i.dropped)}


def know_readings(readings: list[Reading], moment: datetime | None) -> Picture:
    """The picture of the readings of the reports named."""
    from sayso.journey import know

    return know(readings, as_of=moment)


def read_json(path: Path | None) -> Any:
    """The JSON value of a file. Raises ValueError."""
    import msgspec

    try:
        return msgspec.json.decode(path.read_bytes() if path else b"null")
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise ValueError(f"{path}: no JSON: {error}") from None
