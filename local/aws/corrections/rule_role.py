"""The role of a rule's target has to be there before the target.

AWS behaviour ("PutTargets", Amazon EventBridge API Reference; "Troubleshooting Amazon EventBridge", User Guide): a role
that EventBridge cannot assume is a ValidationException, "Provided role '…' cannot be assumed by principal
'events.amazonaws.com'". moto takes any.
"""

import functools
from typing import Any

from moto.events.exceptions import ValidationException
from moto.events.models import EventsBackend

from local.aws.permissions.event_role import is_assumable

_moto_puts = EventsBackend.put_targets


@functools.wraps(_moto_puts)
def _put(backend: EventsBackend, name: str, event_bus_arn: str | None, targets: list[dict[str, Any]]) -> None:
    for target in targets:
        role = target.get("RoleArn")
        if role is not None and not is_assumable(role, backend.account_id):
            raise ValidationException(f"Provided role '{role}' cannot be assumed by principal 'events.amazonaws.com'.")
    _moto_puts(backend, name, event_bus_arn, targets)


EventsBackend.put_targets = _put  # type: ignore[method-assign,assignment]
