#!/bin/sh
# For any CI system: `sh ci.sh check`, `sh ci.sh site`, `sh ci.sh release TAG`. Needs git, Python and the whole history.
#
#   ISMS_PACKAGE     what is installed; "" where `isms` is there already   mkdocs-isms[pdf,xlsx]==@VERSION@
#   ISMS_DIRECTORY   where the ISMS lies                                   .
#   ISMS_BASE        what a change is compared with                        origin/main
#   ISMS_OUT         folder of the reports, the site and the pack          build
#   ISMS_SIGNING_KEY file of the SSH key that signs packs                  none: not signed
#
# Exit code: that of `isms check`: 0 nothing wrong, 1 something at or above the threshold, 2 wrong usage, 3 not to be read.
set -eu

package=${ISMS_PACKAGE-mkdocs-isms[pdf,xlsx]==@VERSION@}
directory=${ISMS_DIRECTORY:-.}
base=${ISMS_BASE:-origin/main}
out=${ISMS_OUT:-build}

wrong() {
    echo "usage: sh ci.sh check | site | release TAG" >&2
    exit 2
}

[ $# -ge 1 ] || wrong
if [ -n "$package" ]; then pip install --quiet --disable-pip-version-check "$package"; fi
mkdir -p "$out"

case $1 in
check)
    isms -C "$directory" impact "$base..HEAD" --format markdown --out "$out/isms-comment.md"
    isms -C "$directory" check --changed "$base" --format junit --out "$out/isms-junit.xml"
    ;;
site)
    isms -C "$directory" site --out "$out/site"
    isms check --site "$out/site"
    ;;
release)
    [ $# -eq 2 ] || wrong
    if [ "$(git -C "$directory" cat-file -t "refs/tags/$2")" != tag ]; then
        echo "the tag has no message; make it with: isms baseline create NAME" >&2
        exit 3
    fi
    pack="$out/$2-auditor.zip"
    if [ -n "${ISMS_SIGNING_KEY:-}" ]; then
        isms -C "$directory" export --at "$2" --key "$ISMS_SIGNING_KEY" --out "$pack"
    else
        echo "the pack is not signed: ISMS_SIGNING_KEY names no key" >&2
        isms -C "$directory" export --at "$2" --out "$pack"
    fi
    isms verify "$pack" --repo "$directory"
    ;;
*) wrong ;;
esac
