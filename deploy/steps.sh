# shellcheck shell=bash
# What install-server, install-station and uninstall have in common. They read this file; on its
# own it does nothing. `here` is the folder of both.
: "${here:?}"

# Debian's Python, not one that only root can read; and files that others can read too.
python3=/usr/bin/python3
umask 022

place=/opt/floorline # A folder for each version; `server` and `station` point to those in use.
dry_run=no
source=$(dirname "$here")
wheels=
os_release=${OS_RELEASE:-/etc/os-release} # Another file only in the tests.

refuse() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Show a command and do it; with --dry-run only show it.
run() {
    echo "+ ${*@Q}" | sed "s/'\([A-Za-z0-9_./:=@,+-]*\)'/\1/g"
    [ "$dry_run" = yes ] || "$@"
}

# Say how it ended.
tell() {
    echo
    [ "$dry_run" = no ] || echo "Nothing was changed. Without --dry-run, this would be said:"
    cat
}

# Write a file from standard input, unless it says the same already; the old one is kept as *.old.
write() {
    local path=$1 mode=$2 text
    text=$(cat)
    if [ -f "$path" ] && [ "$(cat "$path")" = "$text" ]; then
        echo "= $path is as it should be"
        return
    fi
    echo "+ write $path (mode $mode):"
    printf '%s\n' "$text" | sed 's/^/    | /'
    [ "$dry_run" = no ] || return 0
    [ ! -f "$path" ] || cp --preserve "$path" "$path.old"
    (umask 077 && printf '%s\n' "$text" >"$path")
    chmod "$mode" "$path"
}

# ---- Is this a machine for it? ------------------------------------------------------------------

see_machine() {
    local python
    if ! grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' "$os_release" 2>/dev/null; then
        refuse "this is made for Debian, Raspberry Pi OS and Ubuntu. Elsewhere, do by hand what" \
            "--dry-run shows on one of those."
    fi
    python=$($python3 -c 'import sys; print("{}.{}".format(*sys.version_info))' 2>/dev/null || echo no)
    if ! $python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        refuse "Floorline needs Python 3.11 or newer, and this is Python $python: use Debian 12," \
            "Ubuntu 24.04 or newer."
    fi
    if [ "$dry_run" = no ] && [ "$(id -u)" != 0 ]; then
        refuse "do this as root: sudo $0 … (--dry-run may be tried by anybody)"
    fi
}

is_ubuntu() {
    grep -qx 'ID=ubuntu' "$os_release"
}

# ---- Pieces of an installation ------------------------------------------------------------------

# Install those of Debian's packages that are missing.
packages() {
    local name missing=()
    for name in "$@"; do
        dpkg-query --show --showformat='${Status}\n' "$name" 2>/dev/null |
            grep -q '^install ok installed' || missing+=("$name")
    done
    [ "${#missing[@]}" != 0 ] || return 0
    run apt-get --quiet update
    run env DEBIAN_FRONTEND=noninteractive \
        apt-get --quiet install --yes --no-install-recommends "${missing[@]}"
}

# A user that nobody signs in as.
user() {
    local name=$1 home=$2
    getent passwd "$name" >/dev/null || run useradd --system --user-group --no-create-home \
        --home-dir "$home" --shell /usr/sbin/nologin "$name"
}

file() {
    run install -D --mode=644 "$here/$1" "$2"
}

# Say which version a checkout, an unpacked source archive or a wheel is.
version_of() {
    case $1 in
        *.whl | *.tar.gz) basename "$1" | sed -n 's/^floorline-\([0-9][0-9a-z.]*[0-9]\)[-.].*/\1/p' ;;
        *) sed -n 's/^version = "\(.*\)"$/\1/p' "$1/pyproject.toml" 2>/dev/null || true ;;
    esac
}

# Make an environment of its own for this version, with exactly the packages that were tested.
floorline() {
    local pip lock
    version=$(version_of "$source")
    [ -n "$version" ] || refuse "$source is no Floorline: give a wheel or a source folder"
    source=$(realpath "$source")
    target=$place/$version
    lock=$(dirname "$here")/requirements
    pip=("$target/bin/python" -m pip --disable-pip-version-check install --quiet)
    if [ -x "$target/bin/floorline" ]; then
        echo "= Floorline $version is there already; to build it anew: rm -r $target"
        return
    fi
    [ -z "$wheels" ] || pip+=(--no-index --find-links "$(realpath "$wheels")")
    run $python3 -m venv "$target"
    run "${pip[@]}" --require-hashes --requirement "$lock/run.txt"
    run "${pip[@]}" --no-deps --build-constraint "$lock/dev.txt" "$source"
}

# ---- Starting, and changing from one version to the next ----------------------------------------

# In an image that is being built there is no systemd yet; services then start at the first boot.
has_systemd() {
    [ "$dry_run" = yes ] || [ -d /run/systemd/system ]
}

point_to() {
    # In one step: there is no moment without a version.
    run ln --symbolic --force --no-dereference "$2" "$1.new"
    run mv --no-target-directory "$1.new" "$1"
}

# Returns once the service has said that it is ready, or fails when it does not come to that.
start() {
    ! has_systemd || run systemctl daemon-reload
    run systemctl enable "$1"
    ! has_systemd || run systemctl restart "$1"
}

# Put a service's unit in its place and start it with the new version; when that does not get
# ready, start the version before it, with the unit and the data of before.
change_over() {
    local unit=$1 data=$2 link=$place/${1#floorline-} before copy place_of_unit
    before=$(readlink "$link" || true)
    copy=$data/before-$version
    place_of_unit=/etc/systemd/system/$unit.service
    if [ ! -f "$place_of_unit" ] || [ "$before" = "$target" ]; then
        before=
    fi
    if [ -n "$before" ] && has_systemd; then
        run systemctl stop "$unit"
        if ! keep "$data" "$copy" "$place_of_unit"; then
            run systemctl start "$unit"
            refuse "there is no copy of $data: is the disk full? $before runs on, unchanged"
        fi
    fi
    file "systemd/$unit.service" "$place_of_unit"
    point_to "$link" "$target"
    start "$unit" && return
    echo "Floorline $version did not start; see: journalctl --unit=$unit" >&2
    [ -n "$before" ] || exit 1
    run systemctl stop "$unit"
    point_to "$link" "$before"
    give_back "$data" "$copy" "$place_of_unit"
    start "$unit" || exit 1
    refuse "$before runs again, on the data of before; nothing was lost"
}

keep() {
    run tar --create --file="$2.tar" --exclude='./before-*' --directory="$1" . &&
        run cp --preserve "$3" "$2.service"
}

# A version that never got ready has taken nothing, but its tables may be too new for the old one.
give_back() {
    run find "$1" -maxdepth 2 -name '*.db-*' -delete
    run tar --extract --file="$2.tar" --directory="$1"
    run cp --preserve "$2.service" "$3"
}
