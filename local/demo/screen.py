"""What the demo prints: short lines, the same on a terminal and in a log."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

COLOURS = {"green": "32", "red": "31", "dim": "2", "bold": "1"}


def _painted(text: str, colour: str) -> str:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"\033[{COLOURS[colour]}m{text}\033[0m"


@dataclass
class Step:
    name: str
    expected: str
    observed: str = ""
    ok: bool = False
    seconds: float = 0.0


@dataclass
class Screen:
    steps: list[Step] = field(default_factory=list)

    def title(self, text: str) -> None:
        print(f"\n{_painted(text, 'bold')}", flush=True)

    def line(self, text: str) -> None:
        print(f"  {text}", flush=True)

    def aside(self, text: str) -> None:
        print(f"  {_painted(text, 'dim')}", flush=True)

    def command(self, text: str) -> None:
        print(f"  {_painted('$ ' + text, 'bold')}", flush=True)

    @contextmanager
    def step(self, name: str, expected: str) -> Iterator[Callable[[str, bool], None]]:
        """One claim of the demo. The block says what it saw and whether that is as expected; if it breaks off,
        the claim has failed.
        """
        step = Step(name, expected)
        self.steps.append(step)
        began = time.monotonic()

        def saw(observed: str, ok: bool) -> None:
            step.observed, step.ok = observed, ok

        try:
            yield saw
        except Exception as e:  # told in the table; the rest of the demo can still be worth seeing
            step.observed, step.ok = f"{type(e).__name__}: {e}", False
        step.seconds = round(time.monotonic() - began, 2)
        mark = _painted("✓", "green") if step.ok else _painted("✗", "red")
        print(f"  {mark} {step.observed}" + ("" if step.ok else f"   (expected: {expected})"), flush=True)

    def table(self) -> None:
        width = max(len(step.name) for step in self.steps)
        self.title("What held")
        for step in self.steps:
            mark = _painted("ok    ", "green") if step.ok else _painted("FAILED", "red")
            self.line(f"{step.name:<{width}}  {mark}  {step.seconds:6.1f} s")

    @property
    def all_held(self) -> bool:
        return all(step.ok for step in self.steps)

    def report(self) -> list[dict[str, Any]]:
        return [asdict(step) for step in self.steps]
