"""The settings of a run: the one place where the environment and settings files are read. Everything below gets them as
arguments.

A setting is looked for in the environment (``SAYSO_LEDGER``), then in `sayso.toml` of the working folder, then in the
user's own file (``~/.config/sayso/config.toml``), each for itself. Options go before all of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.errors import Error

LEDGER = "sayso.db"
"""The ledger that commands use when none is named: this file in the working folder."""

FILE = "sayso.toml"
"""The settings file of a working folder."""
USERS_FILE = Path("sayso", "config.toml")
"""Where the user's own settings file lies in the folder of settings."""
KEYS = Path("sayso", "keys")
"""Where the user's private keys lie in the same folder."""
LARGEST_FILE = 1 << 20
"""Bytes of a settings file."""
VARIABLES = {
    "ledger": "SAYSO_LEDGER",
    "workers": "SAYSO_WORKERS",
    "gazetteer": "SAYSO_GAZETTEER",
    "analyst": "SAYSO_ANALYST",
    "cluster": "RAY_ADDRESS",
    "signs": "SAYSO_SIGNS",
    "oidc_issuer": "SAYSO_OIDC_ISSUER",
    "oidc_client": "SAYSO_OIDC_CLIENT",
    "oidc_secret": "SAYSO_OIDC_SECRET",
    "oidc_roles": "SAYSO_OIDC_ROLES",
    "oidc_newcomers": "SAYSO_OIDC_NEWCOMERS",
    "model_url": "SAYSO_MODEL_URL",
    "model": "SAYSO_MODEL",
    "model_key": "SAYSO_MODEL_KEY",
    "model_calls": "SAYSO_MODEL_CALLS",
    "model_tokens": "SAYSO_MODEL_TOKENS",
    "model_seconds": "SAYSO_MODEL_SECONDS",
    "limit_memory": "SAYSO_LIMIT_MEMORY",
    "limit_seconds": "SAYSO_LIMIT_SECONDS",
}
"""Each setting, by its name in a file, with the variable of the environment that says the same."""
SECRETS = frozenset({"oidc_secret", "model_key"})
"""Settings of the environment alone: a file is copied, shared and kept."""
OWN = frozenset({"model_url", "limit_memory", "limit_seconds"})
"""Settings that no file of a working folder has: with a folder from a stranger, reports and a key would go to him, and
what he sends would be read without limits."""
COUNTS = {
    "workers": (1024, 0),
    "model_calls": (100_000, 60),
    "model_tokens": (100_000_000, 100_000),
    "model_seconds": (86_400, 300),
    "limit_memory": (1_000_000, 260),
    "limit_seconds": (86_400, 12),
}
COUNTED = {"workers": "processes", "limit_memory": "megabytes", "limit_seconds": "seconds"}
"""What such a number counts, where its name does not end in that."""
"""Settings that are whole numbers: the most that each may be, and what it is where nothing is said (0: it depends)."""

GAZETTEER = Path("sayso", "gazetteer.bin")
"""Where an imported gazetteer lies in the user's data folder."""

PACKAGED = "packaged"
"""The value of `gazetteer` for the one that comes with sayso, whatever has been imported."""

FOLDERS = {
    "linux": {
        "data": ("XDG_DATA_HOME", ".local/share"),
        "config": ("XDG_CONFIG_HOME", ".config"),
        "cache": ("XDG_CACHE_HOME", ".cache"),
    },
    "darwin": {
        "data": ("", "Library/Application Support"),
        "config": ("", "Library/Application Support"),
        "cache": ("", "Library/Caches"),
    },
    "win32": {
        "data": ("LOCALAPPDATA", "AppData/Local"),
        "config": ("APPDATA", "AppData/Roaming"),
        "cache": ("LOCALAPPDATA", "AppData/Local"),
    },
}
"""The user's folders of each system: the variable that names one, and where it lies in the home folder else."""

Said = tuple[Any, str]
"""The value of a setting, and what says so: a file, or a variable with a dollar."""


