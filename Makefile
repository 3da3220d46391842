# `make demo` shows the app on a sample frame, `make test` runs every test. Both make .venv first.
#
#   make demo FRAME=path/to/frame.fits   the same on a frame of yours
#   needs make, git and python3 (3.11 or newer, with venv)

.PHONY: help demo test coverage soak soak-window fuzz check format train evaluate screenshots benchmark-viewer benchmark-preview benchmark-training benchmark-batch benchmark-models translations installer links docs clean
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
FRAME ?=
TESTS ?= tests
JOBS ?= 2
MINUTES ?= 1
VARIANT ?= cpu
CORPUS ?=
SOAK_FRAMES ?= 300
SOAK_KILLS ?= 10
RECIPE ?= trainer/recipes/superres-x2.toml
DATA ?= ../shared/data/train
SCORES ?= evaluation

# The first of these that exists and is new enough makes the environment.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Says what it downloads, how much, and how far it is. TORCH=cpu or TORCH=cuda decides which torch.
INSTALL := $(BIN)/python tools/install_app.py

help:
	@sed -n 's/^# \?//p' Makefile | head -4
	@echo "Others: check, format, coverage, train (RECIPE=, DATA=), evaluate (DATA=), screenshots, translations, installer, links, docs, clean."

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "astroview needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make a virtual environment." \
		"On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }

# A stamp per set of packages, so that a second run starts at once.
$(VENV)/.app: pyproject.toml | $(BIN)/python
	@echo "Installing astroview into $(VENV): torch and Qt are large, this takes a few minutes once."
	@$(INSTALL)
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@echo "Installing astroview and its tests into $(VENV): this takes a few minutes once."
	@$(INSTALL) test
	@touch $@ $(VENV)/.app

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing astroview with its developers' tools into $(VENV)."
	@$(INSTALL) dev
	@touch $@ $(VENV)/.app $(VENV)/.test

demo: $(VENV)/.app
	@$(BIN)/python -m astroview demo $(if $(FRAME),"$(FRAME)")

test: $(VENV)/.test
	@QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 \
		$(BIN)/python -m pytest --quiet --numprocesses $(JOBS) --dist worksteal $(TESTS)

# What of the source the tests run, of all processes together; slower than `make test`.
coverage: $(VENV)/.test
	@QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 $(BIN)/python -m coverage run -m pytest --quiet $(TESTS)
	@$(BIN)/python -m coverage combine --quiet && $(BIN)/python -m coverage report --skip-covered

# Long and real: 300 frames killed at ten points, with the bundled models. SOAK_FRAMES=20 SOAK_KILLS=3
# is a quick look.
soak: $(VENV)/.test
	@ASTROVIEW_SOAK=bundled SOAK_FRAMES=$(SOAK_FRAMES) SOAK_KILLS=$(SOAK_KILLS) \
		$(BIN)/python -m pytest --quiet tests/batch/test_killed.py

# The real window used at random: handles, scratch and memory after everything is closed again.
soak-window: $(VENV)/.test
	@OMP_NUM_THREADS=1 $(BIN)/python -m tools.soak --minutes $(MINUTES)

# Damaged files for every reader. CORPUS="DIR ..." adds further files to damage; what is found goes
# into ./crashers.
fuzz: $(VENV)/.test
	@OMP_NUM_THREADS=1 $(BIN)/python -m tools.fuzz --minutes $(MINUTES) $(CORPUS:%=--corpus %)

benchmark-preview: $(VENV)/.app
	$(BIN)/python -m benchmarks.preview --write

benchmark-training: $(VENV)/.app
	$(BIN)/python -m benchmarks.training --write

benchmark-models: $(VENV)/.test
	$(BIN)/python -m benchmarks.models --write

benchmark-batch: $(VENV)/.test
	$(BIN)/python -m benchmarks.batch --write

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/pyright

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

train: $(VENV)/.app
	$(BIN)/python -m trainer fit $(RECIPE) --data $(DATA)

# Every figure of docs/models.md and of the cards; what was scored before is not done again.
EVALUATE := $(BIN)/python -m astroview evaluate --data $(DATA) --out $(SCORES)
evaluate: $(VENV)/.app
	$(EVALUATE) --task sr --model superres-x2 --against superres-x2:best superres-x2:denoise bicubic lanczos
	$(EVALUATE) --task sr --model superres-x4 --against superres-x4:denoise srgan-x4 bicubic lanczos
	$(EVALUATE) --task colour --model colorizer
	$(EVALUATE) --task combined --model combined-x2 --against superres-x2+colorizer

screenshots: $(VENV)/.app
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots.gallery docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots.measure_gallery docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots.display_gallery docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots.tour_gallery build/tour

# GINGA=path/to/python of an environment with ginga and PySide6 fills that column.
benchmark-viewer: $(VENV)/.app
	$(BIN)/python -m benchmarks.viewer --write $(if $(GINGA),--ginga-python $(GINGA))

translations: $(VENV)/.app
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.translations.update

# VARIANT=cuda bundles torch with CUDA; what is made lies in dist/.
installer: $(VENV)/.app
	@$(INSTALL) installer
	$(BIN)/python build_installer.py --variant $(VARIANT)

# Whether what the pages link to outside of here still answers; says so where there is no network.
links: $(BIN)/python
	@$(BIN)/python -m tools.delivery.links

docs: $(VENV)/.docs
	$(BIN)/python -m tools.delivery.site

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	@$(INSTALL) docs
	@touch $@

clean:
	rm -rf build dist site .pytest_cache .ruff_cache .hypothesis .import_linter_cache demo.png
	find astroview trainer tests -name __pycache__ -type d -prune -exec rm -rf {} +
