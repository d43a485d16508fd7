#!/usr/bin/env bash
# setup.sh [COMMAND:PACKAGE...]: gets a machine ready for the other commands: Debian packages, two Python environments and npm
# packages in $PEERWAY_CACHE (default ~/.cache/peerway), and a JDK 25 to be found. Quick when everything is there. What only one target
# needs is named by that target.
set -euo pipefail
. "$(dirname "$0")/common.sh"

# What each package is needed for: the command that must answer.
missing=()
need() { PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null || missing+=("$2"); }
need python3 python3
need mvn maven
need npm npm
need git git
need ip iproute2
need ping iputils-ping
need nft nftables
need conntrack conntrack
need openvpn openvpn
need openssl openssl
need ssh openssh-client
need sshd openssh-server
need dockerd docker.io
need shellcheck shellcheck
for each in "$@"; do need "${each%%:*}" "${each#*:}"; done
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null; }

install_packages() {
  command -v apt-get >/dev/null || die "Please install: ${missing[*]}"
  say "installing ${missing[*]}"
  apt update
  # Installing must not start an ssh server or a Docker daemon on this machine.
  local keep_quiet=/usr/sbin/policy-rc.d made=
  if [ ! -e $keep_quiet ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee $keep_quiet >/dev/null
    as_root chmod +x $keep_quiet
    made=yes
  fi
  apt install --no-install-recommends "${missing[@]}" || { [ -z "$made" ] || as_root rm -f $keep_quiet; die "apt-get failed for: ${missing[*]}"; }
  [ -z "$made" ] || as_root rm -f $keep_quiet
}
[ ${#missing[@]} = 0 ] || install_packages

if ! find_jdk25 >/dev/null && command -v apt-get >/dev/null; then
  for package in temurin-25-jdk openjdk-25-jdk-headless; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      say "installing $package"
      apt install --no-install-recommends "$package" && break
    fi
  done
fi
use_jdk25

# An environment is right when it was made from the requirements as they are now.
python_environment() {
  local name=$1 requirements=$ROOT/local/requirements-$1.txt
  cmp -s "$requirements" "$PEERWAY_CACHE/$name/requirements.txt" && return
  say "making the Python environment $PEERWAY_CACHE/$name"
  python3 -m venv "$PEERWAY_CACHE/$name"
  "$PEERWAY_CACHE/$name/bin/pip" install -q --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$PEERWAY_CACHE/$name/requirements.txt"
}
mkdir -p "$PEERWAY_CACHE"
python_environment aws
python_environment tools

# The validator of workflows; what the dashboard's page here is made of (local/console), and what measures it.
npm_packages=(asl-validator@4.0.0 dompurify@3.5.0 marked@18.2.1 axe-core@4.14.1)
lacking=()
for each in "${npm_packages[@]}"; do
  grep -qs "\"version\": \"${each#*@}\"" "$PEERWAY_CACHE/npm/node_modules/${each%@*}/package.json" || lacking+=("$each")
done
if [ ${#lacking[@]} -gt 0 ]; then
  say "installing ${lacking[*]}"
  npm install --silent --no-audit --no-fund --prefix "$PEERWAY_CACHE/npm" "${lacking[@]}" </dev/null
fi
