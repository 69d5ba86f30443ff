import hashlib
import json
import tomllib

from sayso.extract.encoders import ENCODER, PLACES, TOKENIZER, UNSIGNED, WEIGHTS
from sayso.extract.networks import CARD, GRAPHS, HEADS, MODEL
from sayso.extract.parsers import parse_text
from sayso.extract.taggers import find_tagged_spans
from sayso.grammar.quotations import Marked, find_quotations


def test_model_is_the_one_that_was_measured() -> None:
    hashes = tomllib.loads((MODEL / "hashes.toml").read_text("utf8"))
    graphs = {ENCODER, WEIGHTS, UNSIGNED, PLACES, *(f"{name}.onnx" for name in GRAPHS)}
    assert set(hashes) == graphs | {HEADS, TOKENIZER, CARD}
    for name, digest in hashes.items():
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == digest, name


def test_model_is_small_and_says_how_it_was_made() -> None:
    assert sum(p.stat().st_size for p in MODEL.iterdir()) < 40_000_000
    card = json.loads((MODEL / CARD).read_text("utf8"))
    assert {"labels", "threshold", "held_out", "seed", "checkpoints"} <= set(card)


def test_model_finds_who_says_what() -> None:
    text = (
        "KYIV — Two bridges were hit overnight, the regional governor, Olena Moroz, said on Tuesday.\n\n"
        "“Nobody was hurt,” she added, “and trains are running.”\n\nIt rained in the north."
    )
    found = [
        tuple(" | ".join(text[s:e] for s, e in spans) for spans in (t.source, t.cue, t.content))
        for t in find_tagged_spans(parse_text(text), Marked(find_quotations(text)))
    ]
    assert len(found) == 2
    assert "governor" in found[0][0] and "said" in found[0][1] and "bridges were hit" in found[0][2]
    assert found[1][0] == "she" and found[1][1] == "added"
    assert "Nobody was hurt" in found[1][2] and "trains are running" in found[1][2]
