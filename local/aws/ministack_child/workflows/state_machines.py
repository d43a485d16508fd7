"""A state machine whose tasks have no valid resource cannot be deployed.

AWS behaviour ("CreateStateMachine", AWS Step Functions API Reference): InvalidDefinition, SCHEMA_VALIDATION_FAILED,
"Value is not a valid resource ARN". ministack takes any definition and lets such a task succeed with its input as
result, so that a substitution forgotten in the template would look like a step that does nothing.
"""

import json
from collections.abc import Iterator
from typing import Any

from ministack.services.cloudformation import provisioners


def add_to_ministack() -> None:
    ministack_defines = provisioners._sfn_definition

    def definition(properties: dict[str, Any]) -> str:
        text: str = ministack_defines(properties)
        wrong = sorted({resource for resource in _resources(json.loads(text)) if not resource.startswith("arn:")})
        if wrong:
            raise ValueError(
                "Invalid State Machine Definition: SCHEMA_VALIDATION_FAILED: "
                f"Value is not a valid resource ARN: {wrong}"
            )
        return text

    provisioners._sfn_definition = definition


def _resources(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _resources(item)
    elif isinstance(value, dict):
        if value.get("Type") == "Task":
            yield value["Resource"]
        for member in value.values():
            yield from _resources(member)
