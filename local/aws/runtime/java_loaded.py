"""A package of functions whose classes have been loaded and linked once, for every process that runs it later (JEP 483
and 514, JDK 25's AOT cache): a first answer takes less than half as long. Kept for each package, as long as neither it
nor the JDK changes.

Not as on AWS, where functions start without it; what they do is the same.
"""

import fcntl
import hashlib
import json
import logging
import os
import shutil
import subprocess
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from local.aws.runtime import java_runtime, one_invocation
from local.aws.stacks import cloudformation_yaml

FILE = "package.sha256"
"""In a package: its name, which bootstrap looks for below the folder that PEERWAY_LOADED names."""

_ROOT = Path(__file__).parents[3]
_SAMPLES = _ROOT / "events"
_ROLES = _ROOT / "stacks"
"""Of service accounts, among others: what functions call there stands in these templates' policies."""
_QUEUED = ("HubEventFunction", "VpcEventFunction")
_SDK_NAMES = {"states": "sfn", "events": "eventbridge"}
"""Of services that IAM calls otherwise."""

_TRAINING = Path(__file__).parent / "Training.java"

VARIABLES = {
    "HUB_VPC_ID": "vpc-0aaaaaaaaaaaaaaaa",
    "HUB_ACCOUNT_ID": "123456789012",
    "CLIENT_POOL_CIDRS": "172.168.0.0/24",
    "COMPANY_CIDRS": "",
    "ALLOWED_CIDRS": "10.0.0.0/8",
    "ALLOWED_PORTS": "tcp/22",
    "ORGANIZATION_ID": "o-exampleorg1",
    "SERVICE_ROLE_NAME": "peerway-service",
    "EXTERNAL_ID": "a-shared-word",
    "EVENT_WINDOW_SECONDS": "60",
    "NAT_DOCUMENT": "nat",
    "RECONCILE_MODE": "repair",
    "CONNECT_ARN": "arn:connect",
    "DISCONNECT_ARN": "arn:disconnect",
    "LOOK_AT_ACCOUNT_ARN": "arn:look",
    "RECONCILE_ARN": "arn:reconcile",
    "OTHER_ARN": "arn:other",
    "DIAGNOSE_ARN": "arn:diagnose",
    "PROBE_DOCUMENT": "probe",
    "POWERTOOLS_SERVICE_NAME": "peerway",
    "POWERTOOLS_METRICS_NAMESPACE": "Peerway",
    "AWS_EMF_ENVIRONMENT": "Lambda",
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
}
"""As a function has them in its environment, of all of them together."""


def name_of(package: Path) -> str:
    """The same for the same files, run by the same JDK with the same flags."""
    digest = hashlib.sha256(
        java_runtime.BOOTSTRAP.read_bytes()
        + _TRAINING.read_bytes()
        + (java_runtime.java_home() / "release").read_bytes()
    )
    for file in sorted(path for path in package.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(package)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:24]


def load(package: Path, name: str, resources: dict[str, Any]) -> list[str]:
    """Makes it ready where it is not; what could not be made of it.

    `name`: of `name_of`. `resources`: the template's, whose functions all have this package.
    """
    folder = java_runtime.loaded() / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _forget_old(folder)
        if (folder / "functions.aot").is_file():
            os.utime(folder)
            return []
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "lib").mkdir(parents=True)
        (folder / "classpath").write_text(":".join(map(str, _jars(package, folder))))
        missing = _train(folder, resources)
    if not (folder / "functions.aot").is_file():
        logging.getLogger(__name__).warning("functions start slowly: no AOT cache came of %s: %s", package, missing)
    return missing


def _forget_old(kept: Path) -> None:
    """Each change of a package leaves 70 MB. What nobody has used for a week is not running any more."""
    for folder in kept.parent.iterdir():
        if folder.is_dir() and folder != kept and folder.stat().st_mtime < time.time() - 7 * 24 * 3600:
            shutil.rmtree(folder, ignore_errors=True)


