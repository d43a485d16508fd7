"""The SSM documents of the VPN instance, read from the files that are deployed to AWS."""

from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).resolve().parents[2] / "vpn" / "document.yaml"


PROBE = PATH.with_name("probe.yaml")


def load(path: Path = PATH) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text())
    return document


def script(path: Path = PATH) -> str:
    """The shell script as the SSM Agent writes it to disk: the elements of runCommand, one a line."""
    return "\n".join(load(path)["mainSteps"][0]["inputs"]["runCommand"])


def environment(services: str, clients: str, generation: int | str, mode: str = "apply") -> dict[str, str]:
    """The environment that `interpolationType: ENV_VAR` gives the script."""
    return {"SSM_Services": services, "SSM_Clients": clients, "SSM_Generation": str(generation), "SSM_Mode": mode}
