"""The commands of competing hypotheses: `hypotheses new`, `evidence`, `rate`, `show`, `suggest`, `history` ..."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso.api.assessments import find_root, load_matrix
from sayso.cli.assessing import At, By, Reason, need_signer, open_to_assess, parse_shares
from sayso.cli.endings import Commands
from sayso.cli.moments import parse_begin
from sayso.cli.options import (
    AsOf,
    HeldAt,
    LedgerOption,
    complain,
    use_known,
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

hypotheses = typer.Typer(
    name="hypotheses",
    cls=Commands,
    help="Weigh rival explanations against the ledger's claims (analysis of competing hypotheses).",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

MatrixOption = Annotated[
    str, typer.Option("--matrix", "-m", metavar="ID", help="Which matrix. Default: the only one there is.")
]
MatrixArgument = Annotated[str, typer.Argument(metavar="[ID]", help="Which matrix. Default: the only one there is.")]


@hypotheses.command()
def new(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What the hypotheses would explain.")],
    hypothesis: Annotated[
        list[str], typer.Option("--hypothesis", "-y", metavar="WORDS", help='An answer: "H1: They ran out of fuel".')
    ],
    prior: Annotated[
        list[str] | None, typer.Option("--prior", metavar="H1=0.4", help="Its probability before the evidence.")
    ] = None,
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Put a question with its rival answers; prints the id of its matrix.

    Example:  sayso hypotheses new "Why did the dam fail?" -y "H1: the flood" -y "H2: neglect" --by ana
    """
    from sayso.foresee.hypotheses.drafts import draft_matrix, draft_prior
    from sayso.foresee.hypotheses.matrices import Hypothesis, Matrix

    signer, moment = need_signer(by), at
    with open_to_assess(ledger, create=True) as kept:
        body, rows = draft_matrix(question, hypothesis)
        if prior:
            made = Matrix(id="", question="", hypotheses=tuple(Hypothesis(**row) for _, row in rows))
            rows = [*rows, ("prior", draft_prior(made, parse_shares(prior, "--prior")))]
        root = kept.assess("matrix", body, by=signer, at=moment)
        kept.assess_all([(kind, row, signer, root.id, moment) for kind, row in rows])
    sys.stdout.write(f"{root.id}\n")


@hypotheses.command()
def add(
    words: Annotated[str, typer.Argument(metavar="WORDS", help='One more answer: "H5: a rumour".')],
    matrix: MatrixOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Add a hypothesis; prints its key.

    Example:  sayso hypotheses add "H5: nobody looked"
    """
    from sayso.foresee.hypotheses.drafts import draft_hypothesis

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix)
        body = draft_hypothesis(found, words)
        kept.assess("hypothesis", body, by=signer, about=found.id, at=at)
    sys.stdout.write(f"{body['key']}\n")


@hypotheses.command()
def evidence(
    claim: Annotated[str, typer.Argument(metavar="[CLAIM]", help="The id of a claim of the ledger.")] = "",
    report: Annotated[str, typer.Option(metavar="ID", help="Instead: the report that holds --words.")] = "",
    words: Annotated[str, typer.Option(metavar="WORDS", help="The very words of the report.")] = "",
    text: Annotated[str, typer.Option(metavar="WORDS", help="Instead: free text, with a --reason.")] = "",
    grade: Annotated[str, typer.Option(metavar="GRADE", help="The grade of free text, such as B2.")] = "",
    key: Annotated[str, typer.Option(metavar="E1", help="What to call it. Default: the next number.")] = "",
    reason: Reason = "",
    matrix: MatrixOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Add a piece of evidence: a claim of the ledger, or free text with a reason; prints its key.

    Examples:

      sayso hypotheses evidence 3f2a91 --by ana

      sayso hypotheses evidence --text "The gates were rusted" --reason "seen on site" --grade B2
    """
    from sayso.foresee.hypotheses.drafts import Passages, draft_claim, draft_text, find_claim
    from sayso.journey import know_ledger

    signer = need_signer(by)
    if sum(map(bool, (claim, report, text))) != 1 or bool(report) != bool(words):
        raise typer.BadParameter("name a claim, or --report with --words, or --text")
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix)
        if text:
            body = draft_text(found, text, reason=reason, key=key, grade=grade)
        else:
            picture = know_ledger(kept)
            held = find_claim(picture, claim) if claim else Passages(picture).find(report, words)
            if held is None:
                raise ValueError(f"no claim of {report} holds these words: give them with --text and a --reason")
            body = draft_claim(found, *held, key=key, reason=reason)
        kept.assess("evidence", body, by=signer, about=found.id, at=at)
    sys.stdout.write(f"{body['key']}\n")


