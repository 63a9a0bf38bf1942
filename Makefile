# One virtual environment of its own; every target sets it up when it is missing or older than pyproject.toml or constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HOUSEHOLD ?= tznr_rules/households/mere_seule.yaml

.DEFAULT_GOAL := help
.PHONY: help demo test check docs lint types package bench scale questions reasons report clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(READY) ## Set up, then show the rights of a household shipped with the library (HOUSEHOLD=file for another)
	$(BIN)/tznr-rules evaluate $(HOUSEHOLD)

test: $(READY) ## Set up, then run every test and every scenario
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(READY) ## Say what is missing, by name, in a benefit being written: cards, parameters, conditions, scenarios
	$(BIN)/python -m pytest tests/test_law.py -q

docs: $(READY) ## Run the examples of the documentation again, and list the corrections
	$(BIN)/python docs/build.py

lint: $(READY) ## Check style
	$(BIN)/ruff check .

types: $(READY) ## Check types
	$(BIN)/mypy tznr_rules

package: $(READY) ## Build the wheel and test what it carries
	$(BIN)/python -m pytest tests/packaging -q

bench: $(READY) ## Compare our speed with plain OpenFisca-France, side by side
	$(BIN)/python benchmarks/side_by_side.py

scale: $(READY) ## Measure how many households are estimated in a second, in one process, two and Dask, and the memory
	$(BIN)/python benchmarks/scale.py

questions: $(READY) ## Count the questions that settle every benefit, against the full form
	$(BIN)/python benchmarks/questions.py

reasons: $(READY) ## Measure what reasons and unknown answers cost
	$(BIN)/python benchmarks/reasons.py

report: $(READY) ## Write the page of the household as HTML in report.html
	$(BIN)/tznr-rules evaluate $(HOUSEHOLD) --format html --output report.html

clean: ## Remove the virtual environment and what was built
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache report.html
