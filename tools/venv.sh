#!/bin/sh
# Makes the virtual environment $1 with the first Python 3.11 or newer on this machine.
set -eu
for python in python3.11 python3.12 python3.13 python3.14 python3; do
    if command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        found=$python
        break
    fi
done
if [ -z "${found:-}" ]; then
    echo "genkdash needs Python 3.11 or newer (Debian: apt install python3; macOS: brew install python@3.11)." >&2
    exit 1
fi
# Debian keeps the part of Python that makes environments in a package of its own.
if ! "$found" -c 'import ensurepip' 2>/dev/null; then
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq python3-venv
    else
        echo "Python's venv module is missing: sudo apt install python3-venv, then once more." >&2
        exit 1
    fi
fi
"$found" -m venv "$1"
