# Sourced by the other scripts: makes .venv with what a lock file names, and this project in it.
# Needs Python 3.11 or newer and pip; takes uv where there is one.

make_environment() { # $1: lock file
    local lock=$1 stamp=.venv/.made-from
    if [ -f "$stamp" ] && cmp -s <(cat "$lock" pyproject.toml) "$stamp"; then
        return
    fi
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "Python 3.11 or newer is needed, as python3." >&2
        return 1
    }
    echo "Setting up .venv from $lock ..." >&2
    local uv
    uv=$(command -v uv || true)
    if [ -z "$uv" ] && ! python3 -c 'import ensurepip' 2>/dev/null; then
        # Debian's Python has no ensurepip without python3-venv; uv needs neither.
        python3 -m pip install --quiet --target .bootstrap uv
        uv=.bootstrap/bin/uv
    fi
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --allow-existing --python python3 .venv
        "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
        "$uv" pip install --quiet --python .venv/bin/python --no-deps -e .
    else
        python3 -m venv .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
    fi
    cat "$lock" pyproject.toml > "$stamp"
}

install_debian() { # $1: what it is called; the rest: its packages. Does nothing where that is not ours to do.
    local name=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $name ..." >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null || true
    fi
}

has_node() { command -v npm >/dev/null && [ "$(node --version | sed 's/^v//; s/[.].*//')" -ge 20 ] 2>/dev/null; }

need_node() { # $1: what there is not without it
    has_node || install_debian Node.js nodejs npm g++ make
    has_node || { echo "No Node.js 20 or newer here: $1." >&2; return 1; }
}
