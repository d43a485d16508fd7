"""A deployment that changes one parameter: what of the transformed template changes by it,
and whether that can be deployed.
"""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from local.aws.runtime import java_runtime
from local.aws.stacks import cloudformation_yaml

ROOT = Path(__file__).parents[2]
TEMPLATE = cloudformation_yaml.load(ROOT / "template.yaml")
TRANSFORM = Path(__file__).parent / "transform.py"
"""Runs where SAM's translator is."""

VALUES = {
    "OrganizationId": ("o-exampleorg1", "o-exampleorg2"),
    "AllowedUnits": ("", "ou-abcd-11111111"),
    "HubVpcId": ("vpc-0123456789abcdef0", "vpc-0123456789abcdef1"),
    "ClientPoolCidrs": ("172.168.0.0/24", "172.168.1.0/24"),
    "CompanyCidrs": ("", "192.168.0.0/16"),
    "AllowedCidrs": ("10.0.0.0/8", "10.128.0.0/9"),
    "AllowedPorts": ("tcp/22", "icmp"),
    "ServiceRegions": ("", "eu-west-1"),
    "VpcsPerAccount": ("10", "11"),
    "PeeringsPerVpc": ("50", "51"),
    "RoutesPerTable": ("500", "501"),
    "ServiceRoleName": ("peerway-service", "service"),
    "ExternalId": ("a-shared-word", "another-word"),
    "Approval": ("automatic", "manual"),
    "ReconcileMode": ("repair", "plan"),
    "FreezeCalendar": ("", "peerway-freezes"),
    "EventWindowSeconds": ("60", "61"),
    "NotificationEmail": ("", "a@example.com"),
    "ChatTopicArn": ("", "arn:aws:sns:eu-west-1:123456789012:chat"),
    "Documentation": ("docs", "https://git.example.com/peerway/blob/v0.1.0/docs"),
    "SubscriberAccounts": ("", "111122223333"),
    "LogRetentionDays": ("90", "30"),
    "Architecture": ("arm64", "x86_64"),
}
"""Of each parameter, one value and another."""


