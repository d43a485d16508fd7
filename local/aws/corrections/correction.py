"""How a behaviour of moto is corrected.

A correction wraps a method of moto's response class (one per API operation) and either answers itself, refuses, or lets
moto do it and mends the result. It never copies moto's code, so that a moto release that behaves like AWS makes it
removable.
"""

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult

from local.aws import corrections


class Answer(ActionResult):
    """What moto answers: its `result` is a model of moto's or a dictionary, as the operation has it."""

    result: Any


Operation = Callable[[], Answer]
Correction = Callable[[Any, Operation], ActionResult]


def corrects(response_class: type, *methods: str) -> Callable[[Correction], Correction]:
    """The function below it stands in for these operations; its second argument is what moto would do."""

    def register(correction: Correction) -> Correction:
        for method in methods:
            setattr(response_class, method, _around(getattr(response_class, method), correction))
        return correction

    return register


def _around(original: Callable[[Any], Answer], correction: Correction) -> Callable[[Any], ActionResult]:
    @functools.wraps(original)
    def corrected(self: Any) -> ActionResult:
        return correction(self, lambda: original(self))

    return corrected


def apply_all() -> None:
    """Importing a module of the package applies its correction, once in a process."""
    for module in pkgutil.iter_modules(corrections.__path__):
        importlib.import_module(f"{corrections.__name__}.{module.name}")
