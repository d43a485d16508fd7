"""Which check answers for which assumption of docs/design.md; a test keeps the two lists equal."""

import importlib
import pkgutil
from collections.abc import Callable, Generator
from dataclasses import dataclass

from prove.stage import Stage
from prove.verdict import Verdict

Later = Generator[None, None, Verdict]
"""A check that acts first, yields once, and looks when everything else has been done:
what takes AWS minutes passes meanwhile.
"""

Check = Callable[[Stage], Verdict | Later]


@dataclass(frozen=True)
class Assumption:
    id: str
    check: Check


_registered: dict[str, Assumption] = {}


def assumption(id: str) -> Callable[[Check], Check]:
    """`id`: as it stands, in bold, in docs/design.md."""

    def register(check: Check) -> Check:
        if id in _registered:
            raise ValueError(f"two checks for {id}")
        _registered[id] = Assumption(id, check)
        return check

    return register


def assumptions() -> list[Assumption]:
    """In the order in which they are tried: by module, then as they stand there."""
    import prove.checks

    for module in sorted(pkgutil.iter_modules(prove.checks.__path__), key=lambda module: module.name):
        importlib.import_module(f"prove.checks.{module.name}")
    return list(_registered.values())
