"""target/faults/report.json: for each workflow and kind of fault, at how many of its calls the same end was reached."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPORT = Path("target/faults/report.json")


@dataclass
class Cell:
    """One workflow, one kind."""

    workflow: str
    kind: str
    of: int
    """How many calls there are."""

    misses: dict[str, list[str]] = field(default_factory=dict)
    """Call -> what differs in the end."""

    done: int = 0
    told_again: int = 0
    told_of_the_fault: int = 0
    redrives: int = 0

    def add(self, call: str, answer: dict[str, Any]) -> None:
        self.done += 1
        missed = [answer["error"]] if "error" in answer else answer["misses"]
        if missed:
            self.misses[call] = missed
            return
        self.told_again += len(answer["toldAgain"])
        self.told_of_the_fault += len(answer["toldOfTheFault"])
        self.redrives += answer["redrives"]

    @property
    def reached(self) -> int:
        return self.done - len(self.misses)

    @property
    def all_reached(self) -> bool:
        """Nothing is reached where nothing was tried."""
        return self.reached == self.of > 0

    def report(self) -> dict[str, Any]:
        return {
            "reached": self.reached,
            "of": self.of,
            "redrives": self.redrives,
            "toldOfTheFault": self.told_of_the_fault,
            "toldAgain": self.told_again,
            "misses": [{"call": call, "differs": lines} for call, lines in sorted(self.misses.items())],
        }


def write(
    cells: list[Cell],
    calls: dict[str, list[str]],
    errors: dict[str, str],
    whole: bool,
    seconds: float,
    path: Path = REPORT,
) -> bool:
    """Whether every cell has all of n. `errors`: of workflows whose undisturbed runs could not be recorded."""
    reached = not errors and bool(cells) and all(cell.all_reached for cell in cells)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(
            {
                "compared": "routes, groups, peering connections, tags, the VPN instance's nft table and saved set, "
                "and what people were told, byte for byte with an undisturbed run; failures of executions that did "
                "fail are told besides (toldOfTheFault), and a letter whose own PutEvents or Publish was struck after "
                "its effect may come twice (toldAgain)",
                "whole": whole,
                "seconds": round(seconds),
                "reached": reached,
                "errors": errors,
                "cells": {
                    workflow: {cell.kind: cell.report() for cell in cells if cell.workflow == workflow}
                    for workflow in dict.fromkeys(cell.workflow for cell in cells)
                },
                "calls": calls,
            },
            indent=2,
        )
        + "\n"
    )
    return reached
