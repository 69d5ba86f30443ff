"""Graphs of trained networks, run by ONNX Runtime in one thread."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from sayso.errors import Error
from sayso.originals import check_original

Array = np.ndarray[Any, np.dtype[Any]]


class Session(Protocol):
    """A graph that can be run."""

    def run(self, outputs: Sequence[str], inputs: Mapping[str, Array], /) -> Sequence[Any]:
        """The outputs of these names, from arrays by the names of inputs."""
        ...


class ModelError(Error):
    """A file of the model that cannot be used."""


@dataclass(frozen=True, slots=True)
class Held:
    """A graph that is run on weights which it does not own, and which live as long as it."""

    session: Session
    weights: Sequence[object]

    def run(self, outputs: Sequence[str], inputs: Mapping[str, Array], /) -> Sequence[Any]:
        """As `Session`."""
        return self.session.run(outputs, inputs)


def open_session(path: Path, weights: Mapping[str, Array] | None = None) -> Session:
    """The graph of a file, with those of its weights that do not stand in files. Raises DamagedError where it is not
    what came with sayso, ModelError where it cannot be used."""
    from onnxruntime import InferenceSession, OrtValue, SessionOptions

    check_original(path)
    options = SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # Reports are shared out among processes.
    # Texts are of all lengths: what a session keeps for the next of a length grows with each, and saves no time.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    kept = {name: OrtValue.ortvalue_from_numpy(array) for name, array in (weights or {}).items()}
    if kept:
        options.add_external_initializers(list(kept), list(kept.values()))
    elif overflows():
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        session: Session = InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # The library has a dozen kinds of its own, with no kind above them.
        raise ModelError(f"{path}: this file of sayso's model is damaged or not there: install sayso again") from error
    return Held(session, [*kept.values(), *(weights or {}).values()]) if kept else session


def overflows() -> bool:
    """Whether the fast products of 8-bit numbers may overflow here: on x86 they do without the VNNI instructions, so
    that a slower kind is needed. Yes where it cannot be told."""
    if platform.machine().lower() not in ("x86_64", "amd64", "i386", "i686"):
        return False
    try:
        return "vnni" not in Path("/proc/cpuinfo").read_text("utf8")
    except OSError:
        return True
