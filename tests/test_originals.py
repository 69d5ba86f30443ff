"""Models and tables are what came with sayso, or one clear line says which is not."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sayso import originals
from sayso.extract import read_report
from sayso.originals import ROOT, DamagedError, check_original, load_originals, open_original, read_original
from sayso.record import Reading, Report
from sayso.tables import load_rows, load_toml

sys.path.insert(0, str(Path(__file__).parents[1] / "building"))
from list_originals import form_list, main

TABLE, MODEL, ARRAYS = "tables/events.tsv", "models/big.onnx", "models/big.npz"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small installation: a table, a model of three megabytes, and one of arrays."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "models").mkdir()
    shutil.copy(ROOT / TABLE, tmp_path / TABLE)
    (tmp_path / MODEL).write_bytes(bytes(range(256)) * 12_000)
    np.savez(tmp_path / ARRAYS, one=np.arange(400_000), two=np.ones(3))
    monkeypatch.setattr("list_originals.ROOT", tmp_path)
    monkeypatch.setattr(originals, "ROOT", tmp_path)
    monkeypatch.setattr(originals, "LIST", tmp_path / "originals.tsv")
    assert main([], originals.LIST) == 0
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """Forget what was loaded and checked, as a new process would have it."""
    for kept in (load_originals, check_original, load_rows, load_toml):
        kept.cache_clear()


def damage(path: Path, at: int) -> None:
    """Change a byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_the_list_is_that_of_the_files() -> None:
    assert form_list() == (ROOT / "originals.tsv").read_text("utf8"), "run make originals"


def test_what_came_with_sayso_is_loaded(copy: Path) -> None:
    assert load_rows("events.tsv")
    check_original(copy / MODEL)
    with open_original(copy / ARRAYS) as raw, np.load(raw) as held:
        assert held["two"].sum() == 3


@pytest.mark.parametrize("at", [0, 1_000, -1])
def test_a_changed_table_is_refused_by_name(copy: Path, at: int) -> None:
    damage(copy / TABLE, at)
    with pytest.raises(DamagedError, match=r"tables/events\.tsv: not what came with sayso: install it again"):
        load_rows("events.tsv")


@pytest.mark.parametrize("at", [0, 1_500_000, -1])
def test_a_changed_model_is_refused_by_name(copy: Path, at: int) -> None:
    damage(copy / MODEL, at)
    with pytest.raises(DamagedError, match=r"models/big\.onnx: not what came"):
        check_original(copy / MODEL)


@pytest.mark.parametrize("at", [31, 1_500_000, -30])
def test_changed_arrays_are_refused_when_they_are_checked_or_read(copy: Path, at: int) -> None:
    damage(copy / ARRAYS, at)
    with pytest.raises(DamagedError, match=r"big\.npz"), open_original(copy / ARRAYS) as raw, np.load(raw) as held:
        _ = [held[name] for name in held.files]


def test_nothing_is_read_with_what_is_left_of_a_damaged_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Reading:
        raise DamagedError("units.tsv: not what came with sayso")

    for step in ("sayso.extract.figures.find_figures", "sayso.extract.languages.find_figures"):
        monkeypatch.setattr(step, fail)
    for text, language in (("Forty died, police said.", "en"), ("Vierzig starben, sagte die Polizei.", "de")):
        with pytest.raises(DamagedError):
            read_report(Report(id="r", text=text, language=language))


@pytest.mark.parametrize("name", [TABLE, MODEL, ARRAYS])
@pytest.mark.parametrize("left", [0, 40])
def test_a_file_that_is_cut_short_or_gone_is_refused(copy: Path, name: str, left: int) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:left])
    with pytest.raises(DamagedError, match="install"):
        check_original(copy / name)
    forget()
    (copy / name).unlink()
    with pytest.raises(DamagedError, match="No such file"):
        check_original(copy / name)


def test_what_was_put_there_is_refused(copy: Path) -> None:
    (copy / "tables" / "planted.tsv").write_text("a\tb\n1\t2\n", "utf8")
    with pytest.raises(DamagedError, match=r"planted\.tsv: not what came"):
        load_rows("planted.tsv")
    assert main(["--check"], originals.LIST) == 1


def test_files_elsewhere_are_not_looked_at(copy: Path) -> None:
    check_original(copy.parent / "own-model.onnx")


@pytest.mark.parametrize("content", ["", "path\tbytes\n", "path\tbytes\tcrc32\tsha256\na\tb\tc\td\n", "\0\n\0\x1b\n"])
def test_a_list_that_cannot_be_read_is_refused(copy: Path, content: str) -> None:
    originals.LIST.write_text(content, "utf8")
    forget()
    with pytest.raises(DamagedError, match=r"install"):
        read_original(TABLE)
