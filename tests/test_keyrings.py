"""An analyst's own keys."""

import os
import stat

import pytest

from sayso.errors import Error
from sayso.keyrings import Keyring
from sayso.ledger.signatures import holds_signature


@pytest.fixture
def ring(tmp_path):
    return Keyring(tmp_path / "settings" / "keys")


def test_a_key_signs_what_its_public_half_proves(ring, tmp_path):
    assert ring.find("ana") is None
    assert list(ring.list()) == []
    made = ring.make("ana")
    found = ring.find("ana")
    signature = found.sign(b"the dam holds")
    assert found.public == made.public == next(ring.list()).public
    assert holds_signature(made.public, signature, b"the dam holds")
    assert not holds_signature(made.public, signature, b"the dam broke")
    assert not holds_signature(ring.make("bo").public, signature, b"the dam holds")
    assert [key.name for key in ring.list()] == ["ana", "bo"]


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_only_its_owner_may_read_it(ring):
    path = ring.make("ana").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_is_never_written_over(ring):
    before = ring.make("ana").path.read_bytes()
    with pytest.raises(Error, match="ana has a key"):
        ring.make("ana")
    assert ring.find("ana").path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 201, "\x1b[31m"])
def test_what_is_no_name(ring, name):
    with pytest.raises(Error, match="is no name"):
        ring.make(name)


def test_names_that_are_no_file_names_have_keys_too(ring):
    for name in ("../../ana", "Ана", "ana", "Ana", "CON", "a/b\\c:d*?"):
        ring.make(name)
        assert ring.find(name).public
    assert len(list(ring.list())) == 6


@pytest.mark.parametrize(
    "content", [b"", b"sayso key of ana\njunk", b"sayso key of ana\n-----BEGIN PRIVATE KEY-----\nx"]
)
def test_a_spoilt_key_is_told_and_not_passed_over(ring, content):
    ring.make("ana").path.write_bytes(content)
    with pytest.raises(Error, match="it is no key"):
        ring.find("ana").sign(b"x")


def test_a_file_that_does_not_say_whose_it_is(ring):
    ring.make("ana").path.write_bytes(b"junk")
    with pytest.raises(Error, match="whose key"):
        list(ring.list())


@pytest.mark.parametrize(
    ("public", "signature"), [("", ""), ("zz" * 32, "00" * 64), ("00" * 31, "00" * 64), ("0", "1")]
)
def test_what_is_no_signature_does_not_hold(public, signature):
    assert not holds_signature(public, signature, b"x")
