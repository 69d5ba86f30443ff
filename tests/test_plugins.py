"""What plugins add is used and named; what they do wrong is a line that names them, and costs nobody else anything."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sayso import plugins
from sayso.cli import app
from sayso.errors import Error
from sayso.ids import digest_report
from sayso.journey import know, read_all
from sayso.plugins import EXPORTERS, GROUPS, READERS, SIGNS, PluginError, find_plugin, list_plugins
from sayso.read import read_inputs
from sayso.read.added import read_added
from sayso.read.reports import Content
from sayso.record import Problem, Reading, Remark, Report
from sayso.share.exports import Shared, find_format
from sayso.weigh.matching import added, group_units, rate_all
from sayso.weigh.matching.signs import make_columns
from sayso.weigh.matching.units import Unit, list_units
from sayso.weigh.matching.weights import load_weights, rate_pairs, weigh_signs

EXAMPLE = Path(__file__).parents[1] / "examples" / "plugins" / "bulletin"
RUNNER = CliRunner()
BULLETINS = """---- bulletin
from: Harbour Office of Tolna
at: 2031-04-02T09:00:00+00:00
re: The lock is shut

About 40 barges are stuck at Tolna, the lock keeper, Ines Varga, said.

---- bulletin
from: The Sluice
at: 2031-04-03T09:00:00+00:00

At least 60 barges are stuck at Tolna, the police said on Thursday.

---- bulletin
from: The Ebb
"""
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """What installs packages as pip would, by hand: a module and the folder of its metadata."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    before = set(sys.modules)

    def put(name: str, points: dict[str, dict[str, str]], code: str = "", version: str = "0.1.0") -> Path:
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in some.items()) for group, some in points.items()]
        (info / "entry_points.txt").write_text("\n".join(lines))
        if code:
            (site / f"{name.replace('-', '_')}.py").write_text(code)
        plugins.list_plugins.cache_clear()
        added.load_signs.cache_clear()
        importlib.invalidate_caches()
        return info

    yield put
    for name in set(sys.modules) - before:
        if str(site) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]
    plugins.list_plugins.cache_clear()
    added.load_signs.cache_clear()


