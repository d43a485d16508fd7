"""What is printed: one line for each verdict and each step, the same on a terminal and in a log."""

import os
import sys

from prove.verdict import CouldNotBeTried, Holds, Verdict

_COLOURS = {"green": "32", "red": "31", "yellow": "33", "dim": "2", "bold": "1"}


def _painted(text: str, colour: str) -> str:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"\033[{_COLOURS[colour]}m{text}\033[0m"


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def title(text: str) -> None:
    print(f"\n{_painted(text, 'bold')}", flush=True)


def line(text: str) -> None:
    print(f"  {text}", flush=True)


def aside(text: str) -> None:
    print(f"  {_painted(on_one_line(text), 'dim')}", flush=True)


def verdict(assumption: str, verdict: Verdict) -> None:
    print(verdict_line(assumption, verdict), flush=True)


def verdict_line(assumption: str, verdict: Verdict) -> str:
    match verdict:
        case Holds():
            word = _painted(f"{'holds':<18}", "green")
        case CouldNotBeTried(broke_off=False):
            word = _painted(f"{'could not be tried':<18}", "yellow")
        case CouldNotBeTried():
            word = _painted(f"{'could not be tried':<18}", "red")
        case _:
            word = _painted(f"{'DOES NOT HOLD':<18}", "red")
    return f"  {word}  {assumption}: {on_one_line(verdict.words)}"


def step(name: str, ok: bool, words: str) -> None:
    mark = _painted("ok    ", "green") if ok else _painted("FAILED", "red")
    print(f"  {mark}  {name}: {on_one_line(words)}", flush=True)
