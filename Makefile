# The README's two commands are `make` (set up, then the main job on the example story) and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test weigh gate eval bench crash fuzz screens messages

demo: .venv/.installed
	$(BIN)/sayso demo baltimore

# What is installed is what the lock names, to the hash. Where one of its packages has no build for a platform,
# `make LOCK=` installs what pyproject.toml allows instead.
LOCK ?= requirements.lock

.venv/.installed: pyproject.toml $(LOCK)
	$(PYTHON) -m venv .venv
ifeq ($(LOCK),)
	@echo 'installed by the bounds of pyproject.toml, without hashes'
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
else
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement $(LOCK) || { \
		echo '$(LOCK) could not be installed; where a package has no build for this platform: make LOCK='; exit 1; }
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
endif
	@touch $@

# The lock anew, after a change to what pyproject.toml asks for; UPGRADE=--upgrade takes the newest of everything.
.PHONY: lock
lock:
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet 'uv>=0.9,<1'
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE) --output-file requirements.lock

# Tests of pages need a browser, and those of mailboxes a server of mail; where one is not and cannot be installed, they
# are skipped and say so.
BROWSER := $(if $(shell command -v chromium),,chromium)
MAIL := $(if $(shell PATH="$$PATH:/usr/sbin" command -v dovecot),,dovecot-imapd)

.PHONY: browser
browser:
ifneq ($(BROWSER)$(MAIL),)
	@for package in $(BROWSER) $(MAIL); do \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			timeout 240 sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y \
				--no-install-recommends $$0' "$$package" >/dev/null 2>&1 \
			|| echo "no $$package could be installed: its tests are skipped"; \
		else echo "no $$package: its tests are skipped (apt-get install $$package)"; fi; \
	done
endif

test: .venv/.installed browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python eval/install.py
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile
	$(MAKE) fuzz MINUTES=2

# Made-up and damaged inputs for every step, for so many minutes of CPU split over the cores; the same cases each time,
# unless SEED=random. A finding is written into build/fuzz.
MINUTES ?= 10
SEED ?= 17
fuzz: .venv/.installed
	OMP_NUM_THREADS=1 $(BIN)/python eval/fuzz.py --minutes $(MINUTES) --seed $(SEED)

# The base install in a fresh environment: what it weighs, how long it takes, that it works, against limits.
weigh: .venv/.installed
	$(BIN)/python eval/install.py

eval: .venv/.installed
	$(BIN)/python eval/measure.py

gate: .venv/.installed
	$(BIN)/python eval/gate.py

# What a ledger outlives: kill -9, power cuts, full disks, locks, many writers. TRIES and SEED are settable.
TRIES ?= 2000
SEED ?= 1
crash: .venv/.installed
	OMP_NUM_THREADS=1 $(BIN)/python eval/crashes.py --tries $(TRIES) --seed $(SEED)

bench: .venv/.installed
	$(BIN)/python benchmarks/read.py
	$(BIN)/python benchmarks/score.py

# What a brief says of itself: gathered from the code into the catalogue of each language, and compiled.
LOCALE := src/sayso/locale
messages: .venv/.installed
	mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml -k mark -k say_date:2 --add-location=file --sort-by-file \
		--project=sayso -o build/sayso.pot src/sayso/tell
	$(BIN)/pybabel -q update -D sayso -d $(LOCALE) -i build/sayso.pot --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	$(BIN)/pybabel -q compile -D sayso -d $(LOCALE)

# The list that models and tables are held to when they are loaded; after a change to any of them.
.PHONY: originals
originals: .venv/.installed
	$(BIN)/python building/list_originals.py

# A wheel and an sdist that are built to the same bytes anywhere, with their parts and sums, tried out; into dist.
.PHONY: release
release: .venv/.installed
	$(BIN)/python building/make_release.py

# The site of the documentation, into build/docs.
.PHONY: docs
docs: .venv/.installed
	$(BIN)/python building/build_docs.py

# The manual page and the completions of shells, made from the commands, and the page of exports, made from their table; a
# test says when they have fallen behind.
.PHONY: manual
manual: .venv/.installed
	mkdir -p share/man/man1 share/bash-completion/completions share/zsh/site-functions share/fish/vendor_completions.d
	$(BIN)/sayso manual > share/man/man1/sayso.1
	$(BIN)/sayso manual bash > share/bash-completion/completions/sayso
	$(BIN)/sayso manual zsh > share/zsh/site-functions/_sayso
	$(BIN)/sayso manual fish > share/fish/vendor_completions.d/sayso.fish
	$(BIN)/python building/export_page.py

# Pictures of the pages, into docs/screens.
screens: .venv/.installed browser
	$(BIN)/python eval/screens.py
	$(BIN)/python eval/desk_screens.py
