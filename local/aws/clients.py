"""boto3 clients and environment variables that reach the right emulator as the right account."""

import functools
import threading
from typing import Any

import boto3
from botocore.client import ClientCreator
from botocore.config import Config

from local.aws.accounts import HUB, REGION, credentials
from local.aws.calls.interception import RIG_MARK

MOTO_SERVICES = ("ec2", "sts", "ssm", "organizations", "iam", "cloudtrail")
"""What moto serves; ministack serves the rest. IAM is moto's because AssumeRole asks moto's roles,
CloudTrail because it records moto's calls.
"""

_session_lock = threading.Lock()


def _make_classes_once() -> None:
    """botocore makes a class for every client anew, with a method for each operation: 700 of EC2, in 40 ms. Every
    service account here has clients of its own.
    """
    made: dict[str, Any] = {}
    make = ClientCreator._create_client_class

    def once(self: ClientCreator, service_name: str, service_model: Any) -> Any:
        if service_name not in made:
            made[service_name] = make(self, service_name, service_model)
        return made[service_name]

    ClientCreator._create_client_class = once


_make_classes_once()


class Clients:
    def __init__(self, moto: str, ministack: str) -> None:
        self._moto, self._ministack = moto, ministack
        self._session = boto3.session.Session()
        self._made = functools.lru_cache(maxsize=100)(self._make)
        """Making one takes longer than most calls, and it takes a megabyte."""

    def of(self, service: str, account: str, region: str, as_user: bool) -> Any:
        endpoint = self._moto if service in MOTO_SERVICES else self._ministack
        return self._client(service, endpoint, account, region, None if as_user else RIG_MARK)

    def of_ministack(self, service: str, account: str) -> Any:
        """ministack's own IAM, where the roles of its functions are."""
        return self._client(service, self._ministack, account, REGION, RIG_MARK)

    def _client(self, service: str, endpoint: str, account: str, region: str, mark: str | None) -> Any:
        with _session_lock:  # making clients is the one thing a boto3 session does not do from several threads
            return self._made(service, endpoint, account, region, mark)

    def _make(self, service: str, endpoint: str, account: str, region: str, mark: str | None) -> Any:
        keys = credentials(account)
        return self._session.client(
            service,
            region_name=region,
            endpoint_url=endpoint,
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
            config=Config(
                user_agent_extra=mark,
                retries={"mode": "standard", "max_attempts": 2},
                s3={"addressing_style": "path"},
                inject_host_prefix=False,  # StartSyncExecution has a host of its own, sync-states
                read_timeout=300,
            ),
        )

    def environment(self, account: str = HUB, region: str = REGION) -> dict[str, str]:
        """With this in its environment, the AWS CLI, SAM or an SDK acts as `account` on the local AWS."""
        return (
            endpoints(self._moto, self._ministack)
            | credentials(account)
            | {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
        )


def endpoints(moto: str, ministack: str) -> dict[str, str]:
    return {"AWS_ENDPOINT_URL": ministack} | {f"AWS_ENDPOINT_URL_{name.upper()}": moto for name in MOTO_SERVICES}
