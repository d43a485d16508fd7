"""The dashboard and the alarms of the template: that CloudWatch can read them, and that they lead somewhere."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from local.aws.stacks import cloudformation_yaml
from local.tests.test_documents import anchors

ROOT = Path(__file__).parents[2]
RESOURCES = cloudformation_yaml.load(ROOT / "template.yaml")["Resources"]
ALARMS = {
    name: resource["Properties"] for name, resource in RESOURCES.items() if resource["Type"] == "AWS::CloudWatch::Alarm"
}
EVENT = ROOT / "functions/src/main/java/io/peerway/functions/seen/WidgetEvent.java"
"""Reads what a widget asks for."""


def body() -> dict[str, Any]:
    """As CloudWatch gets it, with the substitutions as they stand; `${!` is `${` to CloudFormation."""
    text = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    parsed: dict[str, Any] = json.loads(text.replace("${!", "${"))
    return parsed


WIDGETS = body()["widgets"]


def test_widgets_lie_beside_each_other_within_the_24_columns() -> None:
    """CloudWatch API reference, "Dashboard body structure and syntax"."""
    for widget in WIDGETS:
        assert widget["x"] >= 0 and widget["x"] + widget["width"] <= 24
    for one, other in itertools.combinations(WIDGETS, 2):
        assert (
            one["x"] + one["width"] <= other["x"]
            or other["x"] + other["width"] <= one["x"]
            or one["y"] + one["height"] <= other["y"]
            or other["y"] + other["height"] <= one["y"]
        ), f"{one['properties']['title']} and {other['properties']['title']}"


def test_custom_widgets_ask_the_function_that_shows_for_what_it_knows() -> None:
    custom = [widget["properties"] for widget in WIDGETS if widget["type"] == "custom"]
    assert {widget["endpoint"] for widget in custom} == {"${ShowFunction.Arn}"}
    known = set(re.findall(r'case "(\w+)" ->', EVENT.read_text()))
    assert {widget["params"]["widget"] for widget in custom} <= known


def test_every_alarm_is_on_the_dashboard() -> None:
    (alarms,) = (widget["properties"]["alarms"] for widget in WIDGETS if widget["type"] == "alarm")
    assert sorted(alarms) == sorted(f"${{{name}.Arn}}" for name in ALARMS)


@pytest.mark.parametrize("alarm", ALARMS)
def test_every_alarm_leads_to_its_place_in_the_documents(alarm: str) -> None:
    found = re.search(r"See \$\{Documentation\}/(\w+[.]md)#([\w-]+)$", ALARMS[alarm]["AlarmDescription"]["Fn::Sub"])
    assert found, "end it with `See ${Documentation}/operate.md#…`"
    assert found[2] in anchors((ROOT / "docs" / found[1]).read_text())


def test_quotas_are_told_at_four_fifths_and_a_lost_connection_at_once() -> None:
    for name in ("PeeringsAlarm", "RoutesAlarm", "TrackedConnectionsAlarm"):
        assert (ALARMS[name]["Threshold"], ALARMS[name]["ComparisonOperator"]) == (80, "GreaterThanOrEqualToThreshold")
    assert (ALARMS["InsertFailedAlarm"]["Threshold"], ALARMS["InsertFailedAlarm"]["ComparisonOperator"]) == (
        0,
        "GreaterThanThreshold",
    )


def test_every_metric_of_ours_that_is_watched_or_shown_is_one_that_the_functions_send() -> None:
    sources = [*(ROOT / "functions/src/main").rglob("*.java"), *(ROOT / "shared/src/main").rglob("*.java")]
    sent = {word for source in sources for word in re.findall(r'"([A-Z][A-Za-z]+)"', source.read_text())}
    filters = {
        transformation["MetricName"]
        for resource in RESOURCES.values()
        if resource["Type"] == "AWS::Logs::MetricFilter"
        for transformation in [resource["Properties"]["MetricTransformations"][0]]
    }
    watched = {alarm["MetricName"] for alarm in ALARMS.values() if alarm["Namespace"] == "Peerway"}
    text = json.dumps(WIDGETS)
    shown = set(re.findall(r'MetricName=\\\\?"?(\w+)', text.replace('\\"', '"'))) | {
        metric[1]
        for widget in WIDGETS
        for metric in widget["properties"].get("metrics", [])
        if len(metric) > 1 and metric[0] in ("Peerway", ".")
    }
    assert watched - filters <= sent
    assert shown and shown <= sent


def test_what_is_searched_by_a_dimension_has_that_one_alone() -> None:
    """As `Count` writes it (Emitted, in Java's tests, shows that); a search names a schema whole (CloudWatch user
    guide, "CloudWatch search expression syntax").
    """
    schemas = set(re.findall(r"SEARCH\('\{([\w,]+)\}", json.dumps(WIDGETS)))
    assert schemas == {"Peerway,State", "Peerway,Rule", "Peerway,Instance"}
    for alarm in (name for name, alarm in ALARMS.items() if alarm["MetricName"] in ("PeeringsUsed", "InsertFailed")):
        assert ALARMS[alarm]["Dimensions"] == [{"Name": "Service", "Value": "peerway"}]