@hypotheses.command()
def drop(
    evidence: Annotated[str, typer.Argument(metavar="EVIDENCE", help="The key of a piece of evidence.")],
    reason: Reason = "",
    restore: Annotated[bool, typer.Option("--restore", help="Take it in again.")] = False,
    matrix: MatrixOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Let a piece of evidence count no more, with a reason, or again.

    Example:  sayso hypotheses drop E3 --reason "it speaks of another dam"
    """
    signer = need_signer(by)
    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="--reason")
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix)
        if evidence not in {e.key for e in found.evidence}:
            raise ValueError(f"there is no evidence {evidence}; there are {len(found.evidence)} pieces")
        body = {"evidence": evidence, "reason": reason.strip(), "restored": restore}
        kept.assess("evidence-dropped", body, by=signer, about=found.id, at=at)


@hypotheses.command()
def rate(
    hypothesis: Annotated[str, typer.Argument(metavar="HYPOTHESIS", help="H1, H2 ...")],
    evidence: Annotated[str, typer.Argument(metavar="EVIDENCE", help="E1, E2 ...")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="CC, C, N, I, II, or a likelihood ratio such as 3.5.")],
    reason: Reason = "",
    matrix: MatrixOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Say how a piece of evidence stands to a hypothesis. An analyst's later rating replaces the earlier.

    CC strongly consistent, C consistent, N neither, I inconsistent, II strongly inconsistent.

    Example:  sayso hypotheses rate H1 E3 CC --by ana
    """
    from sayso.foresee.hypotheses.drafts import draft_rating

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix)
        body = draft_rating(found, hypothesis, evidence, value, reason=reason)
        kept.assess("rating", body, by=signer, about=found.id, at=at)


@hypotheses.command()
def prior(
    shares: Annotated[list[str], typer.Argument(metavar="H1=0.4 ...", help="One for each hypothesis, summing to 1.")],
    matrix: MatrixOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """State how likely each hypothesis is before the evidence. Without any, all are equally so.

    Example:  sayso hypotheses prior H1=0.5 H2=0.3 H3=0.2 --by ana
    """
    from sayso.foresee.hypotheses.drafts import draft_prior

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix)
        body = draft_prior(found, parse_shares(shares, "shares"))
        kept.assess("prior", body, by=signer, about=found.id, at=at)


@hypotheses.command()
def ratios(
    values: Annotated[list[str], typer.Argument(metavar="CC=4 ...", help="What letters mean as likelihood ratios.")],
    matrix: MatrixOption = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Say what the letters mean as likelihood ratios. They begin at CC 4, C 2, N 1, I 0.5, II 0.25.

    Example:  sayso hypotheses ratios CC=10 II=0.1 --by ana
    """
    from sayso.foresee.hypotheses.drafts import draft_ratios

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix)
        body = draft_ratios(parse_shares(values, "values"))
        kept.assess("ratios", body, by=signer, about=found.id, at=at)


@hypotheses.command()
def show(
    matrix: MatrixArgument = "",
    only: Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help="By this analyst's ratings.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="All evidence weighs 1, as in Heuer's own count.")] = False,
    as_of: AsOf = None,
    held_at: HeldAt = None,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Show a matrix: the ranking, the weights and why, what each piece tells, which single piece decides.

    Example:  sayso hypotheses show --as-of 2025-02-10 --format json
    """
    from sayso.foresee.hypotheses.rankings import weigh_matrix
    from sayso.foresee.hypotheses.weights import Scales, make_plain
    from sayso.journey import know_ledger
    from sayso.tell.matrices import print_weighed

    format = choose_table(format, output)
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix, as_of, held_at)
        unknown = set(only or ()) - {r.by for r in found.ratings}
        if unknown:
            raise ValueError(f"{sorted(unknown)[0]} has rated nothing here")
        known = know_ledger(kept, as_of, held_at)
        weights = use_known(known, lambda picture: Scales(picture).weigh_all(found.evidence), "weighing evidence")
        weighed = weigh_matrix(found, make_plain(weights) if plain else weights, only or ())
    for problem in found.problems:
        complain(problem)
    with open_output(output) as out:
        print_weighed(weighed, format, out)


