"""Deploys the hub stack, the project's real template as `sam build` left it, onto ministack with `sam deploy`.

Changed in the copy that is deployed, and nothing else: functions run as provided.al2023 on x86_64 with
runtime/bootstrap beside their classes (there is no Lambda image here), know their name, and start from classes that
were loaded before (runtime/java_loaded.py).
"""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local.aws.accounts import HUB, REGION
from local.aws.clients import Clients
from local.aws.runtime import java_loaded, java_runtime
from local.aws.stacks import cloudformation_yaml

STACK = "peerway"
_BUCKET = "sam-artifacts"
_FUNCTION = "AWS::Serverless::Function"


class DeploymentFailed(RuntimeError):
    pass


def deploy(clients: Clients, build_dir: Path, work: Path, parameters: dict[str, str]) -> dict[str, str]:
    """The stack's outputs. `build_dir` is what `sam build` writes: template.yaml and the functions' folders."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    template = cloudformation_yaml.load(build_dir / "template.yaml")
    _localise(template, build_dir, work)
    (work / "template.json").write_text(json.dumps(template, indent=1))
    _ensure_bucket(clients.of("s3", HUB, REGION, as_user=False))
    _sam_deploy(clients, work, parameters)
    (stack,) = clients.of("cloudformation", HUB, REGION, as_user=False).describe_stacks(StackName=STACK)["Stacks"]
    shutil.rmtree(work)
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _ensure_bucket(s3: Any) -> None:
    """A second deployment updates the stack and finds the bucket there."""
    if _BUCKET not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})


def _localise(template: dict[str, Any], build_dir: Path, work: Path) -> None:
    names: dict[Path, str] = {}
    archives: dict[str, str] = {}
    for logical_id, resource in template["Resources"].items():
        _absolute_locations(resource, build_dir)
        if resource["Type"] != _FUNCTION:
            continue
        properties = resource["Properties"]
        folder = (build_dir / properties["CodeUri"]).resolve()
        name = names[folder] = names.get(folder) or java_loaded.name_of(folder)
        if name not in archives:
            archives[name] = f"{name}.zip"
            if (folder / "lib").is_dir():
                java_loaded.load(folder, name, template["Resources"])
            _package(folder, name, work / archives[name])
        properties |= {"Runtime": "provided.al2023", "Architectures": ["x86_64"], "CodeUri": archives[name]}
        variables = properties.setdefault("Environment", {}).setdefault("Variables", {})
        variables["AWS_SDK_UA_APP_ID"] = logical_id  # also known to ministack_child/functions/sessions.py
    told = template.get("Metadata", {}).get("AWS::ServerlessRepo::Application", {})
    told |= {name: str((build_dir / told[name]).resolve()) for name in ("LicenseUrl", "ReadmeUrl") if name in told}
    globals_ = template.get("Globals", {}).get("Function", {})
    for name in ("Runtime", "Architectures"):
        globals_.pop(name, None)


def _absolute_locations(resource: dict[str, Any], build_dir: Path) -> None:
    """Local files that `sam deploy` uploads are named relative to the template, which has moved."""
    properties = resource.get("Properties", {})
    if isinstance(properties.get("DefinitionUri"), str):
        properties["DefinitionUri"] = str((build_dir / properties["DefinitionUri"]).resolve())
    for transform in _transforms(resource):
        location = transform.get("Parameters", {}).get("Location", "")
        if isinstance(location, str) and not location.startswith("s3://"):
            transform["Parameters"]["Location"] = str((build_dir / location).resolve())


def _transforms(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _transforms(item)]
    if not isinstance(value, dict):
        return []
    return [
        found
        for key, member in value.items()
        for found in ([member] if key == "Fn::Transform" and isinstance(member, dict) else _transforms(member))
    ]


def _package(folder: Path, name: str, archive: Path) -> None:
    """Stored, not compressed: it never leaves this machine. `sam build` leaves each function a copy of the same folder:
    they share the archive, and so the upload.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as package:
        package.write(java_runtime.BOOTSTRAP, "bootstrap")
        package.writestr(java_loaded.FILE, name)
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            package.write(file, file.relative_to(folder))


def _sam_deploy(clients: Clients, work: Path, parameters: dict[str, str]) -> None:
    sam = java_runtime.cache() / "tools" / "bin" / "sam"
    overrides = [f'{name}="{value}"' for name, value in parameters.items()]  # quoted, a value may be empty
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run(
        [
            str(sam),
            "deploy",
            "--template-file",
            "template.json",
            "--stack-name",
            STACK,
            "--s3-bucket",
            _BUCKET,
            "--capabilities",
            "CAPABILITY_IAM",
            "CAPABILITY_NAMED_IAM",
            "CAPABILITY_AUTO_EXPAND",
            "--no-confirm-changeset",
            "--no-progressbar",
            "--no-fail-on-empty-changeset",
            *(["--parameter-overrides", *overrides] if overrides else []),
        ],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
        # SAM waits this long between its looks at the stack; the default of some seconds is for the real one.
        env=inherited | clients.environment() | {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.2"},
    )
    if done.returncode != 0:
        raise DeploymentFailed(f"sam deploy failed\n{_reasons(clients) or done.stdout + done.stderr}")


def _reasons(clients: Clients) -> str:
    """What stopped the stack, without SAM's table."""
    cloudformation = clients.of("cloudformation", HUB, REGION, as_user=False)
    try:
        events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    except ClientError:  # it did not get as far as a stack
        return ""
    return "\n".join(
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED")
    )
