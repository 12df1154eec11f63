# Two commands matter: `make run` and `make test`. `make help` lists the rest.

PYTHON := .venv/bin/python
FLASK := $(PYTHON) -m flask --app wsgi

.PHONY: help setup run test test-here test-outside check style rules coverage bench chaos vendor translations pins clean

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing: system packages, virtual environment, translations
	@scripts/setup.sh

run: setup ## Serve on port 8000 with the demonstration, and print the links
	@$(FLASK) init-db
	@$(FLASK) demo
	@$(FLASK) links --qr
	@$(PYTHON) scripts/run.py

test: ## Install what the tests need, check the code, and run every test
	@scripts/setup.sh --test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-here test-outside

# The two parts of the tests, side by side.
test-here:
	@$(PYTHON) -m pytest --ignore=tests/browser --ignore=tests/processes

# Real servers and real browsers, which wait for each other a good part of the time: they take
# what the others leave, who are one after the other and would be the last.
test-outside:
	@nice $(PYTHON) -m pytest --numprocesses=3 --dist=worksteal tests/browser tests/processes

check: style rules ## Check style, types, import contracts, vendored files, translations, and that tests reach every branch of the rules

style:
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PYTHON) scripts/vendor.py --check
	@$(PYTHON) scripts/translations.py --check

rules:
	@$(PYTHON) -m coverage run -m pytest --quiet --ignore=tests/core/test_machine.py tests/core
	@$(PYTHON) -m coverage report

coverage: ## Show which lines of all code the tests' own process does not reach (twelve minutes)
	@$(PYTHON) -m coverage run --source=moderator -m pytest --ignore=tests/browser --ignore=tests/processes
	@$(PYTHON) -m coverage report --fail-under=0

bench: ## Measure a full hall beside its peers, and write bench/RESULTS.md (twelve minutes)
	@scripts/setup.sh --test
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement bench/requirements.txt
	@npm --prefix bench/peers ci --ignore-scripts --no-audit --no-fund --silent
	@$(PYTHON) -m bench

chaos: ## Have everything go wrong for long, and write it to bench/RESULTS.md (an hour)
	@scripts/setup.sh --test
	@$(PYTHON) -m bench.chaos

vendor: ## Copy the pinned browser libraries and fonts into static/ anew (needs node)
	npm ci --ignore-scripts --no-audit --no-fund
	$(PYTHON) scripts/vendor.py

translations: ## Bring the catalogues up to date with the strings of the code, and compile them
	$(PYTHON) scripts/translations.py

pins: ## Pin the newest dependencies with their hashes (needs uv)
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --quiet requirements.in --output-file requirements.txt
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --quiet requirements-dev.in --output-file requirements-dev.txt

clean: ## Remove what tools have made; instance/ (database and secret) stays
	rm -rf .venv .setup node_modules bench/peers/node_modules coverage .coverage .coverage.* test-results
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find moderator/translations -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
