"""Removes what a run has made: what its journal knows, the newest first, then whatever carries its name."""

import time
from dataclasses import dataclass, replace

from botocore.exceptions import BotoCoreError, ClientError

from prove import screen
from prove.made.journal import Entry, Journal
from prove.made.kinds import KINDS, is_gone
from prove.target import Target, Who

Place = tuple[str, Who, str]
"""(kind, account, Region)."""


@dataclass(frozen=True)
class Left:
    """Something that is still there."""

    kind: str
    who: str
    region: str
    id: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.who} account, {self.region}): {self.why}"


def remove_all(target: Target, journal: Journal) -> list[Left]:
    """What could not be removed; nothing stops the rest. The lock goes only when all else has,
    so that the name stays taken till then.
    """
    pending = [entry for entry in journal.left() if entry.kind != "lock"]
    deadline = time.monotonic() + target.patience.removal
    while pending:
        refused = [entry for entry in pending if not _removed(target, journal, entry)]
        if not refused or time.monotonic() > deadline:
            break
        # DependencyViolation and the like: interfaces that are being detached, an operation that has to end first.
        pending = refused
        time.sleep(target.patience.poll)
    left = _sweep(target, [place for place in target.places() if place[0] != "lock"])
    if not left:
        left = _sweep(target, [place for place in target.places() if place[0] == "lock"])
    if not left:
        journal.finish()
    return left


def whatever_is_there(target: Target) -> tuple[list[Left], list[Left]]:
    """Everything that carries the run's name, in every place where a run makes something;
    and the places that cannot be seen.
    """
    return _look(target, target.places())


def _look(target: Target, places: list[Place]) -> tuple[list[Left], list[Left]]:
    found, unseen = [], []
    for kind, who, region in places:
        try:
            ids = KINDS[kind].find(target.client(who, KINDS[kind].service, region), target.run)
            found += [Left(kind, who, region, id, "is there") for id in ids]
        except (ClientError, BotoCoreError) as e:
            unseen.append(Left(kind, who, region, "of any name", f"cannot be looked for: {screen.on_one_line(str(e))}"))
    return found, unseen


def _removed(target: Target, journal: Journal, entry: Entry) -> bool:
    kind = KINDS[entry.kind]
    try:
        client = target.client(_who(entry.who), kind.service, entry.region)
        for id in [entry.id] if entry.id else kind.find(client, target.run):
            _remove(target, entry.kind, entry.who, entry.region, id)
    except (ClientError, BotoCoreError) as e:
        screen.aside(f"{entry.kind} {entry.id or entry.name}: not yet: {e}")
        return False
    journal.removed(entry)
    return True


def _remove(target: Target, kind: str, who: str, region: str, id: str) -> None:
    client = target.client(_who(who), KINDS[kind].service, region)
    try:
        KINDS[kind].remove(client, id)
        screen.aside(f"removed: {kind} {id} ({who} account, {region})")
    except ClientError as e:
        if not is_gone(e):
            raise


def _sweep(target: Target, places: list[Place]) -> list[Left]:
    """Looks until nothing is found, or nothing more can be removed: AWS goes on showing a thing for a while, a queue
    for a minute ("DeleteQueue", SQS API reference).
    """
    removed: set[tuple[str, str]] = set()
    deadline = time.monotonic() + target.patience.call
    while True:
        found, unseen = _look(target, places)
        left, before = [], len(removed)
        for each in found:
            why = _refusal(target, each)
            left.append(replace(each, why=why or "AWS still shows it"))
            if not why:
                removed.add((each.kind, each.id))
        if not found:
            return unseen
        if len(removed) > before:
            deadline = time.monotonic() + target.patience.call
        if time.monotonic() > deadline:
            return left + unseen
        time.sleep(target.patience.poll)


def _refusal(target: Target, there: Left) -> str:
    """Empty: AWS has taken the removal."""
    try:
        _remove(target, there.kind, there.who, there.region, there.id)
    except (ClientError, BotoCoreError) as e:
        return screen.on_one_line(str(e))
    return ""


def _who(word: str) -> Who:
    assert word in ("management", "hub", "service", "second")
    return word  # type: ignore[return-value]
