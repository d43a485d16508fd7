"""boto3 clients by profile."""

from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config

from prove.target import Who

ClientOf = Callable[[str, str, str], Any]
"""A client of (profile, service, Region)."""


def by_profile(profile: str, service: str, region: str) -> Any:
    """Endpoints that the environment or the profile names are ignored: a real run never ends up at a local AWS."""
    config = Config(retries={"mode": "adaptive", "max_attempts": 10}, ignore_configured_endpoint_urls=True)
    return boto3.session.Session(profile_name=profile).client(service, region_name=region, config=config)


class Sessions:
    def __init__(self, profiles: dict[Who, str], make: ClientOf = by_profile) -> None:
        self.profiles, self._make = profiles, make
        self._clients: dict[tuple[Who, str, str], Any] = {}
        self._accounts: dict[Who, str] = {}

    def client(self, who: Who, service: str, region: str) -> Any:
        key = (who, service, region)
        if key not in self._clients:
            self._clients[key] = self._make(self.profiles[who], service, region)
        return self._clients[key]

    def account(self, who: Who, region: str) -> str:
        if who not in self._accounts:
            self._accounts[who] = self.client(who, "sts", region).get_caller_identity()["Account"]
        return self._accounts[who]
