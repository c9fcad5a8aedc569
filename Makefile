# Linli 邻里. On a machine with python3 (3.11 or newer) and make:  make run
#   make run            install, prepare, load the sample community once, serve   (PORT=8000)
#   make test           every test on both databases, browser journeys, crash proof
#   make check          style, types, floors, templates, migrations, sheets
#   make fix            let the tools repair what they can
# Another Python:       make run LINLI_PYTHON=python3.12
# Another package index: set PIP_INDEX_URL

LINLI_PYTHON ?= python3
PORT ?= 8000
# Parallel test workers.
JOBS ?= 2
BIN = .venv/bin
PYTEST = $(BIN)/python -m pytest -q
INSTALL = @$(LINLI_PYTHON) requirements/install.py
FAST = not journey and not crash

.PHONY: run test check fix journeys crash bench docs sample release lock dev python test-sqlite test-postgres

run: python
	$(INSTALL) run
	@$(BIN)/linli prepare
	@$(BIN)/linli sample --once
	@exec $(BIN)/linli serve --port $(PORT)

python:
	@command -v $(LINLI_PYTHON) >/dev/null 2>&1 || { \
	  echo "找不到 $(LINLI_PYTHON)：请安装 Python 3.11 或更新版本 / $(LINLI_PYTHON) is missing: install Python 3.11 or newer" >&2; exit 2; }

dev: python
	$(INSTALL) dev

test: dev
	$(MAKE) --no-print-directory test-sqlite
	$(MAKE) --no-print-directory test-postgres
	$(MAKE) --no-print-directory journeys
	$(MAKE) --no-print-directory crash

test-sqlite: dev
	LINLI_TEST_ENGINE=sqlite $(PYTEST) -n $(JOBS) -m "$(FAST)"

test-postgres: dev
	LINLI_TEST_ENGINE=postgres $(PYTEST) -n $(JOBS) -m "$(FAST)"

journeys: dev
	$(PYTEST) -m journey

crash: dev
	$(PYTEST) -m crash

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy linli
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint linli
	LINLI_MODE=test $(BIN)/python -m django makemigrations --check --dry-run --settings linli.config.settings
	$(BIN)/linli check
	$(PYTEST) tests/house

fix: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: dev
	$(BIN)/python -m tests.bench

docs: dev
	$(BIN)/python -m docs.make

sample: python
	$(INSTALL) run
	@$(BIN)/linli prepare
	@$(BIN)/linli sample

release: dev check test
	rm -rf dist
	$(BIN)/uv build --out-dir dist
	@$(BIN)/linli --version

# New versions of everything the lock names; the written files name no index.
LOCK = UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --python-version 3.11 --upgrade
lock: dev
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	echo uv | $(LOCK) --no-header - -o requirements/uv.txt
