"""One local AWS for all tests: each makes accounts and VPCs of its own in it, so none sees another's."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.moto import world
from local.aws.moto.world import Completed
from local.aws.runtime import java_runtime

TESTS = Path(__file__).parent
As = Callable[..., Any]
"""Makes a client that may do what the statements allow."""

IMAGE = "ami-12c6146b"
"""One that moto knows. Asking for its images takes it a second."""


class Instances:
    """Stands in for the packet lab: remembers what was run where, and answers what it is told to."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, dict[str, str], str]] = []
        self.answer: Callable[..., Completed] = lambda *_: Completed(0, '{"outcome":"applied"}\n', "")

    def run(self, instance: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float) -> Completed:
        self.ran.append((instance, env, stdin.decode()))
        return self.answer(instance, argv, env, stdin, timeout)


@pytest.fixture(scope="session")
def instances() -> Instances:
    return Instances()


@pytest.fixture(scope="session")
def snapshots() -> list[dict[str, Any]]:
    return []


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, instances: Instances, snapshots: list[Any]) -> Iterator[LocalAws]:
    with LocalAws(tmp_path_factory.mktemp("local-aws"), snapshots.append, instances.run) as aws:
        yield aws


@pytest.fixture
def aws(running: LocalAws) -> Iterator[LocalAws]:
    """The local AWS with nothing ordered: no faults, no meter, no event on its way, AWS's limits."""
    assert running.settle()
    yield running
    running.faults.clear()
    running.meter.enabled = False
    running.permissions.enforced = True
    defaults = world.World()
    running.world.regions_not_enabled.clear()
    for name in (
        "routes_per_table",
        "peerings_per_vpc",
        "page_size",
        "describes_until_active",
        "invocation_delay",
        "delivery_timeout",
    ):
        setattr(running.world, name, getattr(defaults, name))


@pytest.fixture(scope="session")
def hub(running: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The outputs of tests/hub/template.yaml, deployed."""
    build = tmp_path_factory.mktemp("build")
    shutil.copytree(TESTS / "hub", build, dirs_exist_ok=True)
    subprocess.run(
        [
            str(java_runtime.java_home() / "bin" / "javac"),
            "-d",
            str(build / "classes"),
            *map(str, (TESTS / "java").glob("*.java")),
        ],
        check=True,
    )
    return running.deploy_hub({"OrganizationId": running.organization_id, "Empty": ""}, build)


@pytest.fixture
def service(aws: LocalAws) -> str:
    """A new account of the organisation."""
    return aws.create_account(f"service-{len(aws.calls.since(0))}")


class Network:
    """A hub VPC and a service VPC, and what tests do with them."""

    def __init__(self, aws: LocalAws, service: str, service_cidr: str = "10.110.0.0/16") -> None:
        self.aws, self.service = aws, service
        self.hub_ec2 = aws.client("ec2", HUB, as_user=True)
        self.service_ec2 = aws.client("ec2", service, as_user=True)
        self.hub_vpc = self.hub_ec2.create_vpc(CidrBlock="10.100.0.0/16")["Vpc"]["VpcId"]
        self.service_vpc = self.service_ec2.create_vpc(CidrBlock=service_cidr)["Vpc"]["VpcId"]

    def request(self) -> str:
        answer = self.service_ec2.create_vpc_peering_connection(
            VpcId=self.service_vpc, PeerVpcId=self.hub_vpc, PeerOwnerId=HUB
        )
        return str(answer["VpcPeeringConnection"]["VpcPeeringConnectionId"])

    def connect(self) -> str:
        peering = self.request()
        self.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
        return peering

    def seen(self, ec2: Any, peering: str) -> dict[str, Any]:
        (found,) = ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[peering])["VpcPeeringConnections"]
        return dict(found)

    def main_table(self) -> str:
        in_hub = [{"Name": "vpc-id", "Values": [self.hub_vpc]}]
        (table,) = self.hub_ec2.describe_route_tables(Filters=in_hub)["RouteTables"]
        return str(table["RouteTableId"])


@pytest.fixture
def network(aws: LocalAws, service: str) -> Network:
    return Network(aws, service)


@pytest.fixture
def as_role(aws: LocalAws, network: Network) -> As:
    """An EC2 client in the service account with a role that may do only what is given."""

    def make(*statements: dict[str, Any]) -> Any:
        iam = aws.client("iam", network.service)
        trust = {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{HUB}:root"}, "Action": "sts:AssumeRole"}
            ],
        }
        role = iam.create_role(RoleName="limited", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        iam.put_role_policy(
            RoleName="limited",
            PolicyName="x",
            PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement} for statement in statements]}
            ),
        )
        keys = aws.client("sts", HUB).assume_role(RoleArn=role, RoleSessionName="pcx-1")["Credentials"]
        return boto3.client(
            "ec2",
            endpoint_url=aws.endpoints["moto"],
            region_name="eu-west-1",
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )

    return make


def refused(code: str) -> Any:
    """The call inside is refused with this AWS error code."""
    return pytest.raises(ClientError, check=lambda error: error.response["Error"]["Code"] == code)


def pytest_configure(config: pytest.Config) -> None:
    # moto would rather have a shape in the SDK's model for every error code; EC2's and STS's have hardly any.
    config.addinivalue_line("filterwarnings", "ignore:Exception.AwsError")
