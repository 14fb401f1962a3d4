#!/usr/bin/env bash
# Install what Debian must provide for a target, when something is missing.
#
#   tools/system.sh run          what `make demo` needs: Python with venv; fonts, Pango and libmagic for letters and files
#   tools/system.sh test         and what `make test` needs: PostgreSQL, gettext, Poppler, certutil, openssl
#   tools/system.sh check        and what `make check` needs: Chromium and its driver's library
#
# As root it installs; an ordinary user is told which packages to ask for, and the work goes on where it can.
set -euo pipefail

missing=()
need() { # need PACKAGE COMMAND…: the package is missing when the command fails
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p | grep -q "$1"; }

profile=${1:-check}
python=${PYTHON:-python3}
need python3 command -v "$python"
# A Python of the person's own choice needs no package of Debian's; only a missing venv module does.
need python3-venv "$python" -c 'import ensurepip, venv'
need fonts-noto-cjk installed fonts-noto-cjk
need libpango-1.0-0 library libpango-1.0.so.0
need libpangoft2-1.0-0 library libpangoft2-1.0.so.0
need libharfbuzz-subset0 library libharfbuzz-subset.so.0
need libmagic1 library libmagic.so.1
if [ "$profile" != run ]; then
    need postgresql "$(dirname "$0")/with-postgres.sh" --found
    need gettext command -v msgfmt
    need poppler-utils command -v pdftoppm
    need libnss3-tools command -v certutil # trusts an authority for pdfsig, which looks at seals
    need openssl command -v openssl        # checks signatures of SM2 beside ours
fi
if [ "$profile" = check ]; then
    need chromium-headless-shell command -v chromium-headless-shell
    need libatomic1 library libatomic.so.1 # the browser's driver is linked to it
fi
if command -v "$python" >/dev/null && ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: Python 3.11 or newer is needed. Name one: make PYTHON=python3.11 …" >&2
    exit 1
fi
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null
    apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" </dev/null >/dev/null
    exit 0
fi
echo "Missing from this machine: ${missing[*]}" >&2
echo "Ask an administrator to run: apt-get install ${missing[*]}" >&2
case " ${missing[*]} " in
*" python3 "* | *" python3-venv "*)
    echo "Python with its venv module is needed for everything; nothing can be done without it." >&2
    exit 1
    ;;
esac
if [ "${CI:-}" = true ]; then
    echo "This is a CI run, where every test must run: stopping here." >&2
    exit 1
fi
echo "Going on without; the tests that need them are left out or will say so." >&2
