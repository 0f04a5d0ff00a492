#!/usr/bin/env bash
# Resolve pyproject.toml anew and pin the result: versions only, no index addresses, no hashes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pin() { # EXTRA LOCK
  python3 -m venv "$work/$2"
  "$work/$2/bin/python" -m pip -q install --upgrade pip setuptools
  "$work/$2/bin/python" -m pip -q install ".$1"
  "$work/$2/bin/python" -m pip freeze --exclude troth --exclude pip | sed 's/ @ .*//' >"$2"
  "$work/$2/bin/python" -m pip freeze --all | grep '^setuptools==' >>"$2" || true
  sort -fu -o "$2" "$2"
}
pin "" requirements.lock
pin "[dev]" requirements-dev.lock
