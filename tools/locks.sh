#!/usr/bin/env bash
# Write the locked requirements: names, versions and hashes, no addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 \
    --no-header --no-emit-index-url --no-emit-find-links "$@"; }
compile requirements-uv.in -o requirements-uv.txt
compile pyproject.toml -o requirements.txt
compile pyproject.toml --extra test -c requirements.txt -o requirements-test.txt
if grep -nE '://|--(extra-)?index|--find-links' requirements*.txt; then
    echo "A lock file names an address; it must hold names, versions and hashes only." >&2
    exit 1
fi