def _jars(package: Path, folder: Path) -> Iterator[Path]:
    """The package in jars, which alone may be in the class path, and Lambda's runtime behind it."""
    with zipfile.ZipFile(folder / "functions.jar", "w", zipfile.ZIP_STORED) as jar:
        for file in sorted(path for path in package.rglob("*") if path.is_file() and path.parent != package / "lib"):
            jar.write(file, file.relative_to(package))
    yield folder / "functions.jar"
    for library in sorted((package / "lib").glob("*.jar")):
        yield Path(shutil.copy(library, folder / "lib"))
    yield from sorted(Path(java_runtime.environment()["PEERWAY_RIC"]).glob("*.jar"))


def _train(folder: Path, resources: dict[str, Any]) -> list[str]:
    with tempfile.TemporaryDirectory(dir=folder) as draft, _empty_account() as endpoint:
        task = Path(draft)
        shutil.copy(java_runtime.BOOTSTRAP, task / "bootstrap")
        (task / FILE).write_text(folder.name)
        classes = (folder / "classpath").read_text()
        subprocess.run(
            [str(java_runtime.java_home() / "bin" / "javac"), "-cp", classes, "-d", draft, str(_TRAINING)], check=True
        )
        policies = [resources, *map(cloudformation_yaml.load, _ROLES.glob("*.yaml"))]
        event = " ".join(shape for action in sorted(set(_actions_in(policies))) for shape in _shapes(action)) + "\n"
        event += "".join(
            f"{resource['Properties']['Handler']}\n{_sample(function)}\n"
            for function, resource in sorted(resources.items())
            if resource["Type"] == "AWS::Serverless::Function"
        )
        try:
            answer = one_invocation.invoke(
                task,
                "Training",
                event.encode(),
                java_runtime.environment()
                | VARIABLES
                | {
                    "PEERWAY_TRAINING": str(task / "draft.aot"),
                    "AWS_ENDPOINT_URL": endpoint,
                    "EVENT_QUEUE_URL": f"{endpoint}/q",
                    "UNDELIVERED_EVENTS_URL": f"{endpoint}/q",
                },
                timeout=180,
            )
        except TimeoutError as late:
            return [str(late)]
        if (task / "draft.aot").is_file():
            os.rename(task / "draft.aot", folder / "functions.aot")  # whole: bootstrap asks for nobody's lock
        return answer.body.decode().splitlines()


def _actions_in(value: Any) -> Iterator[str]:
    """All that the policies in it speak of."""
    if isinstance(value, list):
        for member in value:
            yield from _actions_in(member)
    elif isinstance(value, dict):
        named = value.get("Action", [])
        yield from [named] if isinstance(named, str) else named
        for member in value.values():
            yield from _actions_in(member)


def _shapes(action: str) -> list[str]:
    """The SDK's classes of its request and its answer."""
    service, _, operation = action.partition(":")
    package = f"software.amazon.awssdk.services.{_SDK_NAMES.get(service, service)}.model"
    return [f"{package}.{operation}{shape}" for shape in ("Request", "Response")]


def _sample(function: str) -> str:
    """On one line. Of a function of a queue, a batch with one event; nothing where there is no sample."""
    samples = sorted(path for path in _SAMPLES.glob(f"{function}/*.json") if not path.name.endswith(".expected.json"))
    if not samples:
        return ""
    text = json.dumps(json.loads(samples[0].read_text()))
    return json.dumps({"Records": [{"messageId": "1", "body": text}]}) if function in _QUEUED else text


@contextmanager
def _empty_account() -> Iterator[str]:
    """An endpoint for every service, of an account in which there is nothing."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if "json" in self.headers.get("Content-Type", ""):
                body = b"{}"
            elif b"Action=AssumeRole" in asked:
                body = (
                    b"<AssumeRoleResponse><AssumeRoleResult><Credentials>"
                    b"<AccessKeyId>x</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>x</SessionToken>"
                    b"<Expiration>2099-01-01T00:00:00Z</Expiration>"
                    b"</Credentials></AssumeRoleResult></AssumeRoleResponse>"
                )
            else:
                body = b"<Response/>"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
