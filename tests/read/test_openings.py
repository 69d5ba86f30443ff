import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.openings import UnreadableError, join_chunks, list_files, open_file, split_head, unpack_chunks


def test_file_in_chunks(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 200_000)
    assert b"".join(open_file(str(path))) == b"x" * 200_000


@pytest.mark.parametrize("name", ["/no/such/file.txt", "nul\0name", "x" * 5000, ""])
def test_bad_name_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match="check the path"):
        open_file(name)


def test_pipes_devices_and_circles_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name in (str(tmp_path / "pipe"), "/dev/zero", str(tmp_path / "circle")):
        with pytest.raises(UnreadableError):
            open_file(name)


def test_folder_is_listed_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden", ".git/c.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "d").symlink_to(tmp_path / "a")
    names = [str(Path(str(name)).relative_to(tmp_path)) for name in list_files(str(tmp_path))]
    assert names == ["a/1.txt", "a/2.txt", "b.txt", "c.txt"]


def test_too_much_is_refused_as_soon_as_it_shows() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1000

    with pytest.raises(UnreadableError, match="larger than"):
        join_chunks(endless(), 10_000)


def test_bombs_are_refused() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(UnreadableError, match="bomb"):
        for part in unpack_chunks(iter([bomb])):
            assert len(part) <= 70_000


@pytest.mark.parametrize("content", [b"\x1f\x8bnot gzip at all", gzip.compress(b"x" * 100, mtime=0)[:-12] + b"0" * 12])
def test_broken_gzip_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="broken"):
        list(unpack_chunks(iter([content])))


@given(st.binary(max_size=1000), st.binary(max_size=100), st.integers(1, 50))
def test_members_of_gzip_come_back(first: bytes, second: bytes, size: int) -> None:
    packed = gzip.compress(first) + gzip.compress(second)
    chunks = (packed[start : start + size] for start in range(0, len(packed), size))
    assert b"".join(unpack_chunks(chunks)) == first + second


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 3 * 65_536 + 100, 1_000_000])
def test_unpacking_loses_nothing_at_the_edges_of_chunks(size: int) -> None:
    for content in (b"x" * size, bytes(n * n % 251 for n in range(size))):
        assert b"".join(unpack_chunks(iter([gzip.compress(content)]))) == content


def test_deflate_comes_back() -> None:
    assert b"".join(unpack_chunks(iter([zlib.compress(b"dam")]), window_bits=15)) == b"dam"


@given(st.lists(st.binary(max_size=20)), st.integers(1, 50))
def test_looking_at_the_head_takes_nothing_away(chunks: list[bytes], size: int) -> None:
    head, rest = split_head(iter(chunks), size)
    whole = b"".join(chunks)
    assert whole.startswith(head) and len(head) >= min(size, len(whole))
    assert b"".join(rest) == whole
