"""Removes what a run has made: what its journal knows, the newest first, then whatever carries its name."""

import time
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from prove import screen
from prove.journal import Entry, Journal
from prove.kinds import KINDS, is_gone
from prove.target import Target, Who


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
    """What could not be removed; nothing stops the rest. The lock goes only when all else has, so that the name stays taken till then."""
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


def whatever_is_there(target: Target) -> list[Left]:
    """Everything that carries the run's name, in every place where a run makes something."""
    found = []
    for kind, who, region in target.places():
        try:
            ids = KINDS[kind].find(target.client(who, KINDS[kind].service, region), target.run)
            found += [Left(kind, who, region, id, "is there") for id in ids]
        except (ClientError, BotoCoreError) as e:
            found.append(Left(kind, who, region, "of any name", f"cannot be looked for: {screen.on_one_line(str(e))}"))
    return found


def _removed(target: Target, journal: Journal, entry: Entry) -> bool:
    kind = KINDS[entry.kind]
    client = target.client(_who(entry.who), kind.service, entry.region)
    try:
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


def _sweep(target: Target, places: list[tuple[str, Who, str]]) -> list[Left]:
    left = []
    for kind, who, region in places:
        try:
            for id in KINDS[kind].find(target.client(who, KINDS[kind].service, region), target.run):
                try:
                    _remove(target, kind, who, region, id)
                except (ClientError, BotoCoreError) as e:
                    left.append(Left(kind, who, region, id, screen.on_one_line(str(e))))
        except (ClientError, BotoCoreError) as e:
            left.append(Left(kind, who, region, "of any name", f"cannot be looked for: {screen.on_one_line(str(e))}"))
    return left


def _who(word: str) -> Who:
    assert word in ("management", "hub", "service", "second")
    return word  # type: ignore[return-value]
