#!/bin/sh
# Sees to it that a system Chromium is there for the browser tests; Debian's is installed where it can be.
set -eu
for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -n "$browser" ] && command -v "$browser" >/dev/null; then
        exit 0
    fi
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq chromium
elif [ -n "${CI:-}" ]; then
    echo "No Chromium here, and the browser tests need one." >&2
    exit 1
else
    echo "No Chromium here: the browser tests are skipped (sudo apt install chromium, or install Chrome)." >&2
fi
