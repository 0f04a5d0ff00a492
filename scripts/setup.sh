#!/usr/bin/env bash
# Make a virtual environment, install what a lock file pins and the project itself, and compile the
# folds once so that the first real run is quick. Usage: scripts/setup.sh VENV LOCK
set -euo pipefail
venv=$1 lock=$2 python=${PYTHON:-python3}

if [ ! -x "$venv/bin/python" ]; then
  if ! "$python" -m venv "$venv" 2>/dev/null; then
    rm -rf "$venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
      "$python" -m venv "$venv"
    else
      echo "Python cannot make a virtual environment here. Install it first: apt install python3-venv" >&2
      exit 1
    fi
  fi
fi
"$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "troth needs Python 3.11 or later; set PYTHON to one." >&2
  exit 1
}
pip="$venv/bin/python -m pip --disable-pip-version-check -q"
$pip install -r "$lock" 2> >(grep -v '^WARNING: Location' >&2)
# The tests of NumPy, SciPy, numba and pyarrow are a seventh of the whole and nothing that runs reads them.
for package in numpy scipy numba pyarrow; do
  find "$venv"/lib/python*/site-packages/$package -type d -name tests -prune -exec rm -rf {} + 2>/dev/null || true
done
$pip install --no-deps --no-build-isolation -e . 2> >(grep -v '^WARNING: Location' >&2)
"$venv/bin/python" -m troth.cli.warm
