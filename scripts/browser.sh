#!/usr/bin/env bash
# Pages are tested in Debian's Chromium. Installed by apt where we may; said out loud where we may not.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
  exit 0
fi
echo "Chromium is missing and cannot be installed without root: page tests will be skipped." >&2
echo "Install it with: apt install chromium fonts-noto-cjk" >&2
if [ "${CI:-}" = true ]; then exit 1; fi
