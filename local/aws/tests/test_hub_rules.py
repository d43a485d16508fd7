"""What the rules of template.yaml let through of the hub account's own calls."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.aws import LocalAws, cloudformation_yaml

ROOT = Path(__file__).resolve().parents[3]


def hub_network() -> str:
    functions = cloudformation_yaml.load(ROOT / "template.yaml")["Resources"]
    pattern = functions["HubEventFunction"]["Properties"]["Events"]["HubNetwork"]["Properties"]["Pattern"]
    return json.dumps(pattern).replace(json.dumps({"Ref": "HubVpcId"}), '"vpc-0aaaaaaaaaaaaaaaa"')


def call(name: str, resource: str, tag_set: dict[str, Any] | None) -> dict[str, Any]:
    event = json.loads((ROOT / "events" / "HubEventFunction-table-tagged.json").read_text())
    event["detail"]["eventName"] = name
    event["detail"]["requestParameters"] = {"resourcesSet": {"items": [{"resourceId": resource}]}} | (
        {} if tag_set is None else {"tagSet": tag_set})
    return event


ROUTES = {"items": [{"key": "Name"}, {"key": "peerway:routes"}]}


@pytest.mark.parametrize(("name", "resource", "tag_set", "wanted"), [
    ("CreateTags", "rtb-0dddddddddddddddd", ROUTES, True),
    ("DeleteTags", "rtb-0dddddddddddddddd", ROUTES, True),
    ("DeleteTags", "rtb-0dddddddddddddddd", None, True),
    ("DeleteTags", "i-0cccccccccccccccc", {}, True),
    ("DeleteTags", "i-0cccccccccccccccc", {"items": [{"key": "Name"}]}, False),
    ("DeleteTags", "sg-0cccccccccccccccc", None, False),
    ("CreateTags", "rtb-0dddddddddddddddd", {"items": [{"key": "Name"}]}, False),
])
def test_the_tags_that_mean_something(aws: LocalAws, name: str, resource: str, tag_set: dict[str, Any] | None, wanted: bool) -> None:
    asked = {"pattern": hub_network(), "event": call(name, resource, tag_set)}
    assert aws._ministack.ask("matches", asked)["matches"] is wanted
