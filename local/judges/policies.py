"""python -m local.judges.policies TEMPLATE...: whether each statement of every policy in these templates can mean
anything.

An action, the type of resource that a statement names, and a condition key have to exist together in the service
authorization data of AWS ("Actions, resources, and condition keys for AWS services", Service Authorization Reference),
which policy-sentry carries. What does not is no error for IAM: such a statement allows nothing, or such a condition
holds for nothing.

Runs in the environment of the AWS tools.
"""

import fnmatch
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from policy_sentry.querying.actions import get_action_data, get_actions_for_service
from samcli.yamlhelper import yaml_parse

ARNS = {
    "AWS::SQS::Queue": "arn:*:sqs:*:*:*",
    "AWS::SNS::Topic": "arn:*:sns:*:*:*",
    "AWS::KMS::Key": "arn:*:kms:*:*:key/*",
    "AWS::Serverless::StateMachine": "arn:*:states:*:*:stateMachine:*",
    "AWS::Serverless::Function": "arn:*:lambda:*:*:function:*",
    "AWS::Events::EventBus": "arn:*:events:*:*:event-bus/*",
}
"""Of a resource that a statement refers to."""

PARAMETERS = {"HubBusArn": "arn:*:events:*:*:event-bus/*", "ChatTopicArn": "arn:*:sns:*:*:*"}

GLOBAL = {
    "aws:principalorgid",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:resourceorgid",
    "aws:securetransport",
}
"""Keys of every request, or of those that a service makes ("AWS global condition context keys", IAM User Guide)."""

Row = dict[str, Any]


@cache
def rows(action: str) -> tuple[Row, ...]:
    """What is known of an action, for each type of resource that it may name."""
    service, name = action.split(":")
    found = get_action_data(service, name)
    return tuple(found[service]) if isinstance(found, dict) and service in found else ()


def expanded(action: str) -> list[str]:
    if "*" not in action:
        return [action] if rows(action) else []
    service = action.split(":", maxsplit=1)[0]
    return [known for known in get_actions_for_service(service) if fnmatch.fnmatchcase(known.lower(), action.lower())]


def statements(template: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """With where each stands."""

    def within(where: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(value, dict):
            if "Effect" in value and "Action" in value:
                yield f"{where}, {value.get('Sid', 'statement without a Sid')}", value
            for member in value.values():
                yield from within(where, member)
        elif isinstance(value, list):
            for member in value:
                yield from within(where, member)

    for name, resource in template["Resources"].items():
        yield from within(name, resource.get("Properties", {}))


def arn(resource: Any, template: dict[str, Any]) -> str:
    """With `*` for whatever CloudFormation puts in."""
    if isinstance(resource, str):
        return re.sub(r"\$\{[^}]*}", "*", resource)
    ((name, value),) = resource.items()
    if name == "Fn::Sub":
        return arn(value[0] if isinstance(value, list) else value, template)
    target = value[0] if isinstance(value, list) else str(value).split(".")[0]
    if target in PARAMETERS:
        return PARAMETERS[target]
    return ARNS[template["Resources"][target]["Type"]]


def either(resources: list[Any]) -> Iterator[Any]:
    """Whatever a condition of the template makes of them."""
    for resource in resources:
        yield from resource["Fn::If"][1:] if isinstance(resource, dict) and "Fn::If" in resource else [resource]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def fits(named: str, row: Row) -> bool:
    """What is open on one side may be any name on the other."""
    form, variable = row["resource_arn_format"], r"\$\{[^}]*}"
    return form != "*" and (
        fnmatch.fnmatchcase(re.sub(variable, "x", form), named)
        or fnmatch.fnmatchcase(named.replace("*", "x"), re.sub(variable, "*", form))
    )


def has(key: str, row: Row) -> bool:
    return any(
        re.fullmatch(".+".join(map(re.escape, re.split(r"\$\{[^}]*}", known.lower()))), key)
        for known in row["condition_keys"]
    )


def problems(where: str, statement: dict[str, Any], template: dict[str, Any]) -> Iterator[str]:
    named = [arn(resource, template) for resource in either(listed(statement.get("Resource", "*")))]
    keys = [key.lower() for conditions in statement.get("Condition", {}).values() for key in conditions]
    of_nothing = set(named) - {"*"}
    for action in listed(statement["Action"]):
        known = expanded(action)
        if not known:
            yield f"{where}: {action} is no action"
        for one in known:
            fitting = [row for row in rows(one) if "*" in named or any(fits(resource, row) for resource in named)]
            of_nothing -= {resource for resource in named if any(fits(resource, row) for row in rows(one))}
            if not fitting and "*" not in action:
                yield f"{where}: {one} has no resource such as {', '.join(named)}"
            for key in keys if "*" not in action else []:
                if fitting and key not in GLOBAL and not any(has(key, row) for row in fitting):
                    yield f"{where}: {one} knows no {key} for {', '.join(named)}"
        if "*" in action and known:
            of_all = [row for one in known for row in rows(one)]
            yield from (
                f"{where}: nothing of {action} knows {key}"
                for key in keys
                if key not in GLOBAL and not any(has(key, row) for row in of_all)
            )
    for resource in sorted(of_nothing):
        yield f"{where}: none of its actions has a resource such as {resource}"


def main() -> int:
    count, found = 0, []
    for file in map(Path, sys.argv[1:]):
        template = yaml_parse(file.read_text())
        for where, statement in statements(template):
            count += 1
            found += [f"{file}: {problem}" for problem in problems(where, statement, template)]
    print("\n".join(found) or f"{count} statements: actions, resources and condition keys exist together")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main())
