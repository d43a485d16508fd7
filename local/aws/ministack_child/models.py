"""Parameters that AWS's own models do not take are refused, before ministack looks at them: of callers, and of
workflows.

AWS behaviour ("Common errors" of each API reference): a parameter outside of its length, pattern, range or values is a
ValidationException, or what the service calls it (InvalidParameter: Amazon SNS API Reference, "Publish"). In a workflow
an error that the service's model does not know has the name of the SDK's base class, as in workflows/integrations.py.
"""

import json
from typing import Any
from urllib.parse import parse_qs

from botocore.model import Shape
from ministack import app as ministack
from ministack.core.responses import error_response_json, error_response_xml

from local.judges.calls import breaches, input_shape

_SERVICES = {"states": "stepfunctions", "sns": "sns", "sqs": "sqs", "events": "events"}
"""As ministack names them -> as botocore does. lambda is left out: who invokes a function sends it what it likes."""


def add_to_ministack() -> None:
    for service, model in _SERVICES.items():
        ministack.SERVICE_HANDLERS[service] = _judged(model, ministack.SERVICE_HANDLERS[service])


def _judged(service: str, handle: Any) -> Any:
    async def judged(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        target = headers.get("x-amz-target", "")
        if target:
            wrong = breaches(service, target.split(".")[-1], json.loads(body or b"{}"))
            if wrong:
                return error_response_json("ValidationException", "; ".join(wrong))
        elif body:
            given = {name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
            wrong = breaches(
                service, given.get("Action", ""), {name: value for name, value in given.items() if "." not in name}
            )
            if wrong:
                return error_response_xml("InvalidParameter", "; ".join(wrong), 400)
        return await handle(method, path, headers, body, query)

    return judged


def breaches_of_task(action: str, given: dict[str, Any]) -> list[str]:
    """Of the parameters of a task that calls `action` itself. They are named as in the API, with a capital letter
    first, and what is a string there may be any JSON here ("Passing parameters to a service API in Step Functions",
    Developer Guide).
    """
    service, operation = action.split(":")
    model = _SERVICES.get(service, service)
    shape = input_shape(model, operation)
    names = {name[0].upper() + name[1:]: name for name in shape.members}
    known = {names[name]: _as_sent(shape.members[names[name]], value) for name, value in given.items() if name in names}
    return breaches(model, operation, known)


def _as_sent(shape: Shape, value: Any) -> Any:
    return json.dumps(value) if shape.type_name == "string" and not isinstance(value, str) else value