@hypotheses.command("list")
def list_all(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """List the questions that have hypotheses.

    Example:  sayso hypotheses list
    """
    from sayso.foresee.hypotheses.matrices import read_matrix
    from sayso.forms import to_json

    format = choose_table(format, output)
    rows = []
    with open_to_assess(ledger) as kept:
        for root in kept.assessments("matrix"):
            found = read_matrix(root, kept.assessments(about=root.id))
            rows.append(
                {
                    "id": root.id,
                    "question": found.question,
                    "hypotheses": len(found.hypotheses),
                    "evidence": len(found.evidence),
                    "analysts": sorted({r.by for r in found.ratings}),
                    "by": root.by,
                    "at": to_json(root.at),
                }
            )
    write_rows(output, rows, ("id", "question", "hypotheses", "evidence", "analysts", "by", "at"), format)


@hypotheses.command()
def suggest(
    matrix: MatrixArgument = "",
    since: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_begin, help="Only of reports published since then."),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 12,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Suggest claims that bear on a hypothesis and are not in the matrix yet, each with the reason.

    Example:  sayso hypotheses suggest --since 2025-02-01
    """
    from sayso.foresee.hypotheses.suggestions import suggest_evidence
    from sayso.journey import know_ledger
    from sayso.tell.matrices import SUGGESTIONS, show_suggestions

    format = choose_table(format, output)
    with open_to_assess(ledger) as kept:
        found = load_matrix(kept, matrix, as_of)
        known = know_ledger(kept, as_of)
        suggested = use_known(known, lambda one: suggest_evidence(found, one, most=most, since=since), "suggesting")
    write_rows(output, show_suggestions(suggested), SUGGESTIONS, format)


@hypotheses.command()
def history(
    matrix: MatrixArgument = "", ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None
) -> None:
    """Say how the ranking moved, and why: new evidence and ratings, retractions, other grades and origins.

    Example:  sayso hypotheses history --format json
    """
    from sayso.foresee.hypotheses.histories import replay_matrix
    from sayso.journey import know_ledger
    from sayso.tell.matrices import MOVES, show_moves

    format = choose_table(format, output)
    with open_to_assess(ledger) as kept:
        root = find_root(kept, "matrix", matrix)
        changed = [j.at for j in kept.judgements()]
        changed += [r.report.published for r in kept.readings() if r.report.published is not None]
        moves = replay_matrix(root, kept.assessments(about=root.id), lambda at: know_ledger(kept, at), changed)
    write_rows(output, show_moves(moves), MOVES, format)


@hypotheses.command("export")
def export_one(
    matrix: MatrixArgument = "",
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="json.")] = "",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Print a matrix as JSON that `import` reads.

    Example:  sayso hypotheses export -o matrix.json
    """
    from sayso.foresee.hypotheses.drafts import export_matrix
    from sayso.tell.tables import dump_row

    choose_format(format, ("json",), output)
    with open_to_assess(ledger) as kept:
        words = dump_row(export_matrix(load_matrix(kept, matrix))) + "\n"
    write_output(output, words)


@hypotheses.command("import")
def import_one(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A matrix as JSON.", exists=True, dir_okay=False)],
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Keep a matrix given as JSON: its question, hypotheses, evidence and ratings; prints its id.

    Evidence is tied to the claim of its `report` that holds its `text`; without a report it is free text.

    Example:  sayso hypotheses import matrix.json --by ana
    """
    import msgspec

    from sayso.foresee.hypotheses.drafts import draft_import
    from sayso.journey import know_ledger

    signer, moment = need_signer(by), at
    with open_to_assess(ledger) as kept:
        try:
            given = msgspec.json.decode(path.read_bytes())
        except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
            raise ValueError(f"{path}: no JSON: {error}") from None
        body, rows = draft_import(given, know_ledger(kept))
        root = kept.assess("matrix", body, by=signer, at=moment)
        kept.assess_all([(kind, row, row.pop("by", "") or signer, root.id, moment) for kind, row in rows])
    sys.stdout.write(f"{root.id}\n")