@pytest.fixture
def bulletin(install: Install) -> Path:
    """The example plugin, installed."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf8"))["project"]
    info = install(project["name"], project["entry-points"], version=project["version"])
    shutil.copy(EXAMPLE / "sayso_bulletin.py", info.parent)
    return info


def say(*words: object) -> Any:
    return RUNNER.invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


def test_the_example_reads_its_format_and_stands_in_the_record(bulletin: Path, tmp_path: Path) -> None:
    path, ledger = tmp_path / "tolna.bulletin", tmp_path / "l.db"
    path.write_text(BULLETINS)
    result = say("add", path, "--ledger", ledger)
    assert result.exit_code == 1 and "2 new, 0 known before, 1 failed" in result.stderr
    assert f"{path}:3: a bulletin without a text" in result.stderr
    rows = [json.loads(line) for line in say("read", path, "--format", "jsonl").stdout.splitlines()]
    assert [row["outlet"] for row in rows] == ["Harbour Office of Tolna", "The Sluice"]
    assert {row["reader"] for row in rows} == {"sayso-bulletin 0.1.0"}
    assert all(row["claims"] and row["raw"] for row in rows)
    assert say("verify", "--ledger", ledger).exit_code == 0


def test_files_of_its_format_are_read_in_folders_and_others_as_before(bulletin: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.bulletin").write_text(BULLETINS.rsplit(plugins_begin(), 1)[0])
    (folder / "b.md").write_text("---\noutlet: The Quay\n---\nTwo locks are shut, the mayor said.\n")
    (folder / "c.unheard").write_text("Something else entirely.")
    found = list(read_inputs([str(folder)]))
    readers = [(item.outlet, item.reader) for item in found if isinstance(item, Report)]
    tool = "sayso-bulletin 0.1.0"
    assert readers == [("Harbour Office of Tolna", tool), ("The Sluice", tool), ("The Quay", "")]
    assert [item for item in found if isinstance(item, Remark)] and not [i for i in found if isinstance(i, Problem)]


def plugins_begin() -> str:
    return "---- bulletin"


def test_without_the_plugin_its_format_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "tolna.bulletin"
    path.write_text(BULLETINS)
    assert 'a ".bulletin" file, which is not known' in say("read", path).stderr


def test_the_example_writes_its_format_and_reads_it_back(bulletin: Path, tmp_path: Path) -> None:
    path = tmp_path / "tolna.bulletin"
    path.write_text(BULLETINS)
    picture = know([item for item in read_all([str(path)]) if isinstance(item, Reading)])
    shared = Shared(picture=picture, made=datetime(2031, 4, 4, tzinfo=UTC), tool="sayso")
    format = find_format("bulletin")
    written = format.write(shared)
    again = [
        i for i in read_added(find(READERS, ".bulletin"), Content(content=written, name="x")) if isinstance(i, Report)
    ]
    assert [(r.text, r.outlet, r.published) for r in again] == [
        (r.report.text, r.report.outlet, r.report.published) for r in picture.readings
    ]
    assert format.suffix == "bulletin"


def find(group: str, name: str) -> plugins.Plugin:
    found = find_plugin(group, name)
    assert found is not None
    return found


def test_an_unknown_format_names_those_of_plugins_too(bulletin: Path) -> None:
    with pytest.raises(Error, match=r"'nothing' is no format to export to: there are .*bulletin"):
        find_format("nothing")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_by_the_example_or_refused(content: bytes) -> None:
    sys.path.insert(0, str(EXAMPLE))
    try:
        import sayso_bulletin
    finally:
        sys.path.remove(str(EXAMPLE))
    for prefix in (b"", b"---- bulletin\n", b"---- bulletin\nat: "):
        found = list(sayso_bulletin.read_bulletins(Content(content=prefix + content, name="x.bulletin")))
        assert all(isinstance(item, Report | Problem) for item in found)


BROKEN = {
    "lacking": ("import nowhere_to_be_found", "ModuleNotFoundError"),
    "ending": ("raise SystemExit(3)", "SystemExit: 3"),
    "failing": ("def read(content):\n    raise ValueError('two\\nlines')", "ValueError: two lines"),
    "giving": ("def read(content):\n    yield 'a report'", "it gave a str where a report was to be"),
    "forging": (
        "from sayso.record import Report\ndef read(content):\n    yield Report(id='x', text=7)",
        "it gave a report that is none",
    ),
    "deaf": ("def read():\n    pass", "TypeError"),
    "empty": ("x = 1", "AttributeError"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_reader_is_one_line_and_the_rest_is_read(case: str, install: Install, tmp_path: Path) -> None:
    code, says = BROKEN[case]
    install("bad-reader", {READERS: {".odd": "bad_reader:read"}}, code, version="9")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.odd").write_text("words")
    (tmp_path / "in" / "b.md").write_text("Two locks are shut, the mayor said.")
    for inputs in ([tmp_path / "in"], [tmp_path / "in" / "a.odd", tmp_path / "in" / "b.md"]):
        result = say("read", *inputs, "--format", "jsonl")
        assert (result.exit_code, result.stdout.count("\n"), result.stderr.count("\n")) == (1, 1, 1), result.stderr
        assert "reader .odd of the package bad-reader 9: " in result.stderr and says in result.stderr


def test_what_a_reader_says_of_ids_and_of_itself_counts_for_nothing(install: Install) -> None:
    code = (
        "from sayso.record import Report\ndef read(content):\n"
        "    yield Report(id='', text='It is shut.', digest='f' * 16, raw='0' * 64, reader='The Harbour')"
    )
    install("sly-reader", {READERS: {".sly": "sly_reader:read"}}, code, version="2")
    (report,) = read_added(find(READERS, ".sly"), Content(content=b"x", name="x.sly", sha256="a" * 64))
    assert isinstance(report, Report) and report.reader == "sly-reader 2" and report.raw == "a" * 64
    assert report.digest == report.id == digest_report(report)


def test_a_plugin_takes_no_format_of_ours(install: Install, tmp_path: Path) -> None:
    install("greedy", {READERS: {".md": "greedy:read", "text/html": "greedy:read"}}, "raise RuntimeError")
    (tmp_path / "a.md").write_text("Two locks are shut, the mayor said.")
    assert say("read", tmp_path / "a.md").exit_code == 0
    assert "not used: sayso reads these itself" in say("plugins").stdout


def test_two_packages_of_one_name_are_told_and_neither_is_taken(install: Install, tmp_path: Path) -> None:
    for name in ("one", "two"):
        install(name, {READERS: {".odd": f"{name}:read"}}, "def read(content): return []")
    (tmp_path / "a.odd").write_text("words")
    result = say("read", tmp_path / "a.odd")
    assert (result.exit_code, result.stderr.count("\n")) == (
        1,
        1,
    ) and "two 0.1.0 has one of that name too" in result.stderr
    assert say("plugins").stdout.count("two packages have it") == 2


def test_they_are_listed_with_their_packages_and_checked(bulletin: Path, install: Install) -> None:
    rows = {(row["kind"], row["name"]): row for row in json.loads(say("plugins", "--format", "json").stdout)}
    row = rows["reader", ".bulletin"]
    assert (row["package"], row["version"], row["folder"]) == ("sayso-bulletin", "0.1.0", str(bulletin.parent))
    assert row["state"] == "installed" and ("exporter", "bulletin") in rows
    assert "works" in say("plugins", "--check").stdout
    assert "sayso_bulletin" in sys.modules
    install("bad-sink", {plugins.ALERT_SINKS: {"pager": "bad_sink:SINK"}}, "import nowhere_to_be_found")
    assert say("plugins").exit_code == 0
    checked = say("plugins", "--check", "--format", "json")
    assert checked.exit_code == 1 and "nowhere_to_be_found" in checked.stdout


def test_what_is_listed_is_not_imported(bulletin: Path) -> None:
    sys.modules.pop("sayso_bulletin", None)
    assert say("plugins").exit_code == 0 and "sayso_bulletin" not in sys.modules


@pytest.mark.parametrize("points", ["[sayso.readers]\nno equals sign here\n", "[sayso.readers]\n\xff = \n= x\n"])
def test_broken_metadata_hides_no_other_plugin(points: str, bulletin: Path) -> None:
    info = bulletin.parent / "torn-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: torn\nVersion: 1\n")
    (info / "entry_points.txt").write_bytes(points.encode("latin-1"))
    (bulletin.parent / "nameless-1.dist-info").mkdir()
    (bulletin.parent / "nameless-1.dist-info" / "entry_points.txt").write_text("[sayso.readers]\n.x = y:z\n")
    plugins.list_plugins.cache_clear()
    assert find(READERS, ".bulletin").distribution == "sayso-bulletin"


def test_a_newer_copy_on_the_path_hides_the_older(
    bulletin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(bulletin, newer / "sayso_bulletin-0.2.0.dist-info")
    (newer / "sayso_bulletin-0.2.0.dist-info" / "METADATA").write_text("Name: sayso-bulletin\nVersion: 0.2.0\n")
    monkeypatch.syspath_prepend(str(newer))
    plugins.list_plugins.cache_clear()
    assert [p.version for p in list_plugins(EXPORTERS) if p.name == "bulletin"] == ["0.2.0"]


def test_each_kind_can_be_asked_for_and_one_that_is_not_there_is_none() -> None:
    assert all(plugins.load(group, "nobody's") is None for group in GROUPS)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("FORMAT = 3", "it leads to no Format with a writer"),
        ("{make}\nFORMAT = make(lambda shared: 1 / 0)", "ZeroDivisionError"),
        ("{make}\nFORMAT = make(lambda shared: 'words')", "it wrote a str where bytes were to be"),
    ],
)
def test_a_broken_exporter_is_one_line(code: str, says: str, install: Install) -> None:
    make = (
        "from sayso.share.exports import Format\ndef make(write):\n"
        "    return Format(name='x', title='X', suffix='x', media_type='x/x', becomes={}, writer=write)"
    )
    install("bad-exporter", {EXPORTERS: {"odd": "bad_exporter:FORMAT"}}, code.replace("{make}", make))
    shared = Shared(picture=know([]), made=datetime(2031, 4, 4, tzinfo=UTC), tool="sayso")
    with pytest.raises(PluginError, match=f"exporter odd of the package bad-exporter 0.1.0: .*{says}"):
        find_format("odd").write(shared)


SIGN = """
import numpy as np
from sayso.weigh.matching.added import AddedSign

