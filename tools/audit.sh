#!/bin/sh
# Asks whether a weakness is known in any package that we pin: pip-audit, in an environment of its own.
# --strict: a package that could not be looked up is a failure. Without it a mirror that knows no answers passes.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
"$python" -m venv build/audit
build/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/audit-requirements.txt
for pins in requirements.txt requirements-dev.txt tools/audit-requirements.txt; do
    echo "$pins"
    build/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement "$pins"
done
