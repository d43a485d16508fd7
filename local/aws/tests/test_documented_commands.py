"""The command of docs/deploy.md with a list in a tag, given to a shell and the AWS CLI as it stands there."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from local.aws.tests.conftest import Network

DEPLOY = (Path(__file__).parents[3] / "docs/deploy.md").read_text()
COMMAND = next(
    line for line in DEPLOY.splitlines() if line.startswith("aws ec2 create-tags") and "peerway:allow" in line
)


def run(network: Network, command: str, group: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command.replace("sg-0123456789abcdef0", group)],
        capture_output=True,
        text=True,
        env=os.environ | network.aws.environment(network.service),
        check=False,
    )


@pytest.fixture
def group(network: Network) -> str:
    return str(
        network.service_ec2.create_security_group(GroupName="g", Description="x", VpcId=network.service_vpc)["GroupId"]
    )


def tag(network: Network, group: str) -> str | None:
    (seen,) = network.service_ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    return {each["Key"]: each["Value"] for each in seen.get("Tags", [])}.get("peerway:allow")


def test_the_list_of_ports_becomes_one_tag(network: Network, group: str) -> None:
    done = run(network, COMMAND, group)
    assert done.returncode == 0, done.stderr
    assert [tag(network, group)] == re.findall(r'Value="([^"]+)"', COMMAND)


def test_without_the_quotes_the_cli_refuses_it(network: Network, group: str) -> None:
    assert run(network, COMMAND.replace('"', "").replace("'", ""), group).returncode != 0
    assert run(network, COMMAND.replace('"', ""), group).returncode != 0
    assert tag(network, group) is None
