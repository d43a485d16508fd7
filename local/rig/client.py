"""Talks to a running rig through its control door."""

import json
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import boto3
from botocore.config import Config

from local.aws.clients import MOTO_SERVICES


class RigClient:
    def __init__(self, description: dict[str, Any]) -> None:
        self.rig = description

    @staticmethod
    def of(directory: Path) -> "RigClient":
        return RigClient(json.loads((directory / "rig.json").read_text()))

    def ask(self, path: str, **request: Any) -> Any:
        http = urllib.request.Request(
            self.rig["control"] + path,
            json.dumps(request).encode(),
            {"X-Rig-Key": self.rig["key"], "Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(http, timeout=300) as answer:
                return json.load(answer)
        except HTTPError as e:
            raise RuntimeError(f"{path}: {json.load(e)['error']}") from None

    def host(self, name: str) -> str:
        """The lab's name of a machine: `company`, `vpn`, or that of a service."""
        if name == "vpn":
            return str(self.ask("/describe")["hub"]["instance"]["id"])
        services = self.ask("/describe")["services"]
        return str(services[name]["instance"]["id"]) if name in services else name

    def endpoint(self, service: str) -> str:
        return str(self.rig["endpoints"]["moto" if service in MOTO_SERVICES else "ministack"])

    def boto(self, service: str, account: str, region: str | None = None) -> Any:
        """A client of the account's owner: what it does stands in the call log, as a person's doing."""
        return boto3.client(
            service,
            region_name=region or self.rig["region"],
            endpoint_url=self.endpoint(service),
            aws_access_key_id=account,
            aws_secret_access_key="local",
            config=Config(retries={"max_attempts": 0}, inject_host_prefix=False),
        )
