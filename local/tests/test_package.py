"""What `make build` packs for a function. That the packed AWS clients work is ShippedAwsClientsTest's to show."""

from collections.abc import Iterable
from pathlib import Path

import pytest

BUILD = Path(__file__).parents[2] / ".aws-sam" / "build"
MOST = 36_000_000  # bytes unzipped; AWS reads the package at every cold start
CLIENTS = ("ec2", "organizations", "sfn", "ssm", "sts")
MOST_CLIENTS = 8_000_000  # 3.4 MB with 17 operations, 34.5 MB as they come


@pytest.fixture(scope="module")
def packages() -> list[Path]:
    found = sorted(BUILD.glob("*Function"))
    assert found, f"no function in {BUILD}: run `make build`"
    return found


def size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def biggest(package: Path) -> str:
    files = sorted((file for file in package.rglob("*") if file.is_file()), key=lambda f: -f.stat().st_size)
    return ", ".join(f"{file.name} {file.stat().st_size / 1e6:.1f} MB" for file in files[:5])


def test_every_function_is_at_most_36_mb_unzipped(packages: list[Path]) -> None:
    for package in packages:
        taken = size(package.rglob("*"))
        assert taken <= MOST, f"{package.name} takes {taken / 1e6:.1f} MB; its biggest files: {biggest(package)}"


def test_the_aws_clients_are_packed_with_the_operations_we_call_only(packages: list[Path]) -> None:
    for package in packages:
        jars = [jar for name in CLIENTS for jar in package.glob(f"lib/software.amazon.awssdk.{name}-*.jar")]
        assert len(jars) == len(CLIENTS), f"{package.name} has {[jar.name for jar in jars]}"
        assert size(jars) <= MOST_CLIENTS, (
            f"{package.name} has whole AWS clients: functions/src/build/SmallerAwsClients.java did not run, or "
            "dependency:copy-dependencies wrote over its jars (functions/pom.xml)"
        )


def test_the_only_http_client_is_the_one_over_the_jdk_s_own(packages: list[Path]) -> None:
    for package in packages:
        clients = [jar.name for jar in package.glob("lib/software.amazon.awssdk.*-client-[0-9]*.jar")]
        assert len(clients) == 1 and "url-connection-client" in clients[0], clients