class SettingsError(Error):
    """A setting that is none. The message is one line: what says it, and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment and the settings files say. `ledger` is a file path or a database URL, `workers` the number
    of processes that read reports (unless told, one a core).

    `gazetteer` is where an imported gazetteer lies, if there is one (unless told, a file in the user's data folder); ""
    for the one that comes with sayso. `gazetteer_named` is what names it, "" where nothing does. `analyst` is whose
    name judgements bear. `cluster` is the address of the Ray cluster that reads where that is asked for, by the
    variable that Ray's own programs go by; "" for one that is started on this machine. `signs` are the names of the
    plugins' signs that answers are matched by, too. `cache` is the folder of what can be made again at any time, `data`
    that of what cannot, `keys` that of the user's private keys.

    `oidc_issuer`, `oidc_client` and `oidc_secret` say by whom the desk has people log in (OpenID Connect), `oidc_roles`
    which of the issuer's groups has which role ("news=analyst, it=admin"), `oidc_newcomers` the role of who has no
    account and is in none of these ("" for none: they are refused).

    `model_url`, `model` and `model_key` are the address, name and key of a language model, "" for none; `model_calls`,
    `model_tokens` and `model_seconds` are what it may be asked in one run.

    `limit_memory` and `limit_seconds` are the megabytes and the seconds of computing that reading one input may take.
    """

    ledger: str = LEDGER
    workers: int = 1
    gazetteer: str = ""
    gazetteer_named: str = ""
    analyst: str = ""
    cluster: str = ""
    signs: tuple[str, ...] = ()
    cache: Path = Path()
    data: Path = Path()
    keys: Path = Path()
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""
    oidc_roles: str = ""
    oidc_newcomers: str = ""
    model_url: str = ""
    model: str = ""
    model_key: str = field(default="", repr=False)
    model_calls: int = COUNTS["model_calls"][1]
    model_tokens: int = COUNTS["model_tokens"][1]
    model_seconds: int = COUNTS["model_seconds"][1]
    limit_memory: int = COUNTS["limit_memory"][1]
    limit_seconds: int = COUNTS["limit_seconds"][1]


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings of an environment, that of this process if none is given, and of a working folder. An empty variable
    counts as unset. Raises `SettingsError`."""
    given = os.environ if environment is None else environment
    said = {
        **read_file(find_folder("config", given) / USERS_FILE),
        **read_file((folder or Path()) / FILE, refused=OWN),
        **{name: (given[variable], f"${variable}") for name, variable in VARIABLES.items() if given.get(variable)},
    }
    gazetteer = read_place(said.get("gazetteer"))
    return Settings(
        ledger=read_place(said.get("ledger")) or LEDGER,
        workers=read_count("workers", said) or os.cpu_count() or 1,
        gazetteer="" if gazetteer == PACKAGED else gazetteer or str(find_folder("data", given) / GAZETTEER),
        gazetteer_named=said["gazetteer"][1] if gazetteer else "",
        analyst=str(said.get("analyst", ("",))[0]).strip(),
        cluster=str(said.get("cluster", ("",))[0]).strip(),
        signs=tuple(filter(None, map(str.strip, str(said.get("signs", ("",))[0]).split(",")))),
        cache=find_folder("cache", given) / "sayso",
        data=find_folder("data", given) / "sayso",
        keys=find_folder("config", given) / KEYS,
        model_calls=read_count("model_calls", said),
        model_tokens=read_count("model_tokens", said),
        model_seconds=read_count("model_seconds", said),
        limit_memory=read_count("limit_memory", said),
        limit_seconds=read_count("limit_seconds", said),
        **{name: str(said.get(name, ("",))[0]).strip() for name in VARIABLES if name.startswith("oidc_")},
        **{name: str(said.get(name, ("",))[0]).strip() for name in ("model_url", "model", "model_key")},
    )


def read_secret(variable: str, environment: Mapping[str, str] | None = None) -> str:
    """What a variable of the environment that a list of feeds names holds: a password, which no file need have. Raises
    `SettingsError` where it is not set."""
    said = (os.environ if environment is None else environment).get(variable, "")
    if not said:
        raise SettingsError(f"${variable} is not set, and was to hold a password")
    return said


def read_file(path: Path, refused: frozenset[str] = frozenset()) -> dict[str, Said]:
    """The settings of a file, of which there need be none, without any that are `refused`. Raises `SettingsError`."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from None
    import tomllib

    try:
        table = tomllib.loads(content[:LARGEST_FILE].decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: no settings file: {' '.join(str(error).split())}") from None
    for name, value in table.items():
        if name not in VARIABLES:
            raise SettingsError(f"{path}: there is no setting {name}; there are {', '.join(VARIABLES)}")
        if name in SECRETS:
            raise SettingsError(f"{path}: {name} is kept in no file: set ${VARIABLES[name]}")
        if name in refused:
            raise SettingsError(
                f"{path}: {name} is kept in no folder: set ${VARIABLES[name]}, or your own settings file"
            )
        if isinstance(value, bool) or not isinstance(value, int if name in COUNTS else str):
            wanted = "a whole number" if name in COUNTS else "words in quotation marks"
            raise SettingsError(f"{path}: {name} is {value!r}: write {wanted}")
    return {name: (value, str(path)) for name, value in table.items() if value != ""}


def read_count(name: str, settings: Mapping[str, Said]) -> int:
    """A setting of `COUNTS`; what it is by itself where nothing is said. Raises `SettingsError`."""
    most, otherwise = COUNTS[name]
    if name not in settings:
        return otherwise
    value, said_by = settings[name]
    words, of_what = str(value).strip(), COUNTED.get(name, name.removeprefix("model_"))
    if not words.isdecimal() or not 0 < int(words) <= most:
        raise SettingsError(f"{said_by}: {name} is {value!r}: write how many {of_what}, from 1 to {most}")
    return int(words)


def read_place(said: Said | None) -> str:
    """A path or an address, "~" being the user's home; "" where nothing is said."""
    return os.path.expanduser(str(said[0])) if said else ""  # noqa: PTH111 (never raises)


def find_folder(kind: str, given: Mapping[str, str], system: str = sys.platform) -> Path:
    """The user's folder for data, for settings (config) or for what a program can make again (cache): that of the XDG
    Base Directory Specification, and its counterparts on macOS and Windows."""
    home = given.get("HOME") or given.get("USERPROFILE") or os.path.expanduser("~")  # noqa: PTH111 (never raises)
    variable, otherwise = FOLDERS[system if system in ("win32", "darwin") else "linux"][kind]
    return Path(given.get(variable) or Path(home, otherwise), "Cache" if (kind, system) == ("cache", "win32") else "")
