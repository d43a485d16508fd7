#!/usr/bin/env bash
# with-docker.sh COMMAND...: runs COMMAND with a Docker daemon that answers, and the java25 image in it.
# Where no daemon runs, one of our own is started for the time of the command, with all its files in a directory
# that goes with it: its bridge is its own, it sets no iptables rule and no IP forwarding on this machine (the
# containers need to reach the bridge's address only). COMMAND finds that address in PEERWAY_DOCKER_GATEWAY.
set -euo pipefail
. "$(dirname "$0")/common.sh"

own_daemon() {
  [ "$(id -u)" = 0 ] || die "No Docker daemon answers, and starting one needs root."
  command -v dockerd >/dev/null || die "No Docker daemon answers and there is no dockerd: run scripts/setup.sh"
  dir=$(mktemp -d /tmp/peerway-docker.XXXXXX)
  bridge=pwd$(printf '%05d' $(($$ % 100000)))
  # A /28 of the range for link-local use that nothing routes: it can collide with no network of the lab or the machine.
  gateway=169.254.$((100 + $$ % 60)).1
  trap stop_daemon EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  ip link add "$bridge" type bridge
  ip addr add "$gateway/28" dev "$bridge"
  ip link set "$bridge" up
  local driver
  for driver in overlay2 vfs; do # overlay needs a file system beneath that can carry it
    mkdir -p "$dir/data" "$dir/exec"
    dockerd --host "unix://$dir/docker.sock" --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/pid" \
      --storage-driver "$driver" --bridge "$bridge" --host-gateway-ip "$gateway" \
      --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false >"$dir/log" 2>&1 &
    daemon=$!
    export DOCKER_HOST=unix://$dir/docker.sock
    while kill -0 "$daemon" 2>/dev/null; do
      if docker info >/dev/null 2>&1; then return; fi
      sleep 0.1
    done
    rm -rf "$dir/data" "$dir/exec"
  done
  tail -5 "$dir/log" >&2
  die "dockerd does not start"
}

stop_daemon() {
  if kill -0 "${daemon:-0}" 2>/dev/null && [ -n "${daemon:-}" ]; then
    docker ps -q 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1 || true
    kill "$daemon"
    wait "$daemon" 2>/dev/null || true
  fi
  ip link del "$bridge" 2>/dev/null || true
  findmnt -rno TARGET 2>/dev/null | grep "^$dir/" | xargs -r umount 2>/dev/null || true
  rm -rf "$dir"
}

if ! docker info >/dev/null 2>&1; then own_daemon; fi
PEERWAY_DOCKER_GATEWAY=$(docker network inspect bridge -f '{{(index .IPAM.Config 0).Gateway}}')
export PEERWAY_DOCKER_GATEWAY
"$(dirname "$0")/lambda-image.sh"
"$@"
