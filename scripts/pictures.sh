#!/usr/bin/env bash
# Makes docs/pictures/*.svg of the *.dot beside them. Each picture ends with the digest of its source, by which a test tells an old one.
# With a recording of the demo (`make recording`) as argument, also demo.svg.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$ROOT/docs/pictures"

for source in *.dot; do
  dot -Tsvg "$source" -o "${source%.dot}.svg"
  printf '<!-- sha256 %s -->\n' "$(sha256sum <"$source" | cut -d' ' -f1)" >>"${source%.dot}.svg"
done
[ $# = 0 ] || PYTHONPATH=$ROOT "$PEERWAY_CACHE/tools/bin/python" -m local.demo.picture "$ROOT/$1" demo.svg
