# Thin: each line is one command. VENV and PYTHON can be set from outside.
VENV ?= .venv
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python3.14; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test serve bench check clean
.DEFAULT_GOAL := demo

demo: $(READY)
	$(BIN)/liaison demo

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)

serve: $(READY)
	$(BIN)/liaison serve $(ARGS)

bench: $(READY)
	$(BIN)/python -m benchmarks $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/unit $(ARGS)

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed: install it, or set PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) dist build
