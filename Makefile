# Everything a clone needs; the first call of each target sets up what it uses.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find isms_plugin -type f -not -name '*.pyc')
.DEFAULT_GOAL := help
.PHONY: help setup site serve demo check test pictures bench format clean

help: ## show the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { tests/prepare python3-venv && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[properdocs]'
	@touch $@

$(VENV)/.developing: $(VENV)/.installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[properdocs,pdf,diagrams,xlsx,s3,dev]'
	@touch $@

setup: $(VENV)/.developing ## make the virtual environment with everything for development

site: $(VENV)/.installed ## build the sample ISMS into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "The site is in site/: run 'make serve' and open http://127.0.0.1:8000/, or publish the folder with any web server."

serve: $(VENV)/.installed ## show the sample ISMS and rebuild it whenever a file changes
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --dirty

demo: $(VENV)/.installed ## write a repository with a scripted past, build its versioned site and show it
	@rm -rf build/demo && $(BIN)/isms init build/demo --demo
	@NO_MKDOCS_2_WARNING=1 $(BIN)/isms -C build/demo site --out build/demo-site
	@echo "Open http://127.0.0.1:8000/ (stop with Ctrl+C)."
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/demo-site 8000

check: $(VENV)/.developing ## format, lint, types, import contracts, and a strict build of the sample
	@$(BIN)/ruff format --check isms_plugin tests benchmarks
	@$(BIN)/ruff check isms_plugin tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/isms check
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir build/check
	@$(BIN)/isms check --site build/check

test: $(VENV)/.developing ## all tests, the browser's and those of the built wheel included
	@tests/prepare chromium fonts-dejavu-core libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils openssh-client nginx openssl
	@$(BIN)/pytest -n auto --cov --cov-report=term --cov-fail-under=90 tests/unit tests/test_cases.py
	@$(BIN)/pytest -n auto --dist loadgroup tests/test_project.py tests/integration tests/browser
	@tests/wheel

pictures: ## take the pictures of the README anew
	@$(BIN)/pytest -q tests/browser -k pictures
	@mkdir -p docs/images && cp build/pictures/*.png docs/images/

bench: $(VENV)/.developing ## compare with plain MkDocs and git on generated repositories
	@$(BIN)/python -m benchmarks.run

format: $(VENV)/.developing ## put the code in its usual form
	@$(BIN)/ruff check --fix --quiet isms_plugin tests benchmarks
	@$(BIN)/ruff format --quiet isms_plugin tests benchmarks

clean: ## remove everything that was built
	@rm -rf $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
