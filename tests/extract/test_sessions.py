import platform
from pathlib import Path

import pytest

from sayso.extract import sessions
from sayso.extract.encoders import ENCODER, WEIGHTS
from sayso.extract.networks import MODEL
from sayso.extract.sessions import ModelError, open_session, overflows


def test_only_x86_overflows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert overflows() in (True, False)
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    assert not overflows()
    monkeypatch.setattr(platform, "machine", lambda: "AMD64")
    monkeypatch.setattr(sessions.Path, "read_text", lambda *_: "flags : avx2 avx512_vnni")
    assert not overflows()
    monkeypatch.setattr(sessions.Path, "read_text", lambda *_: "flags : avx2")
    assert overflows()


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    (tmp_path / ENCODER).write_bytes((MODEL / ENCODER).read_bytes())
    for damaged in (b"", (MODEL / WEIGHTS).read_bytes()[:1000]):
        (tmp_path / WEIGHTS).write_bytes(damaged)
        with pytest.raises(ModelError, match=r"encoder\.onnx: .* install sayso again"):
            open_session(tmp_path / ENCODER)
    with pytest.raises(ModelError, match="not there"):
        open_session(tmp_path / "grammar.onnx")
