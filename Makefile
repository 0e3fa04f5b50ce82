PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench screens package clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready chalicelib/web/static/vendor build/encoder/encoder.weights ## Python environment, browser assets and the encoder

.venv/ready: requirements.txt requirements-encoder.txt requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "needs Python 3.11 or newer: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

chalicelib/web/static/vendor: package.json package-lock.json infra/assets.py | .venv/ready
	$(BIN)/python -m infra assets
	@touch $@

# Without it everything works on detection's first tier, so a failure here stops nothing.
build/encoder/encoder.weights: chalicelib/detection/model/encoder-1.changes chalicelib/detection/model/cross-1.changes | .venv/ready
	-$(BIN)/python -m infra encoder

run: setup ## Start the whole service on this machine, with the demo evening
	$(BIN)/python -m infra run

test: setup ## Run all tests
	$(BIN)/python -m pytest

check: setup ## Linters and types, as CI runs them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup ## Put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Measure: latency, collisions and the kill journey (minutes)
	$(BIN)/python -m infra bench latency collide kill

screens: setup ## The pictures in docs/screens: every page, both themes and widths (ONLY=wachtrij: some)
	$(BIN)/python -m tests.browser.screens docs/screens $(ONLY)

package: setup ## The deployable package in build/: template and zip (needs Python 3.12 or newer)
	$(BIN)/python -m infra package

clean: ## Throw away everything that can be made again
	rm -rf .venv .local build node_modules chalicelib/web/static/vendor
