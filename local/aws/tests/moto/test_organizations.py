"""Accounts come and go: what the organisation's calls leave behind."""

import logging
import time

import pytest
from botocore.exceptions import ClientError

from local.aws.calls import routing, trail
from local.aws.local_aws import LocalAws
from local.aws.moto.organization import is_closed


def sent(aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Source, region and name of every event put on the management account's default bus from now on."""
    seen: list[tuple[str, str, str]] = []
    monkeypatch.setattr(
        aws.routing,
        "emit",
        lambda events: seen.extend(
            (event["detail-type"].split()[1], event["region"], event["detail"]["eventName"]) for event in events
        ),
    )
    return seen


def test_creating_and_closing_an_account_are_told_twice_in_us_east_1(
    aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = sent(aws, monkeypatch)
    account = aws.create_account("comes-and-goes")
    aws.client("organizations").close_account(AccountId=account)
    aws.settle()
    assert events == [
        ("API", "us-east-1", "CreateAccount"),
        ("Service", "us-east-1", "CreateAccountResult"),
        ("API", "us-east-1", "CloseAccount"),
        ("Service", "us-east-1", "CloseAccountResult"),
    ]
    assert aws.client("organizations").describe_account(AccountId=account)["Account"]["State"] == "SUSPENDED"


def test_a_closure_takes_its_time_and_the_account_can_be_entered_meanwhile(
    aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWS behaviour: "CloseAccount", Organizations API Reference."""
    events = sent(aws, monkeypatch)
    account = aws.create_account("takes-its-time")
    role = {"RoleArn": f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", "RoleSessionName": "somebody"}
    monkeypatch.setattr(aws, "closure_seconds", 0.5)
    aws.client("organizations").close_account(AccountId=account)
    assert aws.client("organizations").describe_account(AccountId=account)["Account"]["State"] == "PENDING_CLOSURE"
    assert aws.client("sts").assume_role(**role)["Credentials"]
    deadline = time.monotonic() + 90
    while not is_closed(account) and time.monotonic() < deadline:
        time.sleep(0.05)
    aws.settle()
    assert [name for *_, name in events][-2:] == ["CloseAccount", "CloseAccountResult"]
    with pytest.raises(ClientError, match="AccessDenied"):
        aws.client("sts").assume_role(**role)


def test_a_role_of_a_closed_account_cannot_be_assumed(aws: LocalAws) -> None:
    account = aws.create_account("closed")
    role = {"RoleArn": f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", "RoleSessionName": "somebody"}
    assert aws.client("sts").assume_role(**role)["Credentials"]
    aws.client("organizations").close_account(AccountId=account)
    assert is_closed(account)
    with pytest.raises(ClientError, match="AccessDenied"):
        aws.client("sts").assume_role(**role)


def test_the_rules_of_an_account_see_the_events_of_their_region_only(
    aws: LocalAws, hub: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """A rule without a role says so of every event that matches it."""
    account = aws.create_account("has-a-rule")
    aws.routing.forward_from(
        account,
        trail.ORGANIZATIONS_REGION,
        [routing.ForwardingRule("organizations", '{"source": ["aws.organizations"]}', hub["HubBusArn"], role=None)],
    )
    saw = []
    for region in (trail.ORGANIZATIONS_REGION, "eu-west-1"):
        with caplog.at_level(logging.WARNING):
            aws.routing.emit([trail.envelope("", "aws.organizations", account, region, trail.now(), {})])
        saw.append(f"Rule organizations of account {account}" in caplog.text)
        caplog.clear()
    assert saw == [True, False]
