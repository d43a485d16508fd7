"""Compares the calls that were seen with the policies of our templates: each call is allowed, and each statement was
needed.

python -m local.rig.policy_check CALLS   prints what does not fit; the exit code tells whether there was anything.
CALLS: a folder with the calls that rigs have seen, a file of JSON for each.

Whether a call is allowed is judged here by its action and the types of the resources it acts on. The local AWS judges
conditions, too, and its call log says which statements allowed a call (local/aws/permissions/): what a statement
allows to no call is unused. Services outside that log are left out: logs, X-Ray, KMS, SNS, Step Functions, Lambda.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.aws.clients import MOTO_SERVICES
from local.aws.stacks import cloudformation_yaml

ROOT = Path(__file__).resolve().parents[2]
SERVICE_ROLE = "the service role"
TYPES = {"pcx": "vpc-peering-connection", "rtb": "route-table", "sg": "security-group", "vpc": "vpc", "i": "instance"}


@dataclass
class Permissions:
    """What one role may do."""

    actions: dict[str, set[str]] = field(default_factory=dict)
    """Action -> types of resources, `*` for any."""

    unused: set[tuple[str, str]] = field(default_factory=set)
    """Sid and action of what has allowed no call yet."""

    def add(self, statement: dict[str, Any]) -> None:
        for action in _listed(statement["Action"]):
            if action.split(":")[0] in MOTO_SERVICES:
                self.actions.setdefault(action, set()).update(map(_type, _listed(statement["Resource"])))
                self.unused.add((statement.get("Sid", ""), action))

    def allow(self, call: dict[str, Any]) -> bool:
        self.unused -= {(sid, action) for sid, action in call["allowed_by"]}
        allowed = self.actions.get(call["action"], set())
        acted_on = {TYPES.get(word.split("-")[0], word) for word in call["resource"].split()}
        return bool(allowed) and (
            "*" in allowed or not acted_on or not allowed <= set(TYPES.values()) or bool(acted_on & allowed)
        )


def _type(resource: Any) -> str:
    """`route-table` of `arn:…:ec2:…:route-table/*`."""
    text = resource if isinstance(resource, str) else str(next(iter(resource.values())))
    found = re.search(r":([a-z-]+)/", text)
    return found[1] if found else "*" if text == "*" else text


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def permissions() -> dict[str, Permissions]:
    hub = cloudformation_yaml.load(ROOT / "template.yaml")["Resources"]
    functions = {
        name: resource["Properties"]
        for name, resource in hub.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    service = cloudformation_yaml.load(ROOT / "stacks" / "service-account.yaml")["Resources"]["ServiceRole"][
        "Properties"
    ]
    documents = {name: properties.get("Policies", []) for name, properties in functions.items()}
    documents[SERVICE_ROLE] = [policy["PolicyDocument"] for policy in service["Policies"]]
    granted = {name: Permissions() for name in documents}
    for name, policies in documents.items():
        for policy in policies:
            for statement in policy["Statement"]:
                granted[name].add(statement)
    return granted


def problems(calls: list[dict[str, Any]]) -> Iterator[str]:
    granted = permissions()
    refused = set()
    for call in calls:
        if call["function"] in granted:
            # A function acts as its own role, or with a session of a service account's role.
            who = call["function"] if call["role"] and call["function"] in call["role"] else SERVICE_ROLE
            if not granted[who].allow(call) and (who, call["action"]) not in refused:
                refused.add((who, call["action"]))
                resource = call["resource"] or "nothing named"
                yield f"{who} called {call['action']} on {resource}: its policy does not allow it"
    for who, role in granted.items():
        for sid, action in sorted(role.unused):
            yield (
                f"{who} may call {action} by statement {sid} and never did: "
                "take it out of the policy, or add the scenario that needs it"
            )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.rig.policy_check", description=__doc__)
    parser.add_argument("calls", type=Path, help="the folder with the calls")
    calls = [call for file in sorted(parser.parse_args().calls.glob("*.json")) for call in json.loads(file.read_text())]
    found = list(problems(calls))
    print("\n".join(found) or f"{len(calls)} calls: all allowed, and no permission unused")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
