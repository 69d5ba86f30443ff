"""A file that is written whole is on the disk before its name is, and its name before anybody is told."""

import errno
import os
from pathlib import Path

import pytest

from sayso.files import replace_file, replace_whole, sync_folder


def watch_disk(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, bytes]]:
    """What is flushed and renamed, in order: the name of each, and what was in it."""
    done: list[tuple[str, str, bytes]] = []
    sync, rename = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        path = Path(os.path.realpath(f"/proc/self/fd/{handle}"))
        done.append(("flush", path.name, b"" if path.is_dir() else path.read_bytes()))
        sync(handle)

    def note_rename(source: Path, target: Path) -> None:
        done.append(("rename", Path(target).name, Path(source).read_bytes()))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    return done


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="how Linux names open files")
def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"what was there before")
    done = watch_disk(monkeypatch)
    with replace_whole(path) as file:
        file.write(b"forty houses")
        file.write(b" and a mill")
    (flushed, made, content), renamed, last = done
    assert (flushed, content) == ("flush", b"forty houses and a mill") and made.startswith(".sayso-")
    assert renamed == ("rename", "claims.csv", b"forty houses and a mill")
    assert last == ("flush", tmp_path.name, b"")


def test_a_disk_that_is_full_when_it_is_flushed_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"before")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"after")
    assert path.read_bytes() == b"before" and len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_flushed_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    sync_folder(tmp_path)
