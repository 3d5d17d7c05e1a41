# make run    set everything up, open the dashboard on the example workbook (or on the configured sheet)
# make test   set everything up, run every test, the browser's too
# make check  format, lint, types, architecture: the same for you, the hooks and CI
# make fix    let the formatter and the linter repair what they can
# make bench  measure it beside what a user would pick instead (docs/performance.md); BENCH="phone idle" is a part
# make backtest  forecast real logs as they stood, beside what became of them
# make shots  a picture of every screen under build/shots/
# make pictures  take the pictures of the manuals anew
# make soak   hang the meeting screen for half an hour: is memory flat, is a frame ever blank?
# make soak-viewers  thirty viewers and a sheet that changes for an hour: is the server's memory flat, does nothing break?
# make processes  kill one of three processes every ten seconds, for five minutes
# make chaos  break everything between us and the sheet, and take the server away: what is shown, how soon is it back?
# make browsers  open every screen in Firefox and WebKit too (Debian: firefox-esr webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1)
# make audit  ask whether a weakness is known in any package that we pin
# make lock   compile the exact requirements from pyproject.toml
SHELL := /bin/sh
VENV  := .venv
PY    := $(VENV)/bin/python
PORT  ?= 8501
WORKERS ?= 3

.PHONY: run test check fix bench backtest shots pictures soak soak-viewers chaos processes browsers audit lock clean

run: $(VENV)/run.stamp
	$(VENV)/bin/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev.stamp
	sh tools/chromium.sh
	sh tools/redis.sh
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(PY) -m pytest -q tests/test_architecture.py

fix: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(VENV)/dev.stamp build/peers/stamp
	sh tools/chromium.sh
	$(PY) -m bench $(BENCH)

backtest: $(VENV)/dev.stamp
	$(PY) tools/backtest.py

shots: $(VENV)/dev.stamp
	sh tools/chromium.sh
	$(PY) tools/shots.py

pictures: $(VENV)/dev.stamp
	sh tools/chromium.sh
	$(PY) tools/pictures.py

soak: $(VENV)/dev.stamp
	sh tools/chromium.sh
	$(PY) tools/soak.py $(SOAK_ARGS)

soak-viewers: $(VENV)/dev.stamp
	$(PY) tools/soak_viewers.py --into docs/performance.md $(SOAK_ARGS)

processes: $(VENV)/dev.stamp
	sh tools/redis.sh
	$(PY) tools/processes.py --into docs/reliability.md $(PROCESSES_ARGS)

chaos: $(VENV)/dev.stamp
	sh tools/chromium.sh
	$(PY) tools/chaos.py $(CHAOS_ARGS)

browsers: $(VENV)/dev.stamp
	$(PY) tools/other_browsers.py

audit: $(VENV)/dev.stamp
	sh tools/audit.sh

lock: $(VENV)/dev.stamp
	$(PY) -m pip install -q uv
	$(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.txt
	$(PY) -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements-dev.txt

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis

build/peers/stamp: bench/peers/requirements.txt
	sh tools/venv.sh build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/peers/requirements.txt
	touch $@

$(PY):
	sh tools/venv.sh $(VENV)

$(VENV)/run.stamp: requirements.txt $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
