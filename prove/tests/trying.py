"""Tries one check, and breaks the answer that it relies on."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from prove.stage import Stage
from prove.verdict import Verdict


def tried(check: Any, stage: Stage, between: Callable[[], None] = lambda: None) -> Verdict:
    answer = check(stage)
    if not hasattr(answer, "send"):
        return answer  # type: ignore[no-any-return]
    try:
        next(answer)
        between()
        next(answer)
    except StopIteration as ended:
        return ended.value  # type: ignore[no-any-return]
    raise AssertionError("a check yields once")


def refuses(code: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def refuse(_: dict[str, Any]) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": code, "Message": "as the test says"}}, "Any")

    return refuse


def heard(recorder: Any, name: str, request: dict[str, Any], **more: Any) -> None:
    recorder.events.append(
        {"account": "1", "region": "eu-west-1", "detail": {"eventName": name, "requestParameters": request, **more}}
    )
