"""Fuzzing: made-up and damaged inputs for readers, extraction, ledger, weighing and telling; see `eval/fuzz.py`."""
