# The README's two commands are `make demo` and `make test`; each makes .venv and installs what it needs the first time.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold

.PHONY: demo test lint docs misses bench clean

# A stamp file stands for "installed as pyproject.toml says", so that a second run installs nothing.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	@touch $@

demo: $(VENV)/.installed  ## Read the example texts, show one reading, write an HTML page of each to demo/
	$(BIN)/verbale read examples/two-plus-two.md
	$(BIN)/verbale read examples --format html --out demo

test: lint  ## Check style, types and the one-way rule, then run the tests
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev  ## ruff, mypy --strict and the import contract
	$(BIN)/ruff check src tests training benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.installed-dev  ## Build the documentation into site/
	$(BIN)/mkdocs build --strict

misses: $(VENV)/.installed  ## Score the reading of GOLD/dev and list what it missed
	$(BIN)/verbale read $(GOLD)/dev/docs --out READINGS
	$(BIN)/python $(GOLD)/score.py $(GOLD)/dev $(GOLD)/dev/docs READINGS --misses

bench: $(VENV)/.installed-bench  ## Words a second against a bare spaCy pass
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf $(VENV) demo site READINGS
