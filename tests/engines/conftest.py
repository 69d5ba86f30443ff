"""A cluster of two worker processes for all tests that need one: to start one takes seconds."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sayso


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray", reason="no ray: pip install 'sayso[ray]'")
    # The workers import the tests' own sayso, wherever another is installed.
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{Path(sayso.__file__).parents[1]}{os.pathsep}{Path(__file__).parent}"
    quiet: dict[str, Any] = {"include_dashboard": False, "logging_level": logging.ERROR, "log_to_driver": False}
    # Ray has its workers wait for other programs, which on a busy machine takes minutes.
    quiet["_system_config"] = {"worker_niceness": 0}
    ray.init(address="local", num_cpus=2, object_store_memory=100_000_000, **quiet)
    yield ray
    ray.shutdown()
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before
