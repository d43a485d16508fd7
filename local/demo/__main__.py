"""python -m local.demo [--keep | --stop]"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from local.aws.accounts import HUB
from local.demo import samples
from local.demo.evidence import calls_by_connection
from local.demo.sam_local import invoke_command, write_template
from local.demo.screen import Screen
from local.demo.story import Story, write_report
from local.rig.__main__ import DEFAULT, down
from local.rig.client import RigClient
from local.rig.held import held_rig

REPORT = Path("target/demo/report.json")


def play(rig: RigClient) -> bool:
    screen = Screen()
    story = Story(rig, screen)
    try:
        story.run()
    finally:
        write_report(REPORT, story, calls_by_connection(rig))
    screen.table()
    screen.line("")
    screen.line(f"{sum(step.ok for step in screen.steps)} of {len(screen.steps)} held; details: {REPORT}")
    return screen.all_held


def keep() -> int:
    """The rig outlives the demo: started in the background, in the place where `make stop` looks for it."""
    gateway = docker_gateway()
    bind = ["--bind", gateway] if gateway else []
    up = [sys.executable, "-m", "local.rig", "up", "--dir", str(DEFAULT), "--console", *bind]
    if subprocess.run(up, check=False).returncode != 0:
        return 1
    rig = RigClient.of(DEFAULT)
    held = play(rig)
    tell_how_to_go_on(rig, gateway)
    return 0 if held else 1


def tell_how_to_go_on(rig: RigClient, gateway: str | None) -> None:
    show = Screen()
    service = rig.ask("/describe")["services"]["service1"]
    show.title("The rig stays up; `make stop` ends it")
    show.line("# the hub stack's dashboard, in a browser:")
    show.line(rig.rig["console"])
    tools = Path(shutil.which("sam") or "sam").parent
    show.line(f"export PATH={tools}:$PATH AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION={rig.rig['region']}")
    show.line("# as the service account, and as the hub account:")
    show.line(
        f"AWS_ACCESS_KEY_ID={service['account']} aws --endpoint-url {rig.endpoint('ec2')} "
        "ec2 describe-vpc-peering-connections"
    )
    show.line(
        f"AWS_ACCESS_KEY_ID={HUB} aws --endpoint-url {rig.endpoint('stepfunctions')} stepfunctions list-executions"
        f" --state-machine-arn {rig.rig['outputs']['ConnectStateMachineArn']}"
    )
    show.line("# a shell on the company's host, and ssh through the tunnel:")
    show.line("scripts/run.sh python -m local.rig exec company ip route   (or: vpn, service1, service2)")
    show.line(f"scripts/run.sh python -m local.rig ssh {service['instance']['ip']} 'hostname; who'")
    show.line("# one function:")
    if gateway:
        peering = next(p["id"] for p in rig.ask("/snapshot")["peerings"] if p["requester"]["vpc"] == service["id"])
        event = write_sample(rig, peering, gateway)
        show.line("scripts/lambda-image.sh   (once: gets or makes the image of the java25 runtime)")
        show.line(" ".join(invoke_command("AdmitFunction", event.parent / "template.json", event)))
    else:
        show.line("make local-invoke   (no Docker daemon answers, so `sam local invoke` has one started for it)")


def write_sample(rig: RigClient, peering: str, gateway: str) -> Path:
    folder = Path("target/demo/sam-local").resolve()
    write_template(rig, gateway, folder / "template.json")
    event = folder / "AdmitFunction.json"
    event.write_text(json.dumps(samples.read(samples.event_of("AdmitFunction/input"), {samples.PEERING: peering})))
    return event


def docker_gateway() -> str | None:
    """Where containers of the running Docker daemon, if there is one, find this machine."""
    try:
        asked = subprocess.run(
            ["docker", "network", "inspect", "bridge", "-f", "{{(index .IPAM.Config 0).Gateway}}"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.strip() or None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.demo")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--keep", action="store_true", help="leave the rig up")
    choice.add_argument("--stop", action="store_true", help="end the rig that was left up")
    asked = parser.parse_args()
    if asked.stop:
        return down(DEFAULT)
    if os.geteuid() != 0:
        print("The packet lab makes network namespaces, which only root may: try `sudo make demo`.", file=sys.stderr)
        return 1
    if asked.keep:
        return keep()
    directory = Path(tempfile.mkdtemp(prefix="peerway-demo-"))
    try:
        print("Starting the local AWS and the packet lab…", flush=True)
        with held_rig(directory) as rig:
            print(f"ready after {rig.rig['secondsToStart']} s")
            return 0 if play(rig) else 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
