"""The graphs of the heads do the sums of the training network; run where the ``train`` extra is installed."""

from pathlib import Path

import numpy as np
import pytest

from sayso.extract.networks import HEADS, MODEL, load_network
from sayso.extract.parsers import parse_text
from sayso.extract.taggers import Tagger
from sayso.extract.word_features import around, cue_root, describe_surface, describe_words, pair_features
from sayso.grammar.quotations import Marked, find_quotations

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

TRAINING = Path(__file__).resolve().parents[2] / "training"
TEXT = "LUND — The mayor said the old bridge is closed.\n\n“It will open,” she added, “in May,” radio reported. "


def test_the_graphs_shipped_are_made_of_the_weights_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(TRAINING))
    import head_graphs

    (tmp_path / HEADS).write_bytes((MODEL / HEADS).read_bytes())
    head_graphs.main(tmp_path)
    for name in (*(f"{name}.onnx" for name in head_graphs.GRAPHS), "hashes.toml"):
        assert (tmp_path / name).read_bytes() == (MODEL / name).read_bytes(), name


def test_graphs_do_the_sums_of_the_training_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TRAINING))
    import network

    shipped = load_network()
    vocabulary = shipped.vocabulary
    model = network.Tagger(
        network.Encoder(1, layers=0), vocabulary.sizes(), vocabulary.pair_sizes(), vocabulary.told()
    ).eval()
    with np.load(MODEL / HEADS) as kept:
        weights = {name: torch.from_numpy(kept[name].astype(np.float32)) for name in kept.files}
    model.load_state_dict(weights, strict=False)

    text = TEXT * 5
    parse, marked = parse_text(text), Marked(find_quotations(text))
    x = parse.meanings.astype(np.float32)
    signs = describe_surface(text, [(t.start, t.end) for t in parse.tokens], marked).signs()
    named = ["tag", "pos", "ent", "reach", "governs"]
    tag, pos, ent, reach, governs = shipped.heads["grammar"].run(named, {"vectors": x, "signs": signs})
    with torch.no_grad():
        read = model.grammar.read_words(torch.from_numpy(x), torch.from_numpy(signs))
        for name, found in (("tag", tag), ("pos", pos), ("ent", ent)):
            assert (model.grammar.told[name](read).argmax(1).numpy() == found).mean() > 0.97, name
        below, above = (torch.nn.functional.gelu(f(read)) for f in (model.grammar.below, model.grammar.above))
        assert correlate(model.grammar.arc(below).numpy(), reach) > 0.999
        assert correlate(model.grammar.governs(above).numpy()[:, 0], governs) > 0.999

    words = describe_words(parse, marked, vocabulary)
    tagger = Tagger(shipped.heads, vocabulary)
    told = tagger.read_words(x, words)
    rated = told.pop("scores")
    n = len(words.head)
    near = [torch.from_numpy(np.clip(np.arange(n) + step, 0, n - 1)) for step in (-1, 1)]
    cues = np.array([[i, i] for i, word in enumerate(words.texts) if word in ("said", "added", "reported")])
    places, real = around(words, cues)
    roots = np.array([cue_root(words, a, b) for a, b in cues.tolist()])
    pairs = pair_features(words, cues, vocabulary)
    with torch.no_grad():
        read = model.read_words(torch.from_numpy(x), *map(torch.from_numpy, (words.features, words.head)), *near)
        limit = torch.from_numpy(np.searchsorted(words.paragraph, words.paragraph, "right") - np.arange(n))
        scores = model.rate_cues(read, limit).numpy()
        roles = model.rate_roles(read, *map(torch.from_numpy, (cues, roots, places, pairs))).numpy()
    assert correlate(read.numpy(), told["words"]) > 0.999
    assert ((scores > -1e3) == (rated > -1e3)).all()
    assert correlate(scores.clip(-30), rated.clip(-30)) > 0.995
    assert correlate(roles[real], tagger.rate_roles(told, words, cues)[real]) > 0.995


def correlate(a: np.ndarray, b: np.ndarray) -> float:
    assert a.shape == b.shape
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])
