# Shared by demo, test and bench: a ready .venv with what is pinned, and WeasyPrint's native libraries.
# Programs are started as `python -m …`, so that a moved checkout or a path with spaces does no harm.

set -eu
unset CDPATH PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE
root=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
cd -- "$root"

PY="$root/.venv/bin/python"
UV="uv==0.13.9"
NATIVE="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

say() { # say INDONESIAN ENGLISH: the language that gscm itself would choose
    case "${GSCM_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
        [eE][nN]*) printf '%s\n' "$2" ;;
        *) printf '%s\n' "$1" ;;
    esac
}

gscm() { "$PY" -m gscm "$@"; }

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() { # apt_install PACKAGE …, quietly unless it fails
    say "Memasang dengan apt-get: $*" "Installing with apt-get: $*" >&2
    log=$(mktemp)
    if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
        >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

ready() { # ready REQUIREMENTS: the .venv holds what that file pins, and gscm; at once if it already does
    [ -x "$PY" ] && "$PY" -c '' 2>/dev/null || make_venv
    stamp="$root/.venv/.ready-$1"
    key="$root $("$PY" -VV | cat - requirements.txt "$1" pyproject.toml | cksum)"
    if [ "$(cat "$stamp" 2>/dev/null)" != "$key" ]; then
        say "Memasang paket dari $1 ke .venv …" "Installing the packages of $1 into .venv …" >&2
        install_pinned "$1"
        printf '%s\n' "$key" >"$stamp"
    fi
}

make_venv() {
    for python in python3 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
        python=
    done
    if [ -z "$python" ]; then
        say "Diperlukan Python 3.11 atau yang lebih baru (python3)." "Python 3.11 or newer is needed (python3)." >&2
        exit 2
    fi
    "$python" -m venv --clear .venv >/dev/null 2>&1 && return
    if can_install && apt_install python3-venv && "$python" -m venv --clear .venv; then return; fi
    say "Pasang dahulu: sudo apt-get install -y python3-venv" "Install first: sudo apt-get install -y python3-venv" >&2
    exit 2
}

install_pinned() { # with uv if it can be had, else with pip
    "$PY" -m pip --version >/dev/null 2>&1 || "$PY" -m ensurepip >/dev/null 2>&1 || true
    "$PY" -m uv --version >/dev/null 2>&1 || "$PY" -m pip install -q --disable-pip-version-check "$UV" >/dev/null 2>&1 || true
    if "$PY" -m uv --version >/dev/null 2>&1; then
        uv_pip -r "$1" && uv_pip --no-deps --no-build-isolation -e . && return
    fi
    pip_pip -r "$1" && pip_pip --no-deps --no-build-isolation -e .
}

uv_pip() { UV_LINK_MODE=copy "$PY" -m uv pip install -q --python "$PY" "$@"; }
pip_pip() { "$PY" -m pip install -q --disable-pip-version-check "$@"; }

native() { # true if PDFs can be made here; installs what is missing when it may
    "$PY" -W ignore -c 'import weasyprint' >/dev/null 2>&1 && return
    # shellcheck disable=SC2086  # one word a package
    if can_install && { apt_install $NATIVE || apt_install ${NATIVE% *}; }; then
        "$PY" -W ignore -c 'import weasyprint' >/dev/null 2>&1 && return
    fi
    say "Untuk PDF pasang dahulu: sudo apt-get install -y $NATIVE" "For PDFs install first: sudo apt-get install -y $NATIVE" >&2
    return 1
}
