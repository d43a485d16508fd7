"""Whether the parameters of a call are such as AWS takes: botocore's models have the lengths, patterns, ranges and
values of each member, as the API references print them. SDKs send what they are given; AWS refuses it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
from botocore.model import OperationModel, Shape

_IN_WORDS_ONLY = {
    ("sns", "Publish", "Subject"): r"[!-~][ -~]{0,99}",
    (
        "stepfunctions",
        "StartExecution",
        "name",
    ): '[^\\s<>{}\\[\\]?*"#%\\\\^|~`$&,;:/\x00-\x1f\x7f-\x9f\ufffe\uffff]{1,80}',
}
"""What the API references say of a parameter, and the models do not have: what it has to match."""


@cache
def _operations(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def breaches(service: str, operation: str, parameters: dict[str, Any]) -> list[str]:
    """`parameters` as the model names them. Nothing where there is no such operation: whoever serves it says so."""
    model = _operations(service)
    if operation not in model.operation_names:
        return []
    return breaches_of(model.operation_model(operation), parameters)


def breaches_of(operation: OperationModel, parameters: dict[str, Any]) -> list[str]:
    return list(_of_operation(operation, parameters))


def input_shape(service: str, operation: str) -> Any:
    return _operations(service).operation_model(operation).input_shape


def _of_operation(operation: OperationModel, parameters: dict[str, Any]) -> Iterator[str]:
    if operation.input_shape is None:
        return
    yield from _within(operation.name, operation.input_shape, parameters)
    for (service, name, member), pattern in _IN_WORDS_ONLY.items():
        value = parameters.get(member)
        if (
            (service, name) == (operation.service_model.service_name, operation.name)
            and value is not None
            and not _matches(pattern, value)
        ):
            yield f"{name}.{member}: {value[:120]!r} does not match {pattern}"


def _within(where: str, shape: Shape, value: Any) -> Iterator[str]:
    if value is None:
        return
    if shape.type_name == "structure":
        yield from (f"{where}: {name} is missing" for name in shape.required_members if value.get(name) is None)
        for name, member in shape.members.items():
            yield from _within(f"{where}.{name}", member, value.get(name))
        return
    yield from _of_value(where, shape, value)
    if shape.type_name == "list":
        for number, member in enumerate(value):
            yield from _within(f"{where}[{number}]", shape.member, member)
    elif shape.type_name == "map":
        for key, member in value.items():
            yield from _within(f"{where}, a key", shape.key, key)
            yield from _within(f"{where}.{key}", shape.value, member)


def _of_value(where: str, shape: Shape, value: Any) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    size, what = (
        (value, "") if shape.type_name in ("integer", "long", "float", "double") else (_length(value), "a length of ")
    )
    if size is not None and least is not None and float(size) < float(least):
        yield f"{where}: {what}{size}, and at least {least} is needed"
    if size is not None and most is not None and float(size) > float(most):
        yield f"{where}: {what}{size}, and at most {most} is taken"
    if isinstance(value, str):
        pattern = shape.metadata.get("pattern")
        if pattern and not _matches(pattern, value):
            yield f"{where}: {value[:80]!r} does not match {pattern}"
        if shape.enum and value not in shape.enum:
            yield f"{where}: {value[:80]!r} is none of {', '.join(shape.enum[:8])}"


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, (str, bytes, list, dict)) else None


def _matches(pattern: str, value: str) -> bool:
    """Written for Java; what Python does not know in it is not judged."""
    try:
        return (
            re.fullmatch(pattern.replace("\\p{L}", "\\w").replace("\\p{Z}", "\\s").replace("\\p{N}", "\\d"), value)
            is not None
        )
    except re.error:
        return True
