# Two commands do all the set-up on a bare machine with Python 3.11 or later:
#   make demo    a year of a hotel, a shop and a bank in a desk; today's list; the address
#   make test    everything that must hold
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# numba does not notice that a function compiled into another one has changed, so compiled folds are
# dropped whenever any source is newer than the last time they were.
SOURCES := $(shell find src -name '*.py')

.PHONY: demo test lint check fmt clean bench-truth-trust bench-truth-challenger bench-truth-reading \
  bench-truth-cues bench-truth-people bench-truth-draft bench-speed-draft bench-speed-trust bench-speed-reading bench-speed-desk chaos installed-weights lock

demo: .make/folds .make/run
	$(BIN)/troth demo $(ARGS)

test: .make/folds .make/dev
	scripts/browser.sh
	$(BIN)/python -m pytest $(ARGS)

lint: .make/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(BIN)/python -m pytest -q tests/house $(ARGS)

fmt: .make/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-truth-trust: .make/folds .make/dev
	$(BIN)/python -m benchmarks.truth.trust $(ARGS)

bench-truth-challenger: .make/folds .make/dev
	$(BIN)/python -m benchmarks.truth.challenger

bench-truth-reading: .make/folds .make/dev
	$(BIN)/python -W ignore -m benchmarks.truth.reading $(ARGS)

bench-truth-cues: .make/folds .make/dev
	$(BIN)/python -m benchmarks.truth.reading.cues

bench-truth-people: .make/folds .make/dev
	$(BIN)/python -m benchmarks.truth.people

bench-truth-draft: .make/folds .make/dev
	$(BIN)/python -m benchmarks.truth.draft

bench-speed-draft: .make/folds .make/dev
	$(BIN)/python -m benchmarks.speed.draft

bench-speed-trust: .make/folds .make/dev
	$(BIN)/python -m benchmarks.speed.traces $(ARGS)
	$(BIN)/python -m benchmarks.speed.score

bench-speed-reading: .make/folds .make/dev
	$(BIN)/python -m benchmarks.speed.reading $(ARGS)

bench-speed-desk: .make/folds .make/dev
	command -v wrk >/dev/null || apt-get install -y -qq wrk >/dev/null
	$(BIN)/python -m benchmarks.speed.desk $(ARGS)

# Kills a desk's processes at random moments until the time is over (--minutes, --rows, --seed).
chaos: .make/folds .make/dev
	$(BIN)/python -m benchmarks.chaos.desk $(ARGS)

# Trains the heads that ship, from the public data docs/reference/data.md names.
installed-weights: .make/folds .make/dev
	$(BIN)/python -m troth.reading.heads.install $${TROTH_BENCH_DATA:-../shared/data} \
	  src/troth/content/weights/installed.npz

# What runs is pinned in requirements.lock, what develops it in requirements-dev.lock.
.make/folds: $(SOURCES)
	find src -name '*.nb[ci]' -delete
	@mkdir -p .make && touch $@

.make/run: requirements.lock pyproject.toml scripts/setup.sh | .make/folds
	PYTHON=$(PYTHON) scripts/setup.sh $(VENV) requirements.lock
	@mkdir -p .make && touch $@

.make/dev: .make/run requirements-dev.lock
	PYTHON=$(PYTHON) scripts/setup.sh $(VENV) requirements-dev.lock
	@mkdir -p .make && touch $@

lock:
	scripts/lock.sh

clean:
	rm -rf $(VENV) .make .mypy_cache .ruff_cache .pytest_cache .hypothesis
