# The README's two commands are `make demo` and `make test`; each makes .venv and installs what it needs the first time.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
GOLD ?= $(SHARED)/gold
WORK ?= build/model
MODEL := src/verbale/reading/model

.PHONY: demo test lint docs misses folds bench model clean

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

$(VENV)/.installed-train: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[train]'
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

misses: $(VENV)/.installed  ## List what the reading of gold/dev missed, by kind and cause; with FOLDS=build/folds that of gold/train
	$(BIN)/python benchmarks/misses.py --shared $(SHARED) $(if $(FOLDS),--folds $(FOLDS))

# About a quarter of an hour a fold on two cores; goes on where it was interrupted. INIT names weights that never learned from gold/train.
folds: | $(VENV)/.installed-train  ## Five-fold cross-validation over gold/train from INIT=weights, for `make misses FOLDS=build/folds`
	$(BIN)/python training/folds.py --shared $(SHARED) --work build/folds --init $(INIT)

bench: $(VENV)/.installed-bench  ## Words a second against a bare spaCy pass; attributions against PolNeAR and a peer
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/attributions.py

# About four hours on two cores. A stage that is done is not done again: `make model` after an interruption goes on with the next one.
$(WORK)/1.pt: | $(VENV)/.installed-train
	mkdir -p $(WORK)
	$(BIN)/python training/train.py --shared $(SHARED) --epochs 2 --out $(WORK)/1.part.pt
	mv $(WORK)/1.part.pt $@

$(WORK)/2.pt: $(WORK)/1.pt
	$(BIN)/python training/train.py --shared $(SHARED) --labels --init $< --epochs 4 --gold-times 2 --out $(WORK)/2.part.pt
	mv $(WORK)/2.part.pt $@

$(WORK)/3.pt: $(WORK)/2.pt
	$(BIN)/python training/train.py --shared $(SHARED) --labels --init $< --epochs 5 --rate 1.5e-4 --seed 8 --out $(WORK)/3.part.pt
	mv $(WORK)/3.part.pt $@

$(WORK)/vectors.npz: $(WORK)/3.pt
	$(BIN)/python training/vectors.py $< --shared $(SHARED) --to $@

model: $(WORK)/vectors.npz  ## Train, export and calibrate the model that ships, as training/NOTES.md says
	$(BIN)/python training/export.py $(WORK)/3.pt --vectors $< --to $(MODEL)
	$(BIN)/python training/calibrate.py --shared $(SHARED) --model $(MODEL)
	$(BIN)/python training/export.py $(WORK)/3.pt --vectors $< --to $(MODEL)

clean:
	rm -rf $(VENV) demo site build
