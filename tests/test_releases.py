"""What a release is made of: the same bytes wherever it is built, and a list of its parts that holds to its schema."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "building"))
from make_release import build, digest
from parts_list import LOCK, Locked, form_parts, read_lock, walk_needs, write_parts

ROOT = Path(__file__).parents[1]
MOMENT = 1_900_000_000


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "sayso-1-py3-none-any.whl"
    path.write_bytes(b"a wheel")
    return path


def test_a_wheel_and_an_sdist_have_the_same_bytes_wherever_and_whenever_they_are_built(tmp_path: Path) -> None:
    """Of a few files of the checkout: the others are files like them."""
    light = shutil.ignore_patterns("[a-qs-z]*", "__pycache__")
    made = []
    for name, mask in (("one", 0o022), ("another/deep", 0o077)):
        before = os.umask(mask)
        try:
            shutil.copytree(
                ROOT / "src" / "sayso", tmp_path / name / "src" / "sayso", ignore=light, copy_function=shutil.copyfile
            )
            shutil.copytree(ROOT / "share", tmp_path / name / "share", copy_function=shutil.copyfile)
            (tmp_path / name / "examples").mkdir()
            (tmp_path / name / "examples" / "README.md").write_text("Examples.", "utf8")
            for file in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
                shutil.copyfile(ROOT / file, tmp_path / name / file)
            made.append(build(tmp_path / name, tmp_path / f"{Path(name).name}-dist", MOMENT))
        finally:
            os.umask(before)
    one, another = made
    assert digest(one["wheel"]) == digest(another["wheel"])
    assert digest(one["sdist"]) == digest(another["sdist"])


def test_the_list_of_parts_holds_to_the_schema_and_is_the_same_twice(wheel: Path, tmp_path: Path) -> None:
    write_parts(tmp_path / "parts.json", wheel, MOMENT)
    words = (tmp_path / "parts.json").read_text("utf8")
    assert words == form_parts(read_lock(LOCK.read_text("utf8")), wheel, MOMENT)
    told = json.loads(words)
    parts = {part["name"]: part for part in told["components"]}
    assert parts["numpy"]["scope"] == "required" and parts["typst"]["scope"] == "optional"
    assert not {"pytest", "ruff", "sphinx"} & set(parts)
    files = {part["name"] for part in told["metadata"]["component"]["components"]}
    assert {"models/reader/encoder.onnx", "tables/events.tsv"} <= files
    assert "ref" in told["dependencies"][0] and len(told["dependencies"]) == len(parts) + 1


def test_a_part_that_the_lock_lacks_is_named(wheel: Path) -> None:
    locked = {name: held for name, held in read_lock(LOCK.read_text("utf8")).items() if name != "numpy"}
    with pytest.raises(ValueError, match="numpy is not in the lock: run make lock"):
        form_parts(locked, wheel, MOMENT)


def test_a_lock_is_read_with_its_hashes_and_for_this_machine() -> None:
    one, two = "a" * 64, "b" * 64
    words = (
        f"# made by make lock\nalpha==1.0 \\\n    --hash=sha256:{one} \\\n    --hash=sha256:{two}\n"
        f"beta==2 ; python_full_version < '3' \\\n    --hash=sha256:{one}\n"
        f"beta==3 ; python_full_version >= '3' \\\n    --hash=sha256:{two}\n"
    )
    assert read_lock(words) == {"alpha": Locked("1.0", (one, two)), "beta": Locked("3", (two,))}


def test_what_an_extra_needs_is_needed_with_it_alone() -> None:
    assert "numpy" in walk_needs("sayso", ()) and "typst" not in walk_needs("sayso", ())
    assert "typst" in walk_needs("sayso", ("all",)) and "pytest" not in walk_needs("sayso", ("all",))


def test_what_is_not_committed_makes_no_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import make_release

    for words in (
        ["init", "-q"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-mx"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    monkeypatch.setattr(make_release, "ROOT", tmp_path)
    (tmp_path / "left.txt").write_text("lies about", "utf8")
    with pytest.raises(make_release.ReleaseError, match=r"left\.txt: commit it first"):
        make_release.make_release(tmp_path / "dist")
    assert not (tmp_path / "dist").exists()
