# gongkai 公开. `make` lists what can be made; everything installs what it needs into .venv by itself.
V := .venv
PORT ?= 8000
# Compiled modules are kept, whatever the machine's own choice: the tests start hundreds of programs.
unexport PYTHONDONTWRITEBYTECODE
# The Python that .venv is made with; 3.11, 3.12 or 3.13.
export PYTHON ?= python3
export UV_PYTHON_DOWNLOADS := never
export UV_NO_CONFIG := 1
# Where the machine keeps certificates of its own, as behind an office's proxy, they are trusted.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := 1
export PIP_CERT ?= /etc/ssl/certs/ca-certificates.crt
endif
# Parallel test processes: one more than processors, since many tests wait for a program that they started.
WORKERS ?= $(shell expr $$(nproc) + 1)
# Each process begins with its share; one that is done takes over half of what another still has, so none is last alone.
# Plugins that are not used here are not loaded: each process would load them.
PYTEST = $(V)/bin/pytest -q -n $(WORKERS) --dist worksteal -p no:schemathesis -p no:anyio
NO_BROWSER = --ignore tests/browser -p no:playwright
SOURCES = src tests tools conftest.py
INSTALL = $(V)/bin/uv pip sync -q --python $(V)/bin/python --require-hashes
INSTALL_OWN = $(V)/bin/uv pip install -q --python $(V)/bin/python --no-deps --no-build-isolation -e .

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

# --- Running ---------------------------------------------------------------------------------------------------------
.PHONY: demo demo-ready
demo: demo-ready ## a portal with sample data on http://127.0.0.1:8000 (PORT=… for another)
	@$(V)/bin/gongkai serve --port $(PORT)

demo-ready: system-run $(V)/.run ## all of `make demo` but the serving
	@$(V)/bin/gongkai manage migrate --verbosity 0
	@$(V)/bin/gongkai manage seed_demo
	@$(V)/bin/gongkai manage collectstatic --noinput --verbosity 0

# --- Testing ---------------------------------------------------------------------------------------------------------
.PHONY: test test-sqlite test-postgres
test: test-postgres test-sqlite ## every test without a browser on SQLite, and those of the database on PostgreSQL

test-sqlite: system-test $(V)/.test
	@echo "--- Tests on SQLite"
	DATABASE_URL= $(PYTEST) $(NO_BROWSER)

test-postgres: system-test $(V)/.test
	@if tools/with-postgres.sh --found; then \
		echo "--- Tests on PostgreSQL"; \
		tools/with-postgres.sh $(PYTEST) $(NO_BROWSER) -m database; \
	else \
		echo "--- PostgreSQL is not installed: its tests are left out (package postgresql)"; \
		[ "$$CI" != true ]; \
	fi

.PHONY: check static lint types contracts migrations deploy-check test-browser
check: system-check static test-postgres test-api test-browser ## all that must hold before a change is merged

static: lint types contracts migrations deploy-check ## what can be told without running the pages

lint: $(V)/.test
	$(V)/bin/ruff check $(SOURCES)
	$(V)/bin/ruff format --check $(SOURCES)

types: $(V)/.test
	$(V)/bin/mypy $(SOURCES)

contracts: $(V)/.test
	$(V)/bin/lint-imports

migrations: $(V)/.test
	GONGKAI_ENV=test $(V)/bin/gongkai manage makemigrations --check --dry-run

deploy-check: $(V)/.test
	GONGKAI_ENV=production GONGKAI_ALLOWED_HOSTS=open.example.gov.cn GONGKAI_DATA_DIR=$(V)/deploy-check \
		GONGKAI_SECRET_KEY=$$($(V)/bin/python -c "import secrets; print(secrets.token_urlsafe(50))") \
		GONGKAI_FIELD_KEYS=$$($(V)/bin/python -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())") \
		$(V)/bin/gongkai manage check --deploy --fail-level WARNING

test-browser: system-check $(V)/.test
	@echo "--- Journeys in a browser"
	DATABASE_URL= $(PYTEST) -m browser tests/browser

