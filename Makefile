# What one types here. `make help` prints the lines with two hashes.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= .data
WORKERS ?= 3
VENV := .venv
RUN := $(VENV)/bin
# Compiled once, not by each of the many processes that the tests start.
unexport PYTHONDONTWRITEBYTECODE
NODE_IS_NEW := node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a == 20 && +b >= 19) ? 0 : 1)' 2> /dev/null

.PHONY: help setup demo serve test check bench format lock openapi examples apps apps-test screenshots clean
.DEFAULT_GOAL := help

help: ## Say what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## Make the environment: exactly the locked versions

$(VENV)/.ready: requirements-dev.txt pyproject.toml clients/python/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=...)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . -e clients/python
	@touch $@

demo: setup ## Fill a fictional municipality, serve it, and print links (PORT=, DATA_DIR=)
	@$(RUN)/vls demo --port $(PORT) --data-dir $(DATA_DIR)

serve: setup ## Serve the data folder (PORT=, DATA_DIR=)
	@$(RUN)/vls serve --port $(PORT) --data-dir $(DATA_DIR)

test: setup ## Pass every test (WORKERS=, side by side)
	@if $(NODE_IS_NEW); then $(MAKE) --no-print-directory apps-test; \
	else echo "LEFT OUT: the tests of the apps' own parts (Node 20.19 missing). To run them: install it and npm, then make apps-test."; fi
	$(RUN)/pytest -n $(WORKERS) --dist worksteal
	$(RUN)/pytest -n $(WORKERS) --dist worksteal tests/anything

apps-test: clients/node_modules/.ready ## Check the apps' sources and test their parts (needs Node 20.19 or newer)
	cd clients && npm run --silent types && npm run --silent check && npm test --silent

check: setup ## Format, lint, types, import rules, drift of openapi.yaml and migrations
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/mypy clients/python/vls_client
	$(RUN)/lint-imports
	$(RUN)/python -m api.openapi --check
	$(RUN)/python -m api.migrate
	$(RUN)/python clients/builds.py --check
	$(RUN)/python clients/python/generate.py --check

apps: clients/node_modules/.ready ## Build the browser apps into api/web (needs Node 20.19 or newer)
	cd clients && npm run --silent types && npm run --silent check && npm run --silent build
	$(PYTHON) clients/builds.py --seal

clients/node_modules/.ready: clients/package-lock.json
	cd clients && npm ci --silent
	@touch $@

bench: setup ## Measure against the floors; fails beyond a bar
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; PYTHONPATH=. $(RUN)/python $$file --check || exit 1; done

format: setup ## Format and mend what can be mended
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

lock: ## Renew the locked versions (needs uv and npm)
	$(PYTHON) clients/lock.py
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		pyproject.toml clients/python/pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		pyproject.toml clients/python/pyproject.toml --extra dev -o requirements-dev.txt

openapi: setup ## Write openapi.yaml anew, and the Python client's operations and models from it
	$(RUN)/python -m api.openapi --write
	$(RUN)/python clients/python/generate.py

examples: setup ## Draw the pages under docs/examples anew (needs curl and pdftoppm)
	docs/examples/draw.sh

screenshots: setup ## Draw the pictures of the apps anew (needs chromium)
	VLS_SCREENSHOTS=docs/screenshots $(RUN)/pytest tests/pages -k 'app'

clean: ## Remove the environments and the demo's data
	rm -rf $(VENV) $(DATA_DIR) clients/node_modules
