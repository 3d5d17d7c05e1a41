#!/bin/sh
# Sees to it that a Redis or Valkey server is there for the tests; Debian's is installed where it can be.
set -eu
for server in redis-server valkey-server; do
    if command -v "$server" >/dev/null; then
        exit 0
    fi
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && { apt-get install -y -qq --no-install-recommends valkey-server || apt-get install -y -qq --no-install-recommends redis-server; }
elif [ -n "${CI:-}" ]; then
    echo "No Redis or Valkey here, and the tests of several processes need one." >&2
    exit 1
else
    echo "No Redis or Valkey here: the tests of several processes are skipped (sudo apt install redis-server)." >&2
fi