.PHONY: test-api
# Random requests to each address, and seconds of them all.
EXAMPLES ?= 15
SECONDS_OF_REQUESTS ?= 120
test-api: system-run $(V)/.test ## random requests against the served interface for programs, two minutes at most
	@echo "--- The interface for programs"
	$(V)/bin/python -m tools.test_api $(EXAMPLES) $(SECONDS_OF_REQUESTS)

.PHONY: test-faults
# How often a program is killed, and which work comes in meanwhile: applications, library, or both.
KILLS ?= 200
SUBJECTS ?= applications library
test-faults: system-run $(V)/.test ## programs killed with SIGKILL while work comes in, minutes long (KILLS=… SUBJECTS=…)
	GONGKAI_FAULTS=$(KILLS) GONGKAI_FAULTS_SUBJECTS="$(SUBJECTS)" $(V)/bin/pytest -q -s tests/house/test_faults.py

.PHONY: test-cluster
test-cluster: system-test $(V)/.test ## the search on a real OpenSearch cluster of three nodes (needs Maven and Java)
	@echo "--- The search on a cluster"
	DATABASE_URL= $(V)/bin/python -m tools.with_cluster $(V)/bin/pytest -q -o log_cli=true -o log_cli_level=WARNING src/gongkai/search/tests/test_cluster.py

.PHONY: format bench bench-cluster screenshots messages
format: $(V)/.test ## put the source in its form
	$(V)/bin/ruff check --fix $(SOURCES)
	$(V)/bin/ruff format $(SOURCES)

# Links of the audit chain that `make bench` verifies.
ROWS ?= 100000
bench: $(V)/.test ## speed, as ratios against the bare thing measured in the same run (ROWS=… for a longer audit chain)
	@set -e; for file in $(filter-out %_audit.py,$(wildcard tools/bench*.py)); do $(V)/bin/python -m tools.$$(basename $$file .py); done
	@DATABASE_URL= $(V)/bin/python -m tools.bench_audit --rows $(ROWS)
	@if tools/with-postgres.sh --found; then tools/with-postgres.sh $(V)/bin/python -m tools.bench_audit --rows $(ROWS); fi

# Entries that `make bench-cluster` makes, memory of each node, and a folder that keeps what was made (a temporary one else).
SIZE ?= 20000
HEAP ?= 1g
IN ?=
bench-cluster: system-test $(V)/.test ## the search on a cluster of three nodes beside the embedded one (SIZE=… HEAP=… IN=folder)
	@DATABASE_URL= GONGKAI_BENCH_RIVALS=0 GONGKAI_CLUSTER_HEAP=$(HEAP) $(V)/bin/python -m tools.with_cluster \
		$(V)/bin/python -m tools.bench_search --size $(SIZE) $(if $(IN),--in $(IN))

screenshots: system-check $(V)/.test ## the pictures in the documents
	$(V)/bin/python -m tools.screenshots

messages: system-test $(V)/.test ## gather and compile the words of the interface
	$(V)/bin/gongkai manage messages

# --- What is needed --------------------------------------------------------------------------------------------------
.PHONY: system system-run system-test system-check locks
system: system-check ## install the Debian packages that are missing (as root), or name them

system-run system-test system-check:
	@tools/system.sh $(@:system-%=%)

locks: $(V)/.uv ## choose the newest versions again and write the locks
	tools/locks.sh

$(V)/.uv: requirements-uv.txt
	@tools/system.sh run
	$(PYTHON) -m venv $(V)
	$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Where the tests have been run, their programs stay.
$(V)/.run: requirements.txt pyproject.toml $(V)/.uv
	$(INSTALL) $(if $(wildcard $(V)/.test),requirements-test.txt,requirements.txt) requirements-uv.txt
	$(INSTALL_OWN)
	@touch $@

$(V)/.test: requirements-test.txt pyproject.toml $(V)/.uv
	$(INSTALL) requirements-test.txt requirements-uv.txt
	$(INSTALL_OWN)
	@touch $(V)/.run $@
