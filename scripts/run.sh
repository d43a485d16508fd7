#!/usr/bin/env bash
# run.sh COMMAND...: runs it with our tools on the PATH, JDK 25 as JAVA_HOME, and nothing of the user's AWS settings
# (with KEEP_AWS=1: with them, but for endpoints).
set -euo pipefail
. "$(dirname "$0")/common.sh"
use_jdk25
if [ "${KEEP_AWS:-}" = 1 ]; then forget_endpoints; else forget_aws; fi
unset KEEP_AWS
# What goes to the local AWS goes there, whatever proxy the user has.
export no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}"
export NO_PROXY="$no_proxy"
# `python` and `pytest` are the local AWS's; `sam` and `aws` exist in the second environment only.
export PATH="$PEERWAY_CACHE/aws/bin:$PEERWAY_CACHE/tools/bin:$PEERWAY_CACHE/npm/node_modules/.bin:$PATH:/usr/sbin:/sbin"
export PYTHONPATH="$ROOT"
exec "$@"