@pytest.fixture(scope="module")
def deployed() -> dict[str, dict[str, Any]]:
    """The transformed template with all first values, and with the other value of each."""
    first = {name: values[0] for name, values in VALUES.items()}
    cases = {"": first} | {name: first | {name: values[1]} for name, values in VALUES.items()}
    done = subprocess.run(
        [str(java_runtime.cache() / "tools/bin/python"), str(TRANSFORM), str(ROOT / "template.yaml")],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"AWS_DEFAULT_REGION": "eu-west-1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (before.get(name), after.get(name))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }


def test_every_parameter_has_two_values_here() -> None:
    assert VALUES.keys() == TEMPLATE["Parameters"].keys()


@pytest.mark.parametrize("parameter", VALUES)
def test_a_changed_parameter_changes_something_that_is_deployed(deployed: dict[str, Any], parameter: str) -> None:
    assert changed(deployed[""]["Resources"], deployed[parameter]["Resources"])


@pytest.mark.parametrize("parameter", VALUES)
def test_a_function_that_gets_a_version_changes_itself(deployed: dict[str, Any], parameter: str) -> None:
    """PublishVersion refuses a version where code and configuration are those of the last one ("PublishVersion",
    AWS Lambda API Reference).
    """
    found = changed(deployed[""]["Resources"], deployed[parameter]["Resources"])
    for name, (_, after) in found.items():
        if after and after["Type"] == "AWS::Lambda::Version":
            assert after["Properties"]["FunctionName"]["Ref"] in found, f"{name} is new, and its function as it was"


def test_a_version_that_nothing_of_its_function_changes_with_is_found(deployed: dict[str, Any]) -> None:
    def with_version(description: str) -> dict[str, Any]:
        version = {
            "Type": "AWS::Lambda::Version",
            "Properties": {"FunctionName": {"Ref": "AdmitFunction"}, "Description": description},
        }
        return {"Resources": deployed[""]["Resources"] | {"V": version}}

    with pytest.raises(AssertionError, match="V is new"):
        test_a_function_that_gets_a_version_changes_itself({"": with_version("repair"), "X": with_version("plan")}, "X")


@pytest.mark.parametrize("parameter", VALUES)
def test_no_resource_with_a_name_of_its_own_is_made_anew(deployed: dict[str, Any], parameter: str) -> None:
    """CloudFormation makes the new one before it deletes the old one,
    and two cannot have one name ("Update behaviors of stack resources").
    """
    create_only = deployed["createOnly"]
    names = {"Name", "RoleName", "LogGroupName", "QueueName", "FunctionName", "StateMachineName"}
    for name, (before, after) in changed(deployed[""]["Resources"], deployed[parameter]["Resources"]).items():
        if before and after:
            anew = {
                key
                for key in create_only.get(after["Type"], [])
                if before["Properties"].get(key) != after["Properties"].get(key)
            }
            assert not anew or not names & after["Properties"].keys() - anew, f"{name}: {anew}"


@pytest.mark.parametrize("stack", ["template.yaml", "stacks/service-account.yaml"])
def test_the_shared_word_stands_in_no_description(stack: str) -> None:
    def descriptions(value: Any) -> list[Any]:
        if isinstance(value, list):
            return [found for member in value for found in descriptions(member)]
        if not isinstance(value, dict):
            return []
        return [member for key, member in value.items() if "escription" in key] + descriptions(list(value.values()))

    resources = cloudformation_yaml.load(ROOT / stack)["Resources"]
    assert descriptions(resources)
    assert "ExternalId" not in json.dumps(descriptions(resources))


def holds(assertion: Any, parameters: dict[str, str]) -> Any:
    """As CloudFormation evaluates the assertion of a rule ("Rules section syntax")."""
    ((name, value),) = assertion.items() if isinstance(assertion, dict) else ((None, assertion),)
    match name:
        case None:
            return value
        case "Ref":
            return parameters[value]
        case "Fn::Not":
            return not holds(value[0], parameters)
        case "Fn::Equals":
            return holds(value[0], parameters) == holds(value[1], parameters)
    raise AssertionError(f"no rule of ours has {name}")


@pytest.mark.parametrize(
    ("contradiction", "rule"),
    [
        ({"ClientPoolCidrs": "10.0.0.0/8"}, "ClientsAreNoServices"),
        ({"CompanyCidrs": "172.168.0.0/24"}, "ClientsAreNotTheCompany"),
        ({"CompanyCidrs": "10.0.0.0/8"}, "ServicesAreNotTheCompany"),
    ],
    ids=str,
)
def test_parameters_that_contradict_each_other_fail_before_anything_is_made(
    contradiction: dict[str, str], rule: str
) -> None:
    first = {name: values[0] for name, values in VALUES.items()}
    assertions = {name: each["Assertions"][0]["Assert"] for name, each in TEMPLATE["Rules"].items()}
    assert all(holds(assertion, first) for assertion in assertions.values())
    assert [name for name, assertion in assertions.items() if not holds(assertion, first | contradiction)] == [rule]


@pytest.mark.parametrize(
    ("parameter", "value", "taken"),
    [
        *(
            (parameter, value, True)
            for parameter in ("ClientPoolCidrs", "AllowedCidrs", "CompanyCidrs")
            for value in ("10.0.0.0/8", "172.168.0.0/24,255.255.255.255/32", "0.0.0.0/0")
        ),
        *(
            (parameter, value, False)
            for parameter in ("ClientPoolCidrs", "AllowedCidrs", "CompanyCidrs")
            for value in (
                "10.0.0.0/33",
                "256.0.0.0/8",
                "10.0.0/8",
                "10.0.0.0",
                "10.0.0.0/8,",
                "10.0.0.0/8 ",
                "010.0.0.0/8",
                "$(reboot)",
                "::/0",
            )
        ),
        ("ClientPoolCidrs", "", False),
        ("AllowedCidrs", "", False),
        ("CompanyCidrs", "", True),
        *(("AllowedPorts", value, True) for value in ("tcp/22", "udp/1-65535", "icmp", "tcp/8000-8100,icmp,udp/53")),
        *(
            ("AllowedPorts", value, False)
            for value in ("tcp/0", "tcp/65536", "tcp/70000", "ssh", "tcp/22,", "icmp/8", "tcp/22;reboot", "")
        ),
        *(
            ("FreezeCalendar", value, True)
            for value in (
                "",
                "year-end",
                "a" * 128,
                "arn:aws:ssm:eu-west-1:111122223333:document/year-end",
                "arn:aws-us-gov:ssm:us-gov-west-1:111122223333:document/Year.End_2026",
            )
        ),
        *(
            ("FreezeCalendar", value, False)
            for value in (
                "ab",
                "a" * 129,
                "year end",
                "year-end,month-end",
                "document/year-end",
                "arn:aws:ssm:eu-west-1:1111:document/year-end",
                "arn:aws:ssm:eu-west-1:111122223333:automation/year-end",
                "arn:aws:ssm:eu-west-1:111122223333:document/",
                "arn:aws:s3:::year-end",
                "*",
            )
        ),
        ("ServiceRoleName", "a" * 64, True),
        ("ServiceRoleName", "a" * 65, False),
        ("ExternalId", "short", False),
    ],
)
def test_a_value_that_the_functions_would_refuse_fails_at_its_parameter(
    parameter: str, value: str, taken: bool
) -> None:
    assert bool(re.fullmatch(TEMPLATE["Parameters"][parameter]["AllowedPattern"], value)) is taken
