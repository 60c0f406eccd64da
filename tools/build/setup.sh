#!/bin/sh
# setup.sh - installs the tools of packages.txt that are missing
#
#   usage   tools/build/setup.sh [COMMAND...]
#
# `make setup` calls it, without a command for the tools of all commands; `make setup run` and
# `make setup debug` with theirs, and with `clang` for LLVM=1.  It prints each command that
# changes the system before it runs it, does nothing when all tools are there, and names what it
# could not install.  Only `make setup test` installs all browsers for the live page's tests and
# what those use from npm; without them these tests are skipped.
set -eu

table=${0%/*}/packages.txt
host="$(uname -s) $(uname -m)"

say() {
    echo "setup: $*"
}

# levels COMMAND... - the lines of the table that these commands take
levels() {
    found=run
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || found="run window"
    for command in "${@:-tools}"; do
        case $command in
            all | run | new | doctor | image | inspect | usb | sizes | clean | help) ;;
            release) found="$found live guide" ;;
            labs | lab | check | hint | solution) found="$found live labs" ;;
            debug | live | clang | toolchain) found="$found $command" ;;
            guide) found="$found live guide" ;;     # it links to the live page
            performance | scoreboard) found="$found peers" ;;
            test | test-full | page-tests)
                found="run window debug live labs guide clang test peers page" ;;
            *) found="run window debug live labs guide clang test peers" ;;
        esac
    done
    if [ "$host" != "Linux x86_64" ]; then
        for level in $found; do found="$found cross-$level"; done
    fi
    echo "$found"
}

# lines NUMBER LEVEL... - that column of these levels' lines, and the purpose, as "package|purpose"
lines() {
    column=$1
    shift
    grep -v '^#' "$table" | awk -F ' *[|] *' -v column="$column" -v levels=" $* " '
        index(levels, " " $1 " ") && $column != "-" { print $column "|" $2 }'
}

# The source of the system's own GCC: with the compiler missing, the lists of packages know its version.
with_own_version() {
    version=$(gcc -dumpversion 2>/dev/null | cut -d. -f1)
    [ -n "$version" ] || version=$(apt-cache show gcc 2>/dev/null | sed -n 's/^Depends:.* gcc-\([0-9]*\).*/\1/p' | head -n 1)
    sed "s/gcc-N-source/gcc-${version:-N}-source/"
}

list_packages() {
    for package; do
        purpose=$(echo "$wanted" | sed -n "s/^$package|//p")
        printf '    %-22s %s\n' "$package" "$purpose"
    done
}

# ---- the package managers: a number of a column, and three functions each -------------------

find_manager() {
    for manager in apt-get:3 dnf:4 pacman:5 zypper:6 brew:7; do
        if command -v "${manager%:*}" > /dev/null; then
            echo "$manager"
            return
        fi
    done
}

is_installed() {
    # Node.js from elsewhere brings npm along, and Debian's npm conflicts with it
    [ "$1" != npm ] || ! command -v npm > /dev/null || return 0
    case $manager in
        apt-get) dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed ;;
        dnf | zypper) rpm -q "$1" > /dev/null 2>&1 ;;
        pacman) pacman -Q "$1" > /dev/null 2>&1 ;;
        brew) brew list "$1" > /dev/null 2>&1 ;;
    esac
}

# the command that installs the packages named after it
installer() {
    case $manager in
        apt-get) echo "apt-get install -q -y --no-install-recommends" ;;
        dnf) echo "dnf install -y" ;;
        pacman) echo "pacman -S --needed --noconfirm" ;;
        zypper) echo "zypper --non-interactive install" ;;
        brew) echo "brew install" ;;
    esac
}

# does the package manager know this package?  Only apt fails as a whole over one that it does not.
is_known() {
    [ "$manager" != apt-get ] || apt-cache policy "$1" | grep -q '^  Candidate: [^(]'
}

megabytes() {
    apt-get install -qq --no-install-recommends --print-uris "$@" |
        awk '{ bytes += $3 } END { printf "%.0f", bytes / 1000000 }'
}

# ---- what is missing --------------------------------------------------------------------------

not_installed() {
    for package; do
        is_installed "$package" || printf ' %s' "$package"
    done
}

# npm_packages - what the tests of the live page use, by tests/package-lock.json
npm_packages() {
    there=tests/node_modules/.package-lock.json
    case " $(levels "$@") " in *" page "*) ;; *) return 0 ;; esac
    if [ -e "$there" ] && [ ! tests/package-lock.json -nt "$there" ]; then return 0; fi
    command -v npm > /dev/null || return 0
    say "(cd tests && npm ci)"
    (cd tests && npm ci --no-audit --no-fund --loglevel=error) || say "npm failed: some tests will be skipped"
}

manager=$(find_manager)
if [ -z "$manager" ]; then
    say "no known package manager was found; please install by hand (Debian's names):"
    wanted=$(lines 3 $(levels "$@"))
    list_packages $(echo "$wanted" | cut -d'|' -f1)
    exit 1
fi
number=${manager#*:} manager=${manager%:*}
[ "$host" = "Linux x86_64" ] || say "not tested on $host: only Linux on x86_64 was tried"
[ "$manager" = apt-get ] || say "not tested with $manager: the names of its packages are a guess"

wanted=$(lines "$number" $(levels "$@") | with_own_version)
all=$(echo "$wanted" | cut -d'|' -f1 | sort -u)
missing=$(not_installed $all)
if [ -z "$missing" ]; then
    say "nothing to do, all $(echo "$all" | wc -w) packages are installed"
    npm_packages "$@"
    exit 0
fi
say "these packages are missing and will be installed:"
list_packages $missing

# ---- install ----------------------------------------------------------------------------------

as_root=
if [ "$(id -u)" != 0 ] && [ "$manager" != brew ]; then
    if ! command -v sudo > /dev/null; then
        say "installing needs root, and there is no sudo; as root, run:"
        [ "$manager" != apt-get ] || echo "    apt-get update"
        echo "    $(installer)$missing"
        exit 1
    fi
    say "installing needs root: sudo may ask for your password"
    as_root="sudo "
fi

# run COMMAND... - prints it, and runs it as root
run() {
    say "$as_root$*"
    $as_root env DEBIAN_FRONTEND=noninteractive "$@"
}

[ "$manager" != apt-get ] || run apt-get update -q || say "the package lists were not updated"
all=$(echo "$all" | with_own_version) missing=$(echo "$missing" | with_own_version) wanted=$(echo "$wanted" | with_own_version)
known=
for package in $missing; do
    if is_known "$package"; then known="$known $package"; fi
done
if [ -n "$known" ]; then
    [ "$manager" != apt-get ] || say "$(megabytes $known) MB will be downloaded"
    run $(installer) $known || say "$manager failed"
fi

missing=$(not_installed $all)
if [ -n "$missing" ]; then
    say "these packages could not be installed:"
    list_packages $missing
    needed=$(for package in $missing; do grep -q "^page .*| $package " "$table" || echo "$package"; done)
    [ -z "$needed" ] || exit 1
    say "the tests that need them will be skipped"
fi
npm_packages "$@"
say "done"
