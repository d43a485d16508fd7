"""A pretended organisation for the real target: moto in this process, one account for each profile,
every call checked by botocore.
"""

import itertools
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.aws.corrections.correction import apply_all
from local.aws.moto import world
from local.aws.moto.economy import economise
from prove.made.journal import Journal
from prove.made.maker import Maker
from prove.real import stacks
from prove.real.target import RealTarget
from prove.stage import Stage
from prove.target import HUB, MANAGEMENT, SECOND, SERVICE, Network, Who
from prove.waiting import Patience

PROFILES: dict[Who, str] = {MANAGEMENT: "boss", HUB: "hubby", SERVICE: "one", SECOND: "two"}
IMAGE = "ami-12c6146b"

Answer = Callable[[dict[str, Any]], dict[str, Any]]

_HUB_STACK = {
    "Resources": {"Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": {"Ref": "AWS::StackName"}}}},
    "Outputs": {
        "HubBusArn": {"Value": {"Fn::GetAtt": ["Bus", "Arn"]}},
        "HubBusName": {"Value": {"Ref": "AWS::StackName"}},
        "NatDocumentName": {"Value": "doc"},
        **{
            name: {"Value": f"arn:aws:states:eu-west-1:123456789012:stateMachine:{name}"}
            for name in ("ConnectStateMachineArn", "DisconnectStateMachineArn", "ReconcileStateMachineArn")
        },
    },
}


class Cloud:
    """Who is which account, what was called, and what is answered in moto's place."""

    def __init__(self) -> None:
        self.accounts: dict[str, str] = {}
        self.calls: list[tuple[str, str]] = []
        self.before: Callable[[str, str], None] = lambda profile, operation: None
        self.answers: dict[str, Answer] = {
            "DescribeTrails": lambda _: {
                "trailList": [{"TrailARN": "t", "IsOrganizationTrail": True, "IsMultiRegionTrail": True}]
            },
            "GetTrailStatus": lambda _: {"IsLogging": True},
            "AttachRolePolicy": lambda _: {},  # moto has none of the policies of AWS
            "GetServiceQuota": lambda _: {"Quota": {"Value": 5.0}},
            "SimulatePrincipalPolicy": lambda _: {"EvaluationResults": []},
            "LookupEvents": lambda _: {"Events": []},
            "DescribeInstanceInformation": lambda _: {"InstanceInformationList": [{"PingStatus": "Online"}]},
            "SendCommand": lambda body: {"Command": {"CommandId": "11111111-2222-3333-4444-555555555555"}},
            "GetCommandInvocation": lambda _: {
                "Status": "Success",
                "ResponseCode": 0,
                "StandardOutputContent": "",
                "StandardErrorContent": "",
            },
            "ListCommandInvocations": lambda _: {"CommandInvocations": []},
            "GetDocument": lambda _: {"Content": "nothing", "DocumentVersion": "1"},
            "DescribeResourcePolicy": lambda _: {"ResourcePolicy": {"Content": json.dumps({"Statement": []})}},
        }

    def client(self, profile: str, service: str, region: str) -> Any:
        client = boto3.client(
            service, region_name=region, aws_access_key_id=self.accounts[profile], aws_secret_access_key="x"
        )
        client.meta.events.register("before-call", lambda model, params, **_: self._call(profile, model.name, params))
        return client

    def _call(self, profile: str, operation: str, params: dict[str, Any]) -> Any:
        """What is returned here is the answer; by then botocore has checked the parameters against the service's
        model.
        """
        self.calls.append((profile, operation))
        self.before(profile, operation)
        if operation in self.answers:
            return _Http(), self.answers[operation](params)
        return None

    def sam(self, argv: list[str]) -> None:
        assert argv[:2] == ["sam", "deploy"]
        words = dict(itertools.pairwise(argv))
        cloudformation = self.client(words["--profile"], "cloudformation", words["--region"])
        if self.calls.count((words["--profile"], "SAM")) == 0:
            cloudformation.create_stack(StackName=words["--stack-name"], TemplateBody=json.dumps(_HUB_STACK))
        self.calls.append((words["--profile"], "SAM"))


class _Http:
    def __init__(self) -> None:
        self.status_code = 200
        self.headers: dict[str, str] = {}


@pytest.fixture(scope="session")
def moto() -> None:
    """One for all tests, each of which has accounts of its own. It ends with the process:
    to forget all those accounts takes moto a minute.
    """
    apply_all()
    economise()
    mock_aws().start()


@pytest.fixture
def cloud(moto: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cloud:
    for name in [name for name in os.environ if name.startswith("AWS_ENDPOINT")]:
        monkeypatch.delenv(name)
    built = tmp_path / "template.yaml"
    built.touch()
    monkeypatch.setattr(stacks, "BUILT", built)
    world.reset(run_on_instance=lambda *_: world.Completed(0, "", ""), network_changed=lambda: None)
    cloud = Cloud()
    cloud.accounts["boss"] = "1" + "".join(random.choices("0123456789", k=11))
    organizations = cloud.client("boss", "organizations", "us-east-1")
    organizations.create_organization(FeatureSet="ALL")
    for profile in ("hubby", "one", "two"):
        made = organizations.create_account(AccountName=profile, Email=f"{profile}@example.com")["CreateAccountStatus"]
        cloud.accounts[profile] = made["AccountId"]
    # A member that may read the organisation: moto lets only the management account.
    cloud.answers["DescribeAccount"] = lambda _: {"Account": {"Status": "ACTIVE"}}
    return cloud


@pytest.fixture
def target(cloud: Cloud) -> RealTarget:
    target = RealTarget("t", "eu-west-1", "us-east-1", PROFILES, make=cloud.client, runs=cloud.sam)
    target.patience = Patience(poll=0.01, call=0.3, event=0.05, workflow=0.3, history=0.05, stack=1, removal=2)
    target.instances = {"ImageId": IMAGE, "InstanceType": "t4g.nano"}
    return target


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "prove")
    yield journal
    journal.close()


@pytest.fixture
def stage(target: RealTarget, journal: Journal) -> Iterator[Stage]:
    target.client(HUB, "events").create_event_bus(Name=target.run)
    make = Maker(target, journal)
    vpc = make.vpc(HUB, "10.254.0.0/24", "hub")
    subnet = make.subnet(HUB, vpc, "10.254.0.0/25")
    yield Stage(
        target,
        journal,
        Network(
            vpc,
            "10.254.0.0/24",
            [],
            subnet,
            "i-1",
            "vpc-2",
            "10.253.0.0/24",
            [],
            "10.253.0.4",
            {"HubBusName": target.run, "NatDocumentName": "doc"},
        ),
    )
