"""How large the functions are that `sam build` makes, and with what they talk to AWS."""

import zipfile
from pathlib import Path

from local.aws.stacks import cloudformation_yaml
from local.rig.rig import BUILD


def unzipped_megabytes() -> dict[str, float]:
    template = cloudformation_yaml.load(BUILD / "template.yaml")
    return {
        name: round(_bytes((BUILD / resource["Properties"]["CodeUri"]).resolve()) / 1e6, 1)
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


_CLIENTS = (
    "META-INF/services/software.amazon.awssdk.http.SdkHttpService",
    "META-INF/services/software.amazon.awssdk.http.async.SdkAsyncHttpService",
)
"""What makes a library an HTTP client of the SDK (its developer guide, "Configure HTTP clients")."""


def http_clients(build: Path = BUILD) -> list[str]:
    """The libraries in the packages that are HTTP clients of the SDK."""
    jars = {jar.name: jar for jar in build.glob("*/lib/*.jar")}
    return sorted(name for name, jar in jars.items() if not set(_CLIENTS).isdisjoint(zipfile.ZipFile(jar).namelist()))


def is_url_connection(jar: str) -> bool:
    return "url-connection-client" in jar


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
