# Everything from a fresh machine: `make run` and `make test` do their own set-up.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first of these that is there, starts and is new enough; `make PYTHON=/path/to/python run` takes another.
RECENT := 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c $(RECENT) 2>/dev/null && echo $$name && break; done)

BIN := .venv/bin
OUT := out
DEMO_GRID := 120104003001003

.PHONY: help run setup setup-test fonts test lint bench soak clean

help: ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: setup fonts ## open the window; where there is no display, make its pictures and two documents in out/
	@register=$$($(BIN)/python -c 'from gridapp.places import default_register; print(default_register())')
	if [ ! -e "$$register" ]; then
		rm -f "$$register.new"*  # of a run that was broken off
		$(BIN)/python main.py demo --scale street --as-of today --db "$$register.new"
		mv "$$register.new" "$$register"
	fi
	if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then
		exec $(BIN)/python main.py
	fi
	$(BIN)/python main.py screenshots --out $(OUT)/screenshots
	# The demo's best furnished grid, or the first of a register that is the user's own.
	grids=$$($(BIN)/python main.py list areas | grep -oE '^[0-9]{15}' || true)
	grid=$$(grep -x $(DEMO_GRID) <<<"$$grids" || head -n 1 <<<"$$grids")
	if [ -n "$$grid" ]; then
		$(BIN)/python main.py export handbook --area "$$grid" --out $(OUT)
		$(BIN)/python main.py export register --area "$${grid:0:12}" --out $(OUT)
	fi
	echo
	echo "这里没有显示器，已生成界面截图和示例文件："
	find "$$PWD/$(OUT)" -type f \( -name '*.png' -o -name '*.pdf' -o -name '*.xlsx' \) | sort

test: setup-test fonts ## every test but the long ones
	@$(BIN)/python -m pytest

soak: setup-test fonts ## the long tests: many more examples, crashes and rounds
	@$(BIN)/python -m pytest -m soak --hypothesis-profile soak

lint: setup-test ## style, format, types, and which package may know which
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-test fonts ## times against the bare libraries; BENCH="--scale street --only register" narrows it
	@$(BIN)/python -m tests.benchmarks $(BENCH)

setup: .venv/.installed
	@.ci/system-packages qt .venv

setup-test: .venv/.installed-test
	@.ci/system-packages qt .venv

# The typeface is prepared once for each user, in the cache folder.
fonts: setup
	@$(BIN)/python -m exports.fonts

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then
		echo "需要 Python 3.11 或更新版本，没有找到。请先安装（例如 sudo apt-get install python3 python3-venv）。" >&2
		exit 1
	fi
	.ci/system-packages venv "$(PYTHON)"
	rm -rf .venv
	$(PYTHON) -m venv .venv

.venv/.installed: setup.cfg pyproject.toml | .venv/bin/python
	@echo "安装程序所需的组件 …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.installed-test: setup.cfg pyproject.toml | .venv/bin/python
	@echo "安装程序和测试所需的组件 …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch .venv/.installed $@

clean: ## remove the environment and everything made; the user's register and typeface stay
	@rm -rf .venv $(OUT) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
