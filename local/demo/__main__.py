"""python -m local.demo [--keep | --stop]"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from local.aws.accounts import HUB
from local.demo.evidence import calls_by_connection
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
    if subprocess.run([sys.executable, "-m", "local.rig", "up", "--dir", str(DEFAULT)]).returncode != 0:
        return 1
    rig = RigClient.of(DEFAULT)
    held = play(rig)
    show = Screen()
    account = next(iter(rig.ask("/describe")["services"].values()))["account"]
    show.title("The rig stays up; make stop ends it")
    show.line("export AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=eu-west-1")
    show.line(f"AWS_ACCESS_KEY_ID={account} aws --endpoint-url {rig.endpoint('ec2')} ec2 describe-vpc-peering-connections")
    show.line(f"AWS_ACCESS_KEY_ID={HUB} aws --endpoint-url {rig.endpoint('stepfunctions')} stepfunctions list-executions"
              f" --state-machine-arn {rig.rig['outputs']['ConnectStateMachineArn']}")
    show.line("scripts/run.sh python -m local.rig exec company ssh 10.110.0.10   (any command on: company, vpn, service1, service2)")
    show.line("make local-invoke   (every sample of events/ through `sam local invoke`)")
    return 0 if held else 1


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
