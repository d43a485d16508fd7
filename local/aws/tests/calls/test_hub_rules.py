"""What the rules of template.yaml let through of the hub account's own calls."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.aws.calls.routing import matches
from local.aws.stacks import cloudformation_yaml

ROOT = Path(__file__).resolve().parents[4]


def hub_network() -> str:
    resources = cloudformation_yaml.load(ROOT / "template.yaml")["Resources"]
    pattern = resources["HubNetwork"]["Properties"]["EventPattern"]
    return json.dumps(pattern).replace(json.dumps({"Ref": "HubVpcId"}), '"vpc-0aaaaaaaaaaaaaaaa"')


def call(name: str, resource: str, tag_set: dict[str, Any] | None) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / "events" / "HubEventFunction" / "table-tagged.json").read_text())
    event["detail"]["eventName"] = name
    event["detail"]["requestParameters"] = {"resourcesSet": {"items": [{"resourceId": resource}]}} | (
        {} if tag_set is None else {"tagSet": tag_set}
    )
    return event


ROUTES = {"items": [{"key": "Name"}, {"key": "peerway:routes"}]}


@pytest.mark.parametrize(
    ("name", "resource", "tag_set", "wanted"),
    [
        ("CreateTags", "rtb-0dddddddddddddddd", ROUTES, True),
        ("DeleteTags", "rtb-0dddddddddddddddd", ROUTES, True),
        ("DeleteTags", "rtb-0dddddddddddddddd", None, True),
        ("DeleteTags", "i-0cccccccccccccccc", {}, True),
        ("DeleteTags", "i-0cccccccccccccccc", {"items": [{"key": "Name"}]}, False),
        ("DeleteTags", "sg-0cccccccccccccccc", None, False),
        ("CreateTags", "rtb-0dddddddddddddddd", {"items": [{"key": "Name"}]}, False),
    ],
)
def test_the_tags_that_mean_something(name: str, resource: str, tag_set: dict[str, Any] | None, wanted: bool) -> None:
    assert matches(hub_network(), call(name, resource, tag_set)) is wanted


@pytest.mark.parametrize(
    ("user_agent", "wanted"),
    [
        ("aws-cli/2.31.0", True),
        ("[aws-sdk-java/2.40.2 peerway/pcx-0a1b2c3d4e5f60718 lang/java#25]", False),
    ],
)
def test_our_own_peering_calls_in_the_hub_account_start_nothing(user_agent: str, wanted: bool) -> None:
    resources = cloudformation_yaml.load(ROOT / "template.yaml")["Resources"]
    pattern = resources["OwnPeerings"]["Properties"]["EventPattern"]
    event = json.loads((ROOT / "events" / "VpcEventFunction" / "deletion.json").read_text())
    event["detail"]["userAgent"] = user_agent
    assert matches(json.dumps(pattern), event) is wanted
