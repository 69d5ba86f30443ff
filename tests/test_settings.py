from pathlib import Path

import pytest

from sayso.settings import Settings, SettingsError, find_folder, read_settings


def test_the_ledger_is_that_of_the_environment():
    assert read_settings({}).ledger == Settings().ledger == "sayso.db"
    assert read_settings({"SAYSO_LEDGER": ""}).ledger == "sayso.db"
    assert read_settings({"SAYSO_LEDGER": "postgresql://team/story"}).ledger == "postgresql://team/story"


def test_the_gazetteer_is_that_of_the_environment_or_of_the_data_folder():
    assert read_settings({"SAYSO_GAZETTEER": "/data/g.bin"}).gazetteer == "/data/g.bin"
    assert read_settings({"SAYSO_GAZETTEER": "/data/g.bin"}).gazetteer_named
    assert read_settings({"SAYSO_GAZETTEER": "packaged"}).gazetteer == ""
    assert not read_settings({}).gazetteer_named


@pytest.mark.parametrize(
    ("system", "given", "folder"),
    [
        ("linux", {"HOME": "/home/ana"}, "/home/ana/.local/share"),
        ("linux", {"HOME": "/home/ana", "XDG_DATA_HOME": "/data"}, "/data"),
        ("darwin", {"HOME": "/Users/ana"}, "/Users/ana/Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/ana/Local"}, "/ana/Local"),
        ("win32", {"USERPROFILE": "/ana"}, "/ana/AppData/Local"),
    ],
)
def test_the_data_folder_is_that_of_the_system(system: str, given: dict[str, str], folder: str):
    assert find_folder("data", given, system) == Path(folder)


def test_settings_and_caches_have_folders_of_their_own():
    given = {"HOME": "/ana", "APPDATA": "/ana/Roaming", "LOCALAPPDATA": "/ana/Local"}
    assert find_folder("config", given, "linux") == Path("/ana/.config")
    assert find_folder("config", given, "win32") == Path("/ana/Roaming")
    assert find_folder("cache", given, "win32") == Path("/ana/Local/Cache")
    assert find_folder("cache", given, "darwin") == Path("/ana/Library/Caches")


def test_the_environment_goes_before_the_folders_file_and_that_before_the_users(tmp_path: Path):
    users, folder = tmp_path / "config" / "sayso" / "config.toml", tmp_path / "work"
    users.parent.mkdir(parents=True)
    folder.mkdir()
    users.write_text('ledger = "users.db"\nanalyst = "ana"\nworkers = 3\n')
    (folder / "sayso.toml").write_text('ledger = "folders.db"\nanalyst = ""\ngazetteer = "~/g.bin"\n')
    given = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "SAYSO_WORKERS": "2"}
    read = read_settings(given, folder)
    assert (read.ledger, read.analyst, read.workers) == ("folders.db", "ana", 2)
    assert (read.gazetteer, read.gazetteer_named) == (str(Path.home() / "g.bin"), str(folder / "sayso.toml"))
    assert read_settings(given, tmp_path).ledger == "users.db"
    assert read_settings(given | {"SAYSO_LEDGER": "mine.db"}, folder).ledger == "mine.db"


@pytest.mark.parametrize("workers", ["many", "0", "-1", "1.5", "99999"])
def test_a_variable_that_is_none_is_named(workers: str):
    with pytest.raises(SettingsError, match=r"^\$SAYSO_WORKERS: workers is"):
        read_settings({"SAYSO_WORKERS": workers})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    (tmp_path / "sayso.toml").mkdir()
    with pytest.raises(SettingsError, match=r"sayso\.toml: Is a directory"):
        read_settings({}, tmp_path)
