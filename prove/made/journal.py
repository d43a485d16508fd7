"""What a run has made, on disk before it is there: whatever ends the run, another one can remove it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Entry:
    number: int
    kind: str
    """One of prove.kinds."""
    who: str
    region: str
    name: str
    id: str = ""
    """Empty until AWS has answered. Then what was made, if it was, is found by its name or tag."""
    removed: bool = False


class InUse(RuntimeError):
    """Another process works with this journal."""


class Journal:
    """One line for each step of each entry's life; the last line of a number counts."""

    def __init__(self, folder: Path) -> None:
        """Raises InUse while another process has it. The lock ends with its process, however that ends."""
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "journal.jsonl"
        self._lock = (folder / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.seek(0)
            raise InUse(
                f"process {self._lock.read().strip() or 'of somebody'} on this machine works with it now"
            ) from None
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        self._entries = self._read()

    def close(self) -> None:
        self._lock.close()

    def _read(self) -> dict[int, Entry]:
        if not self.path.exists():
            return {}
        entries = {}
        for line in self.path.read_text().splitlines():
            try:
                entry = Entry(**json.loads(line))
            except ValueError:  # the line that a crash cut off: what it was about is found by name
                continue
            entries[entry.number] = entry
        return entries

    def _write(self, entry: Entry) -> None:
        self._entries[entry.number] = entry
        with self.path.open("a") as file:
            file.write(json.dumps(asdict(entry)) + "\n")
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def making(self, kind: str, who: str, region: str, name: str) -> Iterator[Entry]:
        """The block makes it, and sets `id`. Where it fails the entry stays: AWS may have made it all the same."""
        entry = Entry(max(self._entries, default=0) + 1, kind, who, region, name)
        self._write(entry)
        yield entry
        self._write(entry)

    def removed(self, entry: Entry) -> None:
        entry.removed = True
        self._write(entry)

    def left(self) -> list[Entry]:
        """What is not known to be removed, the newest first."""
        return [entry for _, entry in sorted(self._entries.items(), reverse=True) if not entry.removed]

    def finish(self) -> None:
        """Nothing is left: the next run of this name begins anew."""
        self.path.unlink(missing_ok=True)
        self._entries = {}
