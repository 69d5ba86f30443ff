"""`import sayso`: what it gives, and that it takes no time."""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sayso
from sayso import api


def run(code: str) -> str:
    here = {**os.environ, "PYTHONPATH": str(Path(sayso.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=here)
    return done.stdout.strip()


def test_importing_it_imports_nothing_else() -> None:
    code = (
        "import sys, types, __future__; before = set(sys.modules); "
        "import sayso; print(*sorted(set(sys.modules) - before))"
    )
    assert run(code) == "sayso"


def test_the_interface_imports_nothing_heavy() -> None:
    code = (
        "import sys, sayso; sayso.open; print(*{'numpy', 'sqlalchemy', 'pandas', 'polars', 'typer'} & set(sys.modules))"
    )
    assert run(code) == ""


def test_its_names_are_those_of_the_interface() -> None:
    assert sayso.__all__ == api.__all__
    assert set(sayso.__all__) <= set(dir(sayso))
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)


def test_every_name_says_what_it_is() -> None:
    assert all(inspect.getdoc(getattr(api, name)) for name in api.__all__)


def test_an_unknown_name_is_no_part_of_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = sayso.reed


@pytest.mark.parametrize("before", ["", "import sayso.read; ", "from sayso.read import read_inputs; "])
def test_reading_is_a_verb_whatever_was_imported_before(before: str) -> None:
    code = f"import sayso; {before}print(len(sayso.read('Forty miners are missing, the mayor said.').claims))"
    assert run(code) == "1"


def test_the_folder_of_the_verb_is_still_a_module() -> None:
    assert (
        run("import sayso; import sayso.read.inputs as i; print(sayso.read.inputs is i, callable(sayso.read))")
        == "True True"
    )