def reckon(columns, i, j):
    return {values}

SIGN = AddedSign(reckon, {weights})
"""
STORY = Path(__file__).parents[1] / "examples" / "baltimore"


@pytest.fixture(scope="module")
def figures() -> list[Unit]:
    """The figures of some reports of a story."""
    from sayso.weigh.facts import gather_facts
    from sayso.weigh.origins import trace_origins

    names = [str(path) for path in sorted(STORY.glob("*.md"))[:4]]
    readings = tuple(item for item in read_all(names) if isinstance(item, Reading))
    facts = gather_facts(readings, *trace_origins(readings))
    return [unit for unit in list_units(facts, readings) if unit.family == "figure"]


def test_a_sign_counts_with_its_own_weights_where_the_settings_name_it(
    install: Install, figures: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = make_columns(figures)
    before = rate_all(columns)
    code = SIGN.format(values="np.ones(len(i))", weights="{'figure': [(0.5, 9.0), (None, -30.0)]}")
    install("apart", {SIGNS: {"apart": "apart:SIGN"}}, code)
    assert (rate_all(columns) == before).all(), "it is used though nobody asked for it"
    assert 'not used: signs = "apart"' in say("plugins").stdout
    monkeypatch.setenv("SAYSO_SIGNS", "apart")
    added.load_signs.cache_clear()
    likely = rate_all(columns)
    assert (likely < 0.01).all() and (before > 0.5).any()
    assert ("apart (apart 0.1.0)", 1.0, -30.0) in weigh_signs(columns, 0, 1)
    assert len(group_units(figures, 0.45)) == len(figures)
    total = load_weights()["figure"]["always"].weights[0] + sum(w for _, _, w in weigh_signs(columns, 0, 1))
    assert rate_pairs(columns, np.array([0]), np.array([1]))[0] == pytest.approx(1 / (1 + np.exp(-total)), rel=1e-3)


@pytest.mark.parametrize(
    ("values", "weights", "says"),
    [
        ("np.ones(1)", "{'figure': [(None, 1.0)]}", "it gave "),
        ("1 / 0", "{'figure': [(None, 1.0)]}", "ZeroDivisionError"),
        ("np.ones(len(i))", "{}", "its weights are none"),
        ("np.ones(len(i))", "{'names': [(None, 1.0)]}", "its weights are none"),
        ("np.ones(len(i))", "{'figure': [(1.0, 1.0), (0.5, 1.0), (None, 0.0)]}", "its weights are none"),
        ("np.ones(len(i))", "{'figure': [(1.0, 1.0)]}", "its weights are none"),
        ("np.ones(len(i))", "{'figure': [(None, float('nan'))]}", "its weights are none"),
        ("np.ones(len(i))", "{'figure': 7}", "its weights are none"),
    ],
)
def test_a_broken_sign_is_one_line_that_names_its_package(
    values: str, weights: str, says: str, install: Install, figures: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    install("bad-sign", {SIGNS: {"odd": "bad_sign:SIGN"}}, SIGN.format(values=values, weights=weights))
    monkeypatch.setenv("SAYSO_SIGNS", "odd")
    added.load_signs.cache_clear()
    with pytest.raises(PluginError, match=r"^sign odd of the package bad-sign 0\.1\.0: ") as refused:
        rate_all(make_columns(figures))
    assert says in str(refused.value) and "\n" not in str(refused.value)


def test_a_sign_that_is_named_and_not_installed_is_told(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_SIGNS", "apart, nobody")
    added.load_signs.cache_clear()
    result = say("points", STORY)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1) and "'apart'" in result.stderr
    assert say("read", next(STORY.glob("*.md"))).exit_code == 0, "what needs no sign is none the worse"


def test_starting_looks_for_no_plugins() -> None:
    code = (
        "import sys\nfrom importlib import metadata\n"
        "def refuse(*a, **k): raise SystemExit('it looked for plugins')\nmetadata.distributions = refuse\n"
        "from sayso.cli import app\nsys.argv = ['sayso', 'read', sys.argv[1]]\napp()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(next(STORY.glob("*.md")))], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
