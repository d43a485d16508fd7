"""Run Command runs the document's script on the instance and tells its progress and outcome."""

import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from local.aws.local_aws import LocalAws
from local.aws.moto.world import Completed
from local.aws.tests.conftest import IMAGE, Instances, refused

DOCUMENT = """
schemaVersion: "2.2"
parameters:
  Services: {type: String, interpolationType: ENV_VAR, allowedPattern: "^(none|[0-9./,]+)$"}
mainSteps:
  - action: aws:runShellScript
    name: Apply
    inputs: {timeoutSeconds: "7", runCommand: ["echo services=$SSM_Services", "exit 0"]}
"""


@pytest.fixture(scope="module")
def document(running: LocalAws) -> str:
    running.client("ssm").create_document(
        Name="apply-nat", Content=DOCUMENT, DocumentType="Command", DocumentFormat="YAML"
    )
    return "apply-nat"


@pytest.fixture
def vpn(aws: LocalAws, instances: Instances) -> str:
    """A running instance with a tag of its own."""
    instances.ran.clear()
    instances.answer = lambda *_: Completed(0, "done\n", "")
    ec2 = aws.client("ec2")
    return str(ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"])


def send(aws: LocalAws, document: str, instance: str, services: str = "10.110.0.0/16") -> str:
    command = aws.client("ssm", as_user=True).send_command(
        DocumentName=document, InstanceIds=[instance], Parameters={"Services": [services]}
    )["Command"]
    return str(command["CommandId"])


def listed(aws: LocalAws, command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = aws.client("ssm").list_command_invocations(CommandId=command, Details=True)[
        "CommandInvocations"
    ]
    return found


def until(condition: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("never came true")


def finished(aws: LocalAws, command: str) -> dict[str, Any]:
    found = until(lambda: [one for one in listed(aws, command) if one["Status"] not in ("Pending", "InProgress")])
    return dict(found[0])


def test_the_script_runs_on_the_instance_with_its_parameters_in_the_environment(
    aws: LocalAws, document: str, vpn: str, instances: Instances
) -> None:
    invocation = finished(aws, send(aws, document, vpn))
    ((instance, env, script),) = instances.ran
    assert (instance, env["SSM_Services"]) == (vpn, "10.110.0.0/16")
    assert script == "echo services=$SSM_Services\nexit 0\n"
    (plugin,) = invocation["CommandPlugins"]
    assert (invocation["Status"], plugin["ResponseCode"], plugin["Output"]) == ("Success", 0, "done\n")


def test_the_script_file_is_executed_as_the_agent_does(
    aws: LocalAws, document: str, vpn: str, instances: Instances
) -> None:
    def here(instance: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float) -> Completed:
        done = subprocess.run(
            argv, input=stdin, env=env | {"PATH": "/usr/bin:/bin"}, capture_output=True, timeout=timeout, check=False
        )
        return Completed(done.returncode, done.stdout.decode(), done.stderr.decode())

    instances.answer = here
    assert finished(aws, send(aws, document, vpn))["CommandPlugins"][0]["Output"] == "services=10.110.0.0/16\n"


def test_it_is_pending_then_in_progress_then_over(aws: LocalAws, document: str, vpn: str, instances: Instances) -> None:
    go_on = threading.Event()
    instances.answer = lambda *_: Completed(0, "", "") if go_on.wait(10) else Completed(1, "", "")
    command = send(aws, document, vpn)
    with refused("InvocationDoesNotExist"):
        aws.client("ssm").get_command_invocation(CommandId=command, InstanceId=vpn)
    assert listed(aws, command) == [], "an invocation is not known right after SendCommand"
    assert until(lambda: listed(aws, command))[0]["Status"] == "InProgress"
    go_on.set()
    assert finished(aws, command)["Status"] == "Success"


def test_a_failure_shows_exit_code_and_both_outputs(
    aws: LocalAws, document: str, vpn: str, instances: Instances
) -> None:
    instances.answer = lambda *_: Completed(3, '{"outcome":"failed"}\n', "no nft\n")
    command = send(aws, document, vpn)
    (plugin,) = finished(aws, command)["CommandPlugins"]
    assert (plugin["Status"], plugin["ResponseCode"]) == ("Failed", 3)
    assert plugin["Output"].startswith('{"outcome":"failed"}\n\n----------ERROR-------\nno nft\n')
    got = aws.client("ssm").get_command_invocation(CommandId=command, InstanceId=vpn)
    assert (got["Status"], got["StandardOutputContent"]) == ("Failed", '{"outcome":"failed"}\n')


def test_output_is_cut_where_aws_cuts_it(aws: LocalAws, document: str, vpn: str, instances: Instances) -> None:
    instances.answer = lambda *_: Completed(0, "x" * 30_000, "")
    command = send(aws, document, vpn)
    assert len(finished(aws, command)["CommandPlugins"][0]["Output"]) == 2_500
    assert (
        len(aws.client("ssm").get_command_invocation(CommandId=command, InstanceId=vpn)["StandardOutputContent"])
        == 24_000
    )


def test_a_script_that_takes_too_long_times_out(aws: LocalAws, document: str, vpn: str, instances: Instances) -> None:
    def too_long(instance: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float) -> Completed:
        raise TimeoutError(f"longer than {timeout:.0f} s")

    instances.answer = too_long
    assert finished(aws, send(aws, document, vpn))["Status"] == "TimedOut"


def test_at_most_five_run_at_once_on_one_instance(aws: LocalAws, document: str, vpn: str, instances: Instances) -> None:
    go_on, running = threading.Semaphore(0), threading.Semaphore(0)

    def hold(*_: object) -> Completed:
        running.release()
        go_on.acquire(timeout=90)
        return Completed(0, "", "")

    instances.answer = hold
    commands = [send(aws, document, vpn) for _ in range(7)]
    assert all(running.acquire(timeout=90) for _ in range(5))
    assert not running.acquire(timeout=0.3)
    go_on.release(7)
    assert [finished(aws, command)["Status"] for command in commands] == ["Success"] * 7


@pytest.fixture
def stopped(aws: LocalAws, vpn: str) -> str:
    """A stopped instance that has a tag in common with the running one."""
    ec2 = aws.client("ec2")
    stopped = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    ec2.create_tags(Resources=[vpn, stopped], Tags=[{"Key": "test:targets", "Value": vpn}])
    ec2.stop_instances(InstanceIds=[stopped])
    return str(stopped)


def send_by_tag(aws: LocalAws, document: str, vpn: str) -> str:
    command = aws.client("ssm").send_command(
        DocumentName=document, Targets=[{"Key": "tag:test:targets", "Values": [vpn]}], Parameters={"Services": ["none"]}
    )["Command"]
    return str(command["CommandId"])


def ended(aws: LocalAws, command: str, instance: str, status: str) -> dict[str, Any]:
    found = until(
        lambda: [one for one in listed(aws, command) if one["InstanceId"] == instance and one["Status"] == status]
    )
    return dict(found[0])


def test_a_stopped_instance_with_the_tag_is_delayed_and_then_timed_out(
    aws: LocalAws, document: str, vpn: str, stopped: str, instances: Instances
) -> None:
    aws.world.delivery_timeout = 1
    command = send_by_tag(aws, document, vpn)
    ended(aws, command, vpn, "Success")
    assert ended(aws, command, stopped, "Delayed")["CommandPlugins"] == []
    late = ended(aws, command, stopped, "TimedOut")
    assert late["StatusDetails"] == "DeliveryTimedOut"
    assert late["CommandPlugins"][0]["Output"] == ""
    assert len(listed(aws, command)) == 2
    assert [ran[0] for ran in instances.ran] == [vpn]


def test_a_stopped_instance_that_is_started_in_time_takes_the_command(
    aws: LocalAws, document: str, vpn: str, stopped: str, instances: Instances
) -> None:
    command = send_by_tag(aws, document, vpn)
    ended(aws, command, stopped, "Delayed")
    aws.client("ec2").start_instances(InstanceIds=[stopped])
    assert ended(aws, command, stopped, "Success")["CommandPlugins"][0]["Output"] == "done\n"


def test_a_terminated_instance_takes_no_command(aws: LocalAws, document: str, vpn: str, stopped: str) -> None:
    aws.client("ec2").terminate_instances(InstanceIds=[stopped])
    command = send_by_tag(aws, document, vpn)
    assert finished(aws, command)["InstanceId"] == vpn
    assert len(listed(aws, command)) == 1
    with refused("InvalidInstanceId"):
        send(aws, document, stopped)


@pytest.mark.parametrize(
    "parameters", [{"Services": ["$(reboot)"]}, {"Services": [""]}, {}, {"Services": ["none"], "Other": ["x"]}]
)
def test_parameters_must_be_what_the_document_allows(
    aws: LocalAws, document: str, vpn: str, parameters: dict[str, list[str]]
) -> None:
    with refused("InvalidParameters"):
        aws.client("ssm").send_command(DocumentName=document, InstanceIds=[vpn], Parameters=parameters)


def test_the_document_must_exist(aws: LocalAws, vpn: str) -> None:
    with refused("InvalidDocument"):
        send(aws, "no-such-document", vpn)


def test_a_command_for_one_instance_runs_on_that_one_only(
    aws: LocalAws, document: str, vpn: str, instances: Instances
) -> None:
    aws.client("ec2").run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)
    finished(aws, send(aws, document, vpn))
    assert [ran[0] for ran in instances.ran] == [vpn]
