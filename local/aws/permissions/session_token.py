"""The session token of a function's credentials: the ARN of the session it would have on AWS."""

import re

_SESSION = re.compile(r"arn:[a-z-]+:sts::\d{12}:assumed-role/(?P<role>[^/]+)/(?P<function>[^/]+)")


def token_for(role_arn: str, function: str) -> str:
    """`function` is the logical id in the template, or the name if it has none."""
    partition, account, role = role_arn.split(":")[1], role_arn.split(":")[4], role_arn.rsplit("/", maxsplit=1)[-1]
    return f"arn:{partition}:sts::{account}:assumed-role/{role}/{function}"


def read(token: str | None) -> tuple[str, str] | None:
    """Role name and function, if it is the token of a function."""
    found = _SESSION.fullmatch(token or "")
    return (found["role"], found["function"]) if found else None
