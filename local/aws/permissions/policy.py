"""As much of AWS's policy evaluation as trust policies and event bus policies use.

AWS behaviour ("Policy evaluation logic", "IAM JSON policy elements: Principal", "... Condition operators", IAM User
Guide): denied unless a statement allows; an explicit Deny wins; all condition operators of a statement and all keys in
them must match, one of a key's values is enough; an absent key matches negated operators, ...IfExists and Null only.
"""

import fnmatch
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Context = Mapping[str, str | None]


def allows(policy: Mapping[str, Any], action: str, principals: Sequence[str], account: str, context: Context) -> bool:
    """Whether a resource policy admits this caller, known by any of the ARNs or service names in `principals`."""
    effects = [
        statement["Effect"]
        for statement in _listed(policy.get("Statement", []))
        if _covers_action(statement, action)
        and _covers_principal(statement, principals, account)
        and _conditions_hold(statement.get("Condition", {}), context)
    ]
    return "Allow" in effects and "Deny" not in effects


def _covers_action(statement: Mapping[str, Any], action: str) -> bool:
    return any(fnmatch.fnmatchcase(action.lower(), pattern.lower()) for pattern in _listed(statement.get("Action", [])))


def _covers_principal(statement: Mapping[str, Any], principals: Sequence[str], account: str) -> bool:
    principal = statement.get("Principal")
    if principal == "*":
        return True
    named = [name for kind in ("AWS", "Service") for name in _listed((principal or {}).get(kind, []))]
    whole_account = {account, f"arn:aws:iam::{account}:root"}
    return any(name == "*" or name in principals or name in whole_account for name in named)


def _conditions_hold(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    return all(
        _holds(operator, _listed(expected), context.get(key))
        for operator, keys in conditions.items()
        for key, expected in keys.items()
    )


def _holds(operator: str, expected: list[str], actual: str | None) -> bool:
    if operator == "Null":
        return (actual is None) == (str(expected[0]).lower() == "true")
    if operator.endswith("IfExists"):
        return actual is None or _holds(operator.removesuffix("IfExists"), expected, actual)
    test = _OPERATORS[operator]  # an operator nobody has needed yet should fail loudly, not pass
    if actual is None:
        return operator in _NEGATED
    return test(actual, [str(value) for value in expected])


def _arn_matches(actual: str, pattern: str) -> bool:
    """Each of the six parts of an ARN is compared by itself, so that no wildcard reaches beyond its colon."""
    parts, patterns = actual.split(":", 5), pattern.split(":", 5)
    return len(parts) == len(patterns) == 6 and all(map(fnmatch.fnmatchcase, parts, patterns))


_OPERATORS: dict[str, Callable[[str, list[str]], bool]] = {
    "StringEquals": lambda actual, expected: actual in expected,
    "StringNotEquals": lambda actual, expected: actual not in expected,
    "StringLike": lambda actual, expected: any(fnmatch.fnmatchcase(actual, pattern) for pattern in expected),
    # The context has one value here; of a key that is absent there is none that could match.
    "ForAnyValue:StringLike": lambda actual, expected: any(fnmatch.fnmatchcase(actual, each) for each in expected),
    "ArnEquals": lambda actual, expected: any(_arn_matches(actual, pattern) for pattern in expected),
    "ArnLike": lambda actual, expected: any(_arn_matches(actual, pattern) for pattern in expected),
    "Bool": lambda actual, expected: actual.lower() in [value.lower() for value in expected],
}

_NEGATED = ("StringNotEquals",)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
