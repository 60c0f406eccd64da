#!/bin/sh
# make.sh - the guide as HTML and PDF: BUILD/guide/index.html, BUILD/guide.pdf
#
#   usage   tools/guide/book/make.sh BUILD PYTHON
#
# Called by `make guide`.  Sphinx makes a page for each chapter, and one long page that Chromium
# prints.  Without Chromium there is no PDF, which is said and is not an error.
set -eu

build=$1 python=$2
here=$(dirname "$0")

if ! $python -c 'import sphinx, myst_parser' 2>/dev/null; then
    echo "guide: Sphinx and MyST are not installed (python3-sphinx, python3-myst-parser); \`make setup\` installs them" >&2
    exit 1
fi

# book BUILDER PAGES OUTPUT [--print] - warnings are errors
book() {
    $python -B "$here/stage.py" $4 "$2"
    rm -rf "$3"
    $python -B -m sphinx -q -W --keep-going -b "$1" -c "$here" -d "$2.doctrees" "$2" "$3"
}

book html "$build/guide-pages" "$build/guide" ""
echo "guide: $build/guide/index.html"

book singlehtml "$build/guide-print" "$build/guide-print.html" --print
chromium=$(command -v chromium || command -v google-chrome || true)
if [ -z "$chromium" ]; then
    echo "guide: no PDF: Chromium is not installed (package chromium)"
    exit 0
fi
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
"$chromium" --headless --no-sandbox --disable-gpu --user-data-dir="$profile" --no-pdf-header-footer \
    --print-to-pdf="$build/guide.pdf" "file://$(realpath "$build/guide-print.html/index.html")" 2>"$profile/log" ||
    { cat "$profile/log" >&2; exit 1; }
echo "guide: $build/guide.pdf"
