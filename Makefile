# The habits: make run, make test, make lint, make venv, make parsing, make relevance, make bench, make lock.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
HOME_  := $(if $(BIENBAN_HOME),$(BIENBAN_HOME),bienban-data)
PORT   ?= 8000
TESTERS := $(shell nproc 2>/dev/null || echo 2)

.PHONY: venv run test lint parsing relevance bench lock browser reloaded clean

venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: apt-get install python3"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "python3-venv is missing: apt-get install python3-venv"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: venv
	@$(BIN)/bienban --home "$(HOME_)" demo --if-empty
	@exec $(BIN)/bienban --home "$(HOME_)" serve --port $(PORT)

test: venv browser
	$(BIN)/python -m pytest -n $(TESTERS) tests

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# How well reports are read: the demo against its floors, and what lies in ../shared where it is present.
parsing: venv
	$(BIN)/python -m tests.parsing.score
	@for folder in articles reports; do test ! -d ../shared/$$folder || \
	  $(BIN)/python ../shared/acceptance/score_parse.py ../shared/$$folder --command "$(BIN)/bienban parse {file} --json"; done

# The ranking against its pinned floors, with peers where they can be installed; prints the table of ARCHITECTURE.md.
relevance: venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/relevance/peers.lock \
	  || echo "peers cannot be installed: their columns stay empty"
	$(BIN)/python -m tests.relevance.gate
	@test ! -d ../shared/acceptance || { ../shared/acceptance/traps.py --command $(BIN)/bienban && \
	  ../shared/acceptance/hostile.py --command $(BIN)/bienban --fuzz 5000; }

# Speed beside tantivy, SQLite FTS5 and stock Whoosh: make bench N="5000 50000 250000"; what is built is kept in build/bench.
N ?= 5000
bench: venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/relevance/peers.lock \
	  || echo "peers cannot be installed: their columns are left out"
	$(BIN)/python -m tests.benchmarks $(N)

# Chromium for the browser tests: where it cannot be had they are skipped with that reason.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; } || true; }

# The index tests once more on the other distribution of `import whoosh`, so that the way out stays open.
reloaded: venv
	@test -d build/reloaded/whoosh || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes \
	  --target build/reloaded -r tests/reloaded.lock
	PYTHONPATH=build/reloaded $(BIN)/python -m pytest tests/indexer

lock:
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --group pyproject.toml:dev pyproject.toml -o requirements.lock
	echo "Whoosh-Reloaded==2.7.5" | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header - -o tests/reloaded.lock
	printf 'bm25s==0.3.16\ntantivy==0.27.0\n' | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -c requirements.lock - -o tests/relevance/peers.lock

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache
