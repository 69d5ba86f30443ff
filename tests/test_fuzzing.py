"""The fuzzer: every input that once was a finding holds now, and what does not hold is found, made small and kept."""

import signal
import sys
import time
import zlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from fuzzing.cases import MODULES, Case, Target, UnfitError, expect, load_target, make_case
from fuzzing.children import Answer, check_case, is_same, name_end
from fuzzing.damages import MOST_CHARACTERS, damage_bytes, damage_text
from fuzzing.rounds import CORPUS, Found, keep_case, list_corpus, open_case
from fuzzing.samples import list_samples
from fuzzing.shrinking import shrink
from fuzzing.stories import open_story

CHANCES = st.integers().map(Random)


def find_letter(case: Case) -> str:
    """A target that cannot bear an x."""
    expect(b"x" not in case.content, f"no x, but {case.content!r}", "an x")
    return case.content.decode()


LETTERS = Target(name="letters", share=1, make=lambda c: Case("a.txt", c.randbytes(3)), check=find_letter, seconds=5)


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_what_was_found_once_holds(path: Path) -> None:
    name, case = open_case(path)
    answer = check_case(load_target(name), case)
    assert not answer.fault, answer.trace
    assert not answer.unfit


@pytest.mark.parametrize("name", MODULES)
def test_a_case_is_the_same_for_the_same_numbers(name: str) -> None:
    target = load_target(name)
    assert make_case(target, 3, 17) == make_case(target, 3, 17) != make_case(target, 4, 17)


@pytest.mark.parametrize("name", MODULES)
def test_a_case_of_each_target_holds(name: str) -> None:
    target = load_target(name)
    answer = check_case(target, make_case(target, 1, 17))
    assert not answer.fault, answer.trace


def test_samples_are_the_same_on_every_day() -> None:
    made = {name: zlib.crc32(content) for name, (_, content) in list_samples().items()}
    list_samples.cache_clear()
    time.sleep(2.1)  # Of a ZIP archive's moments two seconds are the smallest part.
    assert made == {name: zlib.crc32(content) for name, (_, content) in list_samples().items()}


def test_each_sample_is_read_as_it_is() -> None:
    readers = load_target("readers")
    for file, content in list_samples().values():
        lists = file in ("a.bib", "a.ris", "a.opml")  # Lists of addresses have no report themselves.
        assert bool(readers.check(Case(file, content))) != lists, file


def test_a_fault_is_named_by_its_kind() -> None:
    answer = check_case(LETTERS, Case("a.txt", b"axe"))
    assert answer.fault == "an x: no x, but b'axe'"
    assert is_same(answer.fault, check_case(LETTERS, Case("a.txt", b"x")).fault)
    assert check_case(LETTERS, Case("a.txt", b"ok")) == Answer(told="ok", seconds=pytest.approx(0, abs=1))


def test_an_exception_is_named_by_its_place() -> None:
    def fail(case: Case) -> str:
        return {"a": "b"}[case.file]

    broken = Target(name="broken", share=1, make=LETTERS.make, check=fail, seconds=5)
    assert check_case(broken, Case("q", b"")).fault == "KeyError in test_fuzzing.py fail: 'q'"


def test_what_kills_a_child_is_named() -> None:
    assert name_end(-signal.SIGPROF, LETTERS) == "hangs: more than 5 s of CPU"
    assert name_end(-signal.SIGSEGV, LETTERS) == "died: SIGSEGV"
    assert name_end(1, LETTERS) == "died: status 1"


def test_what_fails_is_made_as_small_as_it_fails() -> None:
    assert shrink(b"some lines\nwith an x in one\nand none", lambda content: b"x" in content) == b"x"
    assert shrink("ä (b) ö".encode(), lambda content: "ä".encode() in content and b")" in content) == "ä)".encode()
    assert shrink(b"\xff\xfe\xfd", lambda content: b"\xfe" in content) == b"\xfe"


@given(st.binary(max_size=60), st.integers(0, 255))
def test_one_byte_that_fails_is_left_alone_with_its_character(content: bytes, wanted: int) -> None:
    small = shrink(content + bytes([wanted]), lambda some: wanted in some)
    assert wanted in small
    assert len(small) <= 4


def test_a_finding_is_kept_and_tried_again(tmp_path: Path) -> None:
    found = Found("readers", 7, 17, Answer("an x: no x", "its trace"), Case("a.eml", b"an axe"))
    path = keep_case(tmp_path, found)
    assert path.name == "readers.17-7.a.eml"
    assert "an x: no x" in path.with_name(path.name + ".why").read_text(encoding="utf8")
    assert open_case(path) == ("readers", Case("a.eml", b"an axe"))


def test_the_corpus_is_of_targets_and_none_is_big() -> None:
    paths = list(CORPUS.iterdir())
    assert len(paths) == sum(len(list(list_corpus(name))) for name in MODULES)
    assert all(path.stat().st_size < 20_000 for path in paths)


@given(st.binary(max_size=200), CHANCES)
def test_bytes_are_damaged_alike_by_one_chance(content: bytes, chance: Random) -> None:
    again = Random()
    again.setstate(chance.getstate())
    assert damage_bytes(content, chance) == damage_bytes(content, again)


@given(st.text(max_size=200), CHANCES)
def test_texts_are_damaged_within_bounds(text: str, chance: Random) -> None:
    assert len(damage_text(text, chance)) <= MOST_CHARACTERS


def test_what_no_ledger_would_take_in_is_no_case() -> None:
    for content in (b"no JSON\n", b"{}\n", b"[1]\n", b'{"report":{"id":"a","text":"b"},"claims":[7]}\n'):
        with pytest.raises(UnfitError):
            open_story(Case("story.jsonl", content))
