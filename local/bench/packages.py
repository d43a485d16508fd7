"""How large the functions are that `sam build` makes."""

from pathlib import Path

from local.aws import cloudformation_yaml
from local.rig.rig import BUILD


def unzipped_megabytes() -> dict[str, float]:
    template = cloudformation_yaml.load(BUILD / "template.yaml")
    return {name: round(_bytes((BUILD / resource["Properties"]["CodeUri"]).resolve()) / 1e6, 1)
            for name, resource in template["Resources"].items() if resource["Type"] == "AWS::Serverless::Function"}


def http_clients() -> list[str]:
    """The SDK's HTTP clients in the packages."""
    jars = {jar.name for jar in BUILD.glob("*/lib/*.jar")}
    return sorted(name for name in jars if name.startswith(("url-connection-client", "apache", "netty-nio", "aws-crt-client")))


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
