"""python -m prove (--local | --management P --hub P --service P --second P --region R) [--name N] [--clean]"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prove import screen
from prove.interrupts import Interrupted, Signals
from prove.made.journal import InUse, Journal
from prove.preparation import preflight
from prove.preparation.plan import Plan
from prove.story import INTERRUPTED, REFUSED, Story
from prove.target import HUB, MANAGEMENT, SECOND, SERVICE, Target

FOLDER = Path(os.environ.get("PEERWAY_PROVE") or Path("target") / "prove")
"""Where each name's journal and report lie."""

_PROFILES = (MANAGEMENT, HUB, SERVICE, SECOND)


def main(words: list[str] | None = None) -> int:
    asked = _parser().parse_args(words)
    name = asked.name or ("local" if asked.local else "")
    if asked.clean and not name:
        screen.step("cannot begin", False, "CLEAN=1 needs the NAME of the run whose things are to be removed")
        return REFUSED
    name = name or time.strftime("r%m%d%H%M%S", time.gmtime())
    problems = _problems(asked, name)
    for problem in problems:
        screen.step("cannot begin", False, problem)
    if problems:
        return REFUSED
    Signals()
    try:
        journal = Journal(FOLDER / name)
    except InUse as e:
        screen.step("cannot begin", False, f"NAME={name}: {e}; choose another, or wait for it")
        return REFUSED
    try:
        with _target(asked, name, journal) as target:
            story = Story(
                target,
                journal,
                FOLDER / name,
                _how_to_clean(asked, name),
                lambda plan: asked.local or asked.yes or _agreed(plan),
            )
            return story.clean() if asked.clean else story.run()
    except Interrupted:  # before anything was made, or while the local AWS came up or went down
        screen.title("interrupted")
        return INTERRUPTED
    finally:
        journal.close()


def _problems(asked: argparse.Namespace, name: str) -> list[str]:
    found = preflight.form(name, asked.region, asked.other or _other(asked.region))
    if not asked.local:
        missing = [who for who in _PROFILES if not getattr(asked, who)]
        return [f"{who.upper()}=profile is missing: a profile of the {who} account" for who in missing] + found
    if os.geteuid():
        found.append("LOCAL=1: the packet lab makes network namespaces, which only root may: try it with sudo")
    return found


def _other(region: str) -> str:
    """Where organisations have their own events anyway."""
    return "us-east-1" if region != "us-east-1" else "us-west-2"


@contextmanager
def _target(asked: argparse.Namespace, name: str, journal: Journal) -> Iterator[Target]:
    if not asked.local:
        from prove.real.target import RealTarget

        profiles = {who: getattr(asked, who) for who in _PROFILES}
        yield RealTarget(name, asked.region, asked.other or _other(asked.region), profiles, asked.unit)
        return
    from prove.local_target import LocalTarget

    journal.finish()  # a local AWS that was killed took with it what had been made there
    directory = Path(tempfile.mkdtemp(prefix="peerway-prove-"))
    try:
        print("Starting the local AWS and the packet lab…", flush=True)
        target = LocalTarget(name, directory)
        try:
            yield target
        finally:
            target.close()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _agreed(plan: Plan) -> bool:
    print("\nMake it? Type yes: ", end="", flush=True)
    return sys.stdin.readline().strip() == "yes"


def _how_to_clean(asked: argparse.Namespace, name: str) -> str:
    if asked.local:
        return "it ends with the local AWS"
    profiles = " ".join(f"{who.upper()}={getattr(asked, who)}" for who in _PROFILES)
    other = f" OTHER={asked.other}" if asked.other else ""
    return f"make prove {profiles} REGION={asked.region}{other} NAME={name} CLEAN=1"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make prove")
    parser.add_argument("--local", action="store_true", help="against a local AWS")
    for who in _PROFILES:
        parser.add_argument(f"--{who}", default="", help=f"profile of the {who} account")
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--other", default="", help="another Region, for what crosses Regions; us-east-1")
    parser.add_argument("--unit", default="", help="an organisational unit that a StackSet may be rolled out to")
    parser.add_argument("--name", default="")
    parser.add_argument("--yes", action="store_true", help="makes it without asking")
    parser.add_argument(
        "--clean", action="store_true", help="removes what a run of this name has left, and nothing else"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
