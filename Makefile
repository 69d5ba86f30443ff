# The README's two commands are `make` (set up, then the main job on the example story) and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test gate eval bench

demo: .venv/.installed
	$(BIN)/sayso brief examples/baltimore

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

test: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

eval: .venv/.installed
	$(BIN)/python eval/measure.py

gate: .venv/.installed
	$(BIN)/python eval/gate.py

bench: .venv/.installed
	$(BIN)/python benchmarks/read.py
	$(BIN)/python benchmarks/score.py
