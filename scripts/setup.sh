#!/bin/sh
# Installs what this folder needs to run, and with --test what its tests need on top.
# Asks first what is there: a second run changes nothing and takes a moment.
set -eu
cd "$(dirname "$0")/.."
umask 022

OLDEST_PYTHON=3.11
NEW_ENOUGH="
import sys
if sys.version_info < tuple(map(int, '$OLDEST_PYTHON'.split('.'))):
    sys.exit(1)"
OLDEST_POSTGRES=15

main() {
    requirements=requirements.txt
    with_tests=no
    case ${1-} in
    '') ;;
    --test) with_tests=yes requirements=requirements-dev.txt ;;
    *) stop "usage: scripts/setup.sh [--test]" ;;
    esac

    if ! venv_is_current "$requirements"; then
        find_python || { install_packages "$(missing_python)" && find_python; } ||
            stop "Python $OLDEST_PYTHON or newer, with venv, is needed: sudo apt install python3 python3-venv"
        make_venv "$requirements"
    fi
    if [ $with_tests = yes ]; then
        install_packages "$(missing_test_packages)"
        install_light_chromium
        install_node_modules
        unpack_nginx
    fi
    compile_translations
}

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- Python -----------------------------------------------------------------------------------

# Sets $python to the first interpreter that is new enough and complete. A version manager may
# stand before the system's own in PATH, and may have been built without sqlite3 or ssl.
find_python() {
    for candidate in ${PYTHON-} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        python=$("$candidate" -c "$NEW_ENOUGH
import ensurepip, sqlite3, ssl, venv
print(sys.executable)" 2>/dev/null) && return 0
    done
    return 1
}

# Debian keeps venv in a package of its own, one for each version.
missing_python() {
    for candidate in /usr/bin/python3 /usr/bin/python3.14 /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3.11; do
        "$candidate" -c "$NEW_ENOUGH
print('python%d.%d-venv' % sys.version_info[:2])" 2>/dev/null && return
    done
    echo python3 python3-venv
}

# A virtual environment works only where it was made: the folder is part of its stamp.
fingerprint() {
    pwd -P
    sha256sum <"$1"
}

venv_is_current() {
    [ -f ".venv/$1.stamp" ] && [ "$(cat ".venv/$1.stamp")" = "$(fingerprint "$1")" ] &&
        .venv/bin/python -c '' 2>/dev/null
}

make_venv() {
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1 || [ "$(cat .venv/folder 2>/dev/null)" != "$(pwd -P)" ]; then
        say "making .venv with $("$python" --version)"
        rm -rf .venv
        "$python" -m venv .venv
        pwd -P >.venv/folder
    fi
    say "installing $1"
    rm -f .venv/*.stamp
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --no-deps --only-binary :all: --requirement "$1"
    # What the tests need contains what the server needs.
    fingerprint requirements.txt >.venv/requirements.txt.stamp
    fingerprint "$1" >".venv/$1.stamp"
}

compile_translations() {
    for catalogue in moderator/translations/*/LC_MESSAGES/messages.po; do
        [ -f "$catalogue" ] || continue
        compiled=${catalogue%.po}.mo
        [ -f "$compiled" ] && [ -z "$(find "$catalogue" -newer "$compiled")" ] && continue
        .venv/bin/pybabel --quiet compile --input-file "$catalogue" --output-file "$compiled"
    done
}

# --- What the tests need on top ---------------------------------------------------------------

missing_test_packages() {
    has chromium-headless-shell || has chromium || has chromium-browser ||
        available chromium-headless-shell chromium chromium-browser
    # Every script that a screen shows; Arabic is among them.
    has fc-list && fc-list 2>/dev/null | grep -q 'NotoSansArabic' || echo fonts-noto-core fontconfig
    has_postgres || available "postgresql-$OLDEST_POSTGRES" postgresql
    # They look at what a printer would get.
    has pdftoppm && has pdfinfo && has pdftotext || echo poppler-utils
    # It plays the examples of docs/protocol.md.
    has curl || echo curl
    has node || has nodejs || echo nodejs
    # It runs the validator of pages.
    has java || echo default-jre-headless
    # Some builds of node bring npm along, and clash with the package of that name.
    has npm || echo npm
}

# A Chromium that has no windows at all opens a page in a quarter of the time. Debian has it; where
# it cannot be had, the tests take the one with windows, and longer.
install_light_chromium() {
    has chromium-headless-shell || ! apt-cache show chromium-headless-shell >/dev/null 2>&1 ||
        (install_packages chromium-headless-shell) || say "the tests will take longer"
}

# Unpacked, not installed: a package would serve port 80 from then on. Its package has had two names.
unpack_nginx() {
    [ -x /usr/sbin/nginx ] || [ -x .setup/nginx/usr/sbin/nginx ] || {
        say "unpacking nginx"
        mkdir -p .setup/nginx
        for package in nginx-light nginx; do
            (cd .setup/nginx && quietly apt-get -qq download "$package" && dpkg -x "$package"_*.deb .)
            [ -x .setup/nginx/usr/sbin/nginx ] && return
        done
        stop "nginx could not be unpacked; please install it: sudo apt install nginx"
    }
}

# The first of these packages that this machine's sources offer; the last if they offer none.
available() {
    for package in "$@"; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            break
        fi
    done
    echo "$package"
}

has_postgres() {
    for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
        [ -x "$initdb" ] || continue
        version=$("$initdb" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        [ "$version" -ge "$OLDEST_POSTGRES" ] && [ -x "$(dirname "$initdb")/postgres" ] && return 0
    done
    return 1
}

install_node_modules() {
    stamp=node_modules/.moderator.stamp
    if [ ! -f $stamp ] || [ "$(cat $stamp)" != "$(fingerprint package-lock.json)" ]; then
        say "installing package-lock.json"
        quietly npm ci --ignore-scripts --no-audit --no-fund
        fingerprint package-lock.json >$stamp
    fi
}

# --- System packages --------------------------------------------------------------------------

# Installs the packages named in $1, if any, as root or through sudo.
install_packages() {
    packages=$(echo $1)
    [ -n "$packages" ] || return 0
    has apt-get || stop "please install what stands in for the Debian packages: $packages"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        stop "please have these packages installed, then try again: sudo apt install $packages"
    fi
    say "installing packages: $packages"
    # One source that does not answer must not keep the others from serving.
    quietly $as_root apt-get -qq -o DPkg::Lock::Timeout=300 update ||
        say "not every package source answered"
    quietly $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $packages ||
        stop "these packages could not be installed: $packages"
}

# Runs a command, and shows what it said only when it fails.
quietly() {
    said=$("$@" 2>&1) || { printf '%s\n' "$said" >&2; return 1; }
}

main "$@"
