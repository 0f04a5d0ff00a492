#!/usr/bin/env bash
# Fetch the scripts of others that the desk serves, at pinned versions, with their licences beside them, and
# record their hashes. They are committed: nobody needs npm to install or to build the desk.
set -euo pipefail
HTMX=2.0.11
UPLOT=1.6.32

cd "$(dirname "$0")/.."
vendor=src/troth/web/ui/static/ui/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
take() { # NAME VERSION FILE[=AS] ...
  local name=$1 version=$2 folder="$work/$1" archive pair
  shift 2
  mkdir -p "$folder"
  archive=$(npm pack --silent --pack-destination "$folder" "$name@$version")
  tar -xzf "$folder/$archive" -C "$folder" --strip-components=1
  for pair in "$@"; do cp "$folder/${pair%=*}" "$vendor/${pair#*=}"; done
}
mkdir -p "$vendor"
take htmx.org "$HTMX" dist/htmx.min.js=htmx.min.js LICENSE=htmx.LICENSE
take uplot "$UPLOT" dist/uPlot.iife.min.js=uPlot.iife.min.js dist/uPlot.min.css=uPlot.min.css \
  LICENSE=uPlot.LICENSE
chmod 644 "$vendor"/*
(cd "$vendor" && sha256sum -- *.js *.css *.LICENSE >SHA256SUMS)
