# Pantau: `make run` starts everything, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
PORT ?= 8050
export PORT
export PYTHONUNBUFFERED := 1
# The tests start Python often: what is compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run stop install load simulate test check lint types borders browser schema lock clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 18
	@echo
	@echo "  PORT=8051 make run                        another port (default 8050, always on 127.0.0.1)"
	@echo "  PANTAU_HOME=64.08 make run                home regency: 64.01 Paser, 64.08 Kutai Timur, 64.09 PPU"
	@echo "  PANTAU_DATABASE_URL=postgresql+psycopg://… make run   PostgreSQL instead of the embedded SQLite"

run: install load ## install, migrate, load what is shipped, start scheduler and web server
	@echo "Pantau: http://127.0.0.1:$(PORT)/   (Ctrl-C menghentikan semuanya)"
	@exec .venv/bin/honcho start --no-prefix

install: .venv/installed ## make .venv and install the locked requirements

.venv/bin/python:
	@command -v python3.11 >/dev/null || { echo "Python 3.11 belum ada. Pasang dengan: sudo apt install python3.11 python3-venv"; exit 2; }
	@python3.11 -c 'import ensurepip, venv' 2>/dev/null || { echo "Modul venv belum ada. Pasang dengan: sudo apt install python3-venv"; exit 2; }
	@python3.11 -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Memasang pustaka …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Memasang pustaka uji …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

load: install ## migrate the warehouse and load what is shipped
	@$(PY) -m etl migrate
	@# Returned rows (1) and a failed feed (3) leave the last good state, which is served; /data says what is wrong.
	@$(PY) -m etl run --all || { code=$$?; [ $$code -eq 1 ] || [ $$code -eq 3 ] || exit $$code; }

simulate: install ## make up a regency (SIMULASI) with a warehouse of its own, and show it
	@[ -e data/simulasi ] || $(PY) -m etl simulate
	@echo "Pantau SIMULASI: http://127.0.0.1:$(PORT)/   (Ctrl-C menghentikan)"
	@PANTAU_DATABASE_URL=sqlite:///data/simulasi/warehouse.sqlite $(PY) -m dashboard

browser: ## install what the tests need from Debian: Chromium, PostgreSQL 15, the Inter font
	@bash tests/install_packages.sh

test: .venv/installed-dev browser check ## install what the tests need and run all of them; COVERAGE=1 measures branches too
	@$(if $(COVERAGE),$(PY) -m coverage erase)
	@# In the order of the folders: browser and integration take long, the short files of unit fill both cores at the end.
	@# Three workers on two cores: many of the long ones wait for a process, a server or a browser.
	@$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=10 $(if $(COVERAGE),--cov --cov-report=)
	@$(if $(COVERAGE),$(PY) -m coverage report)

check: .venv/installed-dev lint types borders ## ruff, mypy --strict, import-linter

lint: .venv/installed-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: .venv/installed-dev
	@$(PY) -m mypy

borders: .venv/installed-dev
	@.venv/bin/lint-imports

schema: .venv/installed-dev ## renew docs/indicators.schema.json after a change of the catalogue's models
	@$(PY) -c 'from etl.catalogue.json_schema import schema_text; from etl.jobs.connector_registry import CONNECTORS; print(schema_text(CONNECTORS), end="")' > docs/indicators.schema.json

lock: .venv/installed-dev ## renew the lock files (needs pip-tools; writes no index address)
	@command -v pip-compile >/dev/null || { echo "pip-compile belum ada. Pasang pip-tools."; exit 2; }
	pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe -o requirements.txt requirements.in
	pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe -o requirements-dev.txt requirements-dev.in

clean: ## remove the virtual environment and caches (never data)
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
