"""Everything EC2 remembers, kept and put back: the same network with the same ids, as often as it is wanted.

To build a network anew takes seconds, and gives it new ids. moto's state is plain Python objects that know each other
across accounts and Regions, so all stores are copied in one go. Backends themselves stay what they are; images, their
snapshots and instance types never change.
"""

import copy
from typing import Any

from moto.ec2.models import ec2_backends

_CONSTANT = ("amis", "snapshots", "instance_types", "instance_type_offerings")
Stores = dict[tuple[str, str], dict[str, Any]]


class Memory:
    """What EC2 knew when this was made."""

    def __init__(self) -> None:
        self._stores = _copy({(account, region): backend.__dict__ for account, region, backend in _backends()})

    def recall(self) -> None:
        """EC2 knows this again, and nothing else. The caller holds the lock of the interception."""
        stores = _copy(self._stores)
        for account, region, backend in _backends():
            backend.__dict__.update(stores.get((account, region), {}))


def _backends() -> list[tuple[str, str, Any]]:
    return [
        (account, region, backend)
        for account, regions in list(ec2_backends.items())
        for region, backend in list(regions.items())
    ]


def _copy(stores: Stores) -> Stores:
    kept: list[Any] = [backend for _, _, backend in _backends()]
    kept += [backend.__dict__[name] for _, _, backend in _backends() for name in _CONSTANT if name in backend.__dict__]
    kept += [stores[where][name] for where in stores for name in _CONSTANT if name in stores[where]]
    return copy.deepcopy(stores, {id(thing): thing for thing in kept})
