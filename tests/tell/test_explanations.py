"""One thing's whole journey, in words."""

from typer.testing import CliRunner

from sayso.cli import app
from sayso.extract import read_report
from sayso.journey import know
from sayso.record import Report
from sayso.tell.explanations import Explainer

TEXTS = (
    "Twelve people died when the dam at Lenne broke on Monday, the mayor, Ana Kral, said.",
    "The dam at Lenne broke on Monday. Ana Kral, mayor of Lenne, said that twelve people had died.",
)


def make_explainer() -> Explainer:
    reports = (Report(id=f"r{n}", text=text, outlet=f"Paper {n}") for n, text in enumerate(TEXTS))
    return Explainer(know([read_report(report) for report in reports]))


def test_a_claim_is_explained_step_by_step() -> None:
    steps = {step.name.split(":")[0]: step.lines for step in make_explainer().explain("people died")}
    assert list(steps)[:3] == ["words", "parse", "attribution"]
    assert {"who", "meaning", "origin", "answers"} <= set(steps)
    assert any("Ana Kral" in line for line in steps["attribution"])
    assert any("figure" in line for line in steps["meaning"])


def test_somebody_is_explained_by_any_name_and_a_report_by_its_id() -> None:
    explainer = make_explainer()
    assert [step.name for step in explainer.explain("ana kral")] == ["who: Ana Kral"]
    assert [step.name for step in explainer.explain("r1")] == ["origin", "claims"]
    assert explainer.explain("no such thing") == []


def test_the_command_says_when_nothing_is_found(tmp_path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXTS[0], "utf8")
    told = CliRunner().invoke(app, ["explain", "dam at Lenne", str(path)])
    assert told.exit_code == 0
    assert told.stdout.startswith("words\n")
    assert CliRunner().invoke(app, ["explain", "nothing like it", str(path)]).exit_code == 1
