"""python -m local.faults [--only WORKFLOW] [--kind KIND] [--call CALL]"""

import argparse
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from local.faults.calls import CallName
from local.faults.kinds import KINDS, fits
from local.faults.report import REPORT, Cell, write

WORKFLOWS = ("connect", "disconnect", "look-at-account", "reconcile")
Case = tuple[Cell, str]


class Remote:
    """A worker in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None and process.stdout is not None
        self._in, self._out = process.stdin, process.stdout

    def ask(self, **request: Any) -> dict[str, Any]:
        self._in.write(json.dumps(request) + "\n")
        self._in.flush()
        return self.hear()

    def hear(self) -> dict[str, Any]:
        line = self._out.readline()
        if not line:
            raise RuntimeError("a worker has ended; its log says why")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def worker(directory: Path) -> Iterator[Remote]:
    """It ends with the block, and, as it reads from our end of a pipe, also when this process is killed."""
    directory.mkdir(parents=True)
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.faults.worker", str(directory / "rig")],
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    assert process.stdin is not None
    try:
        yield Remote(process)
    except RuntimeError:
        print((directory / "log").read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        process.stdin.close()
        process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m local.faults", description="The same end, whatever call fails, and however"
    )
    parser.add_argument("--only", choices=WORKFLOWS, action="append", help="these workflows; may be given again")
    parser.add_argument(
        "--kind", choices=tuple(KINDS), action="append", help="these kinds of fault; may be given again"
    )
    parser.add_argument(
        "--call",
        help="one call, or all that begin so, as the report has them: "
        "'AcceptFunction ec2:AcceptVpcPeeringConnection hub #1'",
    )
    parser.add_argument("--rigs", type=int, default=2, help="how many work side by side")
    parser.add_argument("--out", type=Path, default=REPORT)
    asked = parser.parse_args()
    if os.geteuid() != 0:
        print(
            "The VPN instance is a network namespace, which only root may make: try `sudo make faults`.",
            file=sys.stderr,
        )
        return 1
    os.environ["SFN_WAIT_SCALE"] = "0.1"  # the workflows' waits, shortened
    began = time.monotonic()
    directory = Path(tempfile.mkdtemp(prefix="peerway-faults-"))
    cells: list[Cell] = []
    calls: dict[str, list[str]] = {}
    errors: dict[str, str] = {}
    try:
        with ExitStack() as stack:
            remotes = [stack.enter_context(worker(directory / f"{number}")) for number in range(asked.rigs)]
            for remote in remotes:
                remote.hear()
            for workflow in asked.only or WORKFLOWS:
                calls[workflow], error = record(remotes, workflow)
                if error:
                    errors[workflow] = error
                    print(f"  ✗ {workflow}: {error}", flush=True)
                    continue
                cells += try_all(remotes, workflow, asked.kind or list(KINDS), calls[workflow], asked.call or "")
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    whole = not (asked.only or asked.kind or asked.call)
    reached = write(cells, calls, errors, whole, time.monotonic() - began, asked.out)
    print(f"  details: {asked.out}")
    return 0 if reached else 1


def record(remotes: list[Remote], workflow: str) -> tuple[list[str], str]:
    """The calls that every undisturbed run of it makes, on every rig."""
    answers: list[dict[str, Any]] = [{} for _ in remotes]

    def ask(number: int) -> None:
        answers[number] = remotes[number].ask(do="record", workflow=workflow)

    together([threading.Thread(target=ask, args=(number,)) for number in range(len(remotes))])
    error = next((answer["error"] for answer in answers if "error" in answer), "")
    if error:
        return [], error
    return [call for call in answers[0]["calls"] if all(call in answer["calls"] for answer in answers)], ""


def try_all(remotes: list[Remote], workflow: str, kinds: list[str], calls: list[str], beginning: str) -> list[Cell]:
    cells, cases = [], queue.SimpleQueue[Case]()
    for kind in kinds:
        of_kind = [call for call in calls if fits(kind, CallName.parse(call)) and call.startswith(beginning)]
        cells.append(Cell(workflow, kind, len(of_kind)))
        for call in of_kind:
            cases.put((cells[-1], call))

    def work(remote: Remote) -> None:
        while True:
            try:
                cell, call = cases.get_nowait()
            except queue.Empty:
                return
            cell.add(call, remote.ask(do="case", workflow=workflow, kind=cell.kind, call=call))
            tell(cell, call)

    together([threading.Thread(target=work, args=(remote,)) for remote in remotes])
    return cells


def tell(cell: Cell, call: str) -> None:
    if call in cell.misses:
        print(f"    {cell.workflow}, {cell.kind}: {call}: {cell.misses[call][0][:200]}", flush=True)
    if cell.done == cell.of:
        print(
            f"  {'✓' if cell.all_reached else '✗'} {cell.workflow}, {cell.kind}: {cell.reached} of {cell.of}",
            flush=True,
        )


def together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.daemon = True
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
