import platform

import pytest

from sayso.extract import sessions
from sayso.extract.sessions import overflows


def test_only_x86_overflows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert overflows() in (True, False)
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    assert not overflows()
    monkeypatch.setattr(platform, "machine", lambda: "AMD64")
    monkeypatch.setattr(sessions.Path, "read_text", lambda *_: "flags : avx2 avx512_vnni")
    assert not overflows()
    monkeypatch.setattr(sessions.Path, "read_text", lambda *_: "flags : avx2")
    assert overflows()
