PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: run test fuzz environment test-environment

run: environment
	@$(BIN)/python scripts/run_demo.py

test: test-environment
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2

fuzz: test-environment
	@$(BIN)/python -m tests.robustness.fuzz

environment:
	@$(PYTHON) scripts/setup_environment.py run

test-environment:
	@$(PYTHON) scripts/setup_environment.py test
