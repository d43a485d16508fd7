"""What the page asks of AWS, asked of the local one."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from local.aws.accounts import HUB, REGION
from local.aws.ministack_child.process import Ministack
from local.console.account import HubAccount, Refused

CODE = """
def handler(event, context):
    if event.get("fail"):
        raise ValueError("cannot <do> it")
    return "<p>" + event["widgetContext"]["theme"] + "</p>"
"""


@pytest.fixture(scope="module")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministack]:
    """The half of the local AWS that has dashboards, metrics and functions; it is a process of its own."""
    child = Ministack(tmp_path_factory.mktemp("ministack"), ["127.0.0.1"])
    try:
        child.start({})
        yield child
    finally:
        child.stop()


def client(ministack: Ministack, service: str) -> Any:
    return boto3.client(
        service,
        region_name=REGION,
        endpoint_url=ministack.endpoint,
        aws_access_key_id=HUB,
        aws_secret_access_key="local",
    )


@pytest.fixture(scope="module")
def account(ministack: Ministack) -> HubAccount:
    return HubAccount(HUB, REGION, ministack.endpoint)


@pytest.fixture(scope="module")
def function(ministack: Ministack) -> str:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("widget.py", CODE)
    made = client(ministack, "lambda").create_function(
        FunctionName="widget",
        Runtime="python3.11",
        Role=f"arn:aws:iam::{HUB}:role/any",
        Handler="widget.handler",
        Code={"ZipFile": package.getvalue()},
    )
    return str(made["FunctionArn"])


def test_a_dashboard_is_read_as_it_was_written(ministack: Ministack, account: HubAccount) -> None:
    body = {"widgets": [{"type": "text", "properties": {"markdown": "<b> & \"quotes\" 'and' more"}}]}
    client(ministack, "cloudwatch").put_dashboard(DashboardName="peerway-seen", DashboardBody=json.dumps(body))
    assert "peerway-seen" in account.dashboards()
    assert account.dashboard("peerway-seen") == body
    with pytest.raises(Refused, match="none-of-that-name"):
        account.dashboard("none-of-that-name")


def test_a_function_answers_or_says_why_it_does_not(account: HubAccount, function: str) -> None:
    assert account.invoke(function, {"widgetContext": {"theme": "dark"}}) == "<p>dark</p>"
    with pytest.raises(Refused, match="cannot <do> it"):
        account.invoke(function, {"fail": True})
    with pytest.raises(Refused, match=r"[Nn]ot ?[Ff]ound"):
        account.invoke(function + "-gone", {})


def test_the_latest_value_of_a_metric_is_told_and_that_there_is_none(ministack: Ministack, account: HubAccount) -> None:
    dimensions = [{"Name": "State", "Value": "connected"}]
    for value in (3.0, 5.0):
        client(ministack, "cloudwatch").put_metric_data(
            Namespace="Peerway",
            MetricData=[
                {"MetricName": "Connections", "Dimensions": dimensions, "Value": value, "Timestamp": datetime.now(UTC)}
            ],
        )
    there, absent, calculated = account.values(
        {
            "stat": "Maximum",
            "metrics": [["Peerway", "Connections", "State", "connected"], ["...", "lost"], [{"expression": "m1 * 2"}]],
        },
        3600,
    )
    assert (there["label"], there["stat"], there["value"]) == ("Connections connected", "Maximum", 5.0)
    assert (absent["value"], absent["why"]) == (None, "no value here")
    assert (calculated["value"], calculated["why"]) == (None, "not calculated here")
    with pytest.raises(Refused, match="namespace"):
        account.values({"metrics": [["Peerway"]]}, 3600)


def test_an_alarm_has_its_state_and_one_that_is_gone_is_said_to_be(ministack: Ministack, account: HubAccount) -> None:
    cloudwatch = client(ministack, "cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="full",
        MetricName="RoutesUsed",
        Namespace="Peerway",
        Statistic="Maximum",
        Period=300,
        EvaluationPeriods=1,
        Threshold=80,
        ComparisonOperator="GreaterThanThreshold",
    )
    cloudwatch.set_alarm_state(AlarmName="full", StateValue="ALARM", StateReason="81 of 100")
    arn = f"arn:aws:cloudwatch:{REGION}:{HUB}:alarm:"
    assert account.alarms([arn + "full", arn + "gone"]) == [
        {"name": "full", "state": "ALARM", "reason": "81 of 100"},
        {"name": "gone", "state": "MISSING", "reason": "there is no such alarm"},
    ]
    assert account.alarms([]) == []
