# Two commands do all the set-up on a bare machine with Python 3.11 or later:
#   make demo    a year of a hotel, a shop and a bank; today's list; pages
#   make test    everything that must hold
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: demo test check fmt clean bench-truth-trust bench-speed-trust bench-speed-score lock

demo: .make/run
	$(BIN)/troth demo $(ARGS)

test: .make/dev
	scripts/browser.sh
	$(BIN)/python -m pytest $(ARGS)

check: .make/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house $(ARGS)

fmt: .make/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-truth-trust: .make/dev
	$(BIN)/python -m benchmarks.truth.trust $(ARGS)

bench-speed-trust: .make/dev
	$(BIN)/python -m benchmarks.speed.traces $(ARGS)
	$(BIN)/python -m benchmarks.speed.score

# What runs is pinned in requirements.lock, what develops it in requirements-dev.lock.
.make/run: requirements.lock pyproject.toml scripts/setup.sh
	PYTHON=$(PYTHON) scripts/setup.sh $(VENV) requirements.lock
	@mkdir -p .make && touch $@

.make/dev: .make/run requirements-dev.lock
	PYTHON=$(PYTHON) scripts/setup.sh $(VENV) requirements-dev.lock
	@mkdir -p .make && touch $@

lock:
	scripts/lock.sh

clean:
	rm -rf $(VENV) .make .mypy_cache .ruff_cache .pytest_cache .hypothesis
