# Sourced by the other scripts: where things are, and how they speak.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PEERWAY_CACHE=${PEERWAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/peerway}
export ROOT PEERWAY_CACHE

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# The local AWS takes made-up credentials; a profile, a token or an endpoint from the user's shell
# would send calls elsewhere. Everything named AWS_* or SAM_CLI_* goes before anything starts.
forget_aws() {
  local name
  for name in $(compgen -e | grep -E '^(AWS|SAM_CLI)_' || true); do unset "$name"; done
  export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
  export SAM_CLI_TELEMETRY=0
}

# For what goes to the real AWS (`make prove` with profiles): profiles and credentials stay the user's. An endpoint never does, so that
# nothing meant for a real account ends up at a local AWS, or the other way round.
forget_endpoints() {
  local name
  for name in $(compgen -e | grep -E '^AWS_ENDPOINT_URL|^SAM_CLI_' || true); do unset "$name"; done
  export AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true SAM_CLI_TELEMETRY=0
}

# JDK 25: JAVA_HOME if it is one, else the first that is installed. Prints nothing and fails if there is none.
is_jdk25() { [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'; }
find_jdk25() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/java/*25* /opt/jdk*25*; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then printf '%s\n' "$candidate"; return; fi
  done
  return 1
}
use_jdk25() {
  JAVA_HOME=$(find_jdk25) || die "JDK 25 is needed and was not found. Install one (Debian/Ubuntu with the Adoptium repository:" \
    "apt-get install temurin-25-jdk; others: https://adoptium.net) or set JAVA_HOME to it."
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}
