# Needs make and Python 3.11 to 3.14; everything else goes into .venv.
# Runs with the make of macOS (3.81) as well: keep newer features out.

PORT ?= 8000
WORKERS ?= 2
VENV_PYTHON = .venv/bin/python
FLASK = $(VENV_PYTHON) -m flask --app wsgi

.DEFAULT_GOAL := help
.PHONY: help setup run serve test e2e coverage lint types contracts check fmt bench lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  PYTHON=python3.13  the Python that makes .venv     PORT=8000  where run and serve listen'
	@echo '  DATABASE_URL=...   another database than SQLite    ARGS=...   more for pytest'
	@echo '  REQUIRE_ALL=1      a skipped test is a failure     WORKERS=2  tests at the same time'

setup: ## Install the libraries, make the database and the keys
	@.ci/setup runtime
	@$(VENV_PYTHON) -m groupnotes.cli.setup

run: ## Start GroupNotes with a demo practice
	@.ci/setup runtime
	@exec $(VENV_PYTHON) -m groupnotes.serve --port $(PORT) --demo

serve: ## Only start the server, on the database that is there
	@.ci/setup runtime
	@exec $(VENV_PYTHON) -m groupnotes.serve --port $(PORT)

test: ## Run every test
	@.ci/setup dev
	@$(VENV_PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

e2e: ## Run only the tests in a real browser
	@.ci/setup dev
	@$(VENV_PYTHON) -m pytest -n $(WORKERS) --dist worksteal -m e2e $(ARGS)

coverage: ## Measure which lines and branches the tests reach
	@.ci/setup dev
	@$(VENV_PYTHON) -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report= $(ARGS)
	@$(VENV_PYTHON) -m coverage report
	@$(VENV_PYTHON) -m coverage report --include '$(WHOLLY_COVERED)' --fail-under 100

# What decides who reads, what is sealed, signed, shared or recorded has no untried line.
WHOLLY_COVERED = groupnotes/access/*,groupnotes/audit/*,groupnotes/crypto/*,groupnotes/deid/*,groupnotes/notes/fanout.py,groupnotes/signing/*

lint: ## Look for faults in Python and templates
	@.ci/setup dev
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m djlint groupnotes/templates --lint --quiet

types: ## Check the types, strictly
	@.ci/setup dev
	@$(VENV_PYTHON) -m mypy

contracts: ## Check that imports point one way
	@.ci/setup dev
	@$(VENV_PYTHON) -c 'from importlinter.cli import lint_imports_command as run; run(["--no-logo"])'

check: test lint types contracts ## Run all of the above four

fmt: ## Format the Python code
	@.ci/setup dev
	@$(VENV_PYTHON) -m ruff check --fix-only --quiet .
	@$(VENV_PYTHON) -m ruff format .

bench: ## Compare the hot paths with their floor (minutes; wants a quiet machine)
	@.ci/setup dev
	@$(VENV_PYTHON) -m tests.bench $(ARGS)

lock: ## Pin the newest versions that requirements/*.in allow
	@.ci/setup dev
	@$(LOCK) requirements/runtime.in --output-file requirements/runtime.lock
	@$(LOCK) requirements/dev.in --constraints requirements/runtime.lock --output-file requirements/dev.lock

LOCK = $(VENV_PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

clean: ## Remove .venv and caches; data and keys in instance/ stay
	@rm -rf .venv .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache test-results
	@find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
