"""python -m local.doctor [--only WORDS]"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from local.doctor.crowd import asked_at_once
from local.doctor.stage import Stage
from local.doctor.verdict import false_alarms, misses
from local.doctor.ways import WAYS, Way

REPORT = Path("target/doctor/report.json")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.doctor", description="Every way to break the path is named")
    parser.add_argument("--only", default="", help="ways whose name has these words")
    parser.add_argument("--out", type=Path, default=REPORT)
    asked = parser.parse_args()
    if os.geteuid() != 0:
        print(
            "The VPN instance is a network namespace, which only root may make: try `sudo make doctor`.",
            file=sys.stderr,
        )
        return 1
    began = time.monotonic()
    directory = Path(tempfile.mkdtemp(prefix="peerway-doctor-"))
    try:
        with Stage(directory / "rig") as stage:
            working = {question: alarms(stage, question, more) for question, more in questions(stage).items()}
            tried = [tried_way(stage, way) for way in WAYS if asked.only in way.name]
            mended = mends(stage)
            working["when all is put back"] = alarms(stage, "when all is put back", {})
            crowd = asked_at_once(stage)
            print(f"  {'✓' if crowd.is_fine else '✗'} {crowd}", *crowd.unclear, sep="\n      ", flush=True)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    named = sum(not way["misses"] for way in tried)
    report = {
        "named": named,
        "of": len(tried),
        "falseAlarms": {question: lines for question, lines in working.items() if lines},
        "questionsOnAWorkingPath": len(working),
        "mended": mended,
        "atOnce": crowd.report(),
        "seconds": round(time.monotonic() - began),
        "ways": tried,
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(report, indent=2) + "\n")
    print(f"{named} of {len(tried)} ways are named rightly; {asked.out}")
    return 0 if named == len(tried) > 0 and not report["falseAlarms"] and mended and crowd.is_fine else 1


def questions(stage: Stage) -> dict[str, dict[str, Any]]:
    """Each form of a question, on the path that works."""
    return {
        "by address": {},
        "by instance": {"to": stage.machine},
        "by peering connection": {"to": stage.peering},
    }


def alarms(stage: Stage, question: str, more: dict[str, Any]) -> list[str]:
    found = false_alarms(stage.ask_the_path(**more))
    print(f"  {'✗' if found else '✓'} a path that works, asked {question}", *found, sep="\n      ", flush=True)
    return found


def tried_way(stage: Stage, way: Way) -> dict[str, Any]:
    way.broken(stage)
    began = time.monotonic()
    try:
        answer = stage.ask_the_path(**way.question)
        missed = misses(way, answer, {"hub": stage.hub_account, "service": stage.account})
    except RuntimeError as failure:
        answer, missed = {}, [str(failure)]
    seconds = round(time.monotonic() - began, 1)
    stage.put_back()
    print(f"  {'✗' if missed else '✓'} {way.name} ({seconds} s)", *missed, sep="\n      ", flush=True)
    return {"way": way.name, "owner": way.owner, "at": way.at, "seconds": seconds, "misses": missed, "answer": answer}


def mends(stage: Stage) -> bool:
    """The command that the answer gives mends the path."""
    stage.hub.delete_route(RouteTableId=stage.hub_table, DestinationCidrBlock=stage.service["cidr"])
    stage.mend(stage.ask_the_path()["first"]["mend"])
    return not alarms(stage, "once the command of the answer was run", {})


if __name__ == "__main__":
    sys.exit(main())
