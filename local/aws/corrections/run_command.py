"""Run Command runs the document's script on the instance and tells its progress and outcome.

AWS behaviour ("SendCommand", "GetCommandInvocation", "ListCommandInvocations", "CommandPlugin", AWS Systems Manager API
Reference; "Understanding command statuses", User Guide):
- the document must exist (InvalidDocument), the parameters must be the document's and match allowedPattern
  (InvalidParameters), instances must not be shutting down or terminated (InvalidInstanceId: "Valid states are: Running,
  Pending, Stopped, and Stopping");
- invocations are unknown for a moment (InvocationDoesNotExist, or missing from the list), then Pending, InProgress, and
  Success, Failed or TimedOut with the exit code;
- a node that is stopped gets an invocation, too: Delayed ("the node was stopped ... the system will try to send the
  command again"), and, if it does not run in time, TimedOut with the details Delivery Timed Out. In time is within the
  sum of the command's TimeoutSeconds (3,600 if there are none) and the document's execution timeout;
- GetCommandInvocation gives the first 24,000 characters of stdout and stderr, ListCommandInvocations with Details one
  Output of both, 2,500 characters, stderr after a line `----------ERROR-------`;
- ListCommands takes filters, DocumentName and InvokedAfter among them ("CommandFilter");
- parameters with `interpolationType: ENV_VAR` are given as environment variables SSM_<name>;
- the agent runs up to five commands at once on a node (its CommandWorkersLimit).

moto succeeds at once without running anything, has no ListCommandInvocations, filters no commands, takes any document
name, and without Targets means all instances.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ssm.responses import SimpleSystemManagerResponse

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects
from local.aws.moto import world
from local.aws.moto.ssm_document import Document, InvalidParameters
from local.aws.moto.world import Completed

_AT_ONCE = 5
_STDOUT_LIMIT = 24_000
_OUTPUT_LIMIT = 2_500
_RUN_STDIN_AS_SCRIPT = (
    'f=$(mktemp) && cat >"$f" && chmod 700 "$f" && { "$f" </dev/null; code=$?; rm -f "$f"; exit $code; }'
)
"""As the agent does: the script becomes an executable file, so that its first line chooses the interpreter."""


class Invocation:
    """One command on one instance."""

    def __init__(self, command: Any, instance: str, document: Document, env: dict[str, str]) -> None:
        self.command, self.instance, self.document, self.env = command, instance, document, env
        self.sent_at = time.monotonic()
        self.status = self.details = "Pending"
        self.completed = Completed(-1, "", "")
        self.done = threading.Event()

    @property
    def visible(self) -> bool:
        return time.monotonic() - self.sent_at >= world.current.invocation_delay

    def run(self, is_up: Callable[[], bool], delivery_timeout: float) -> None:
        if self._delivered(is_up, delivery_timeout):
            with _worker_of(self.instance):
                self._tell("InProgress")
                try:
                    self.completed = self._on_instance()
                    self._tell("Success" if self.completed.exit == 0 else "Failed")
                except TimeoutError as late:
                    self.completed = Completed(-1, "", str(late))
                    self._tell("TimedOut", "ExecutionTimedOut")
                except (
                    Exception
                ) as failure:  # whatever the packet lab raises is that instance's failure, not this server's
                    self.completed = Completed(-1, "", f"{type(failure).__name__}: {failure}")
                    self._tell("Failed")
        self.command.status = self.status
        self.done.set()

    def _delivered(self, is_up: Callable[[], bool], timeout: float) -> bool:
        patience = world.current.delivery_timeout
        deadline = self.sent_at + (timeout + self.document.timeout if patience is None else patience)
        while not is_up():
            if time.monotonic() > deadline:
                self._tell("TimedOut", "DeliveryTimedOut")
                return False
            self._tell("Delayed")
            time.sleep(0.2)
        return True

    def _tell(self, status: str, details: str | None = None) -> None:
        self.status, self.details = status, details or status

    def _on_instance(self) -> Completed:
        exit_code, stdout, stderr = world.current.run_on_instance(
            self.instance,
            ["sh", "-c", _RUN_STDIN_AS_SCRIPT],
            self.env,
            self.document.script.encode(),
            self.document.timeout,
        )
        if exit_code != 0:
            stderr += f"failed to run commands: exit status {exit_code}"
        return Completed(exit_code, stdout, stderr)

    @property
    def output(self) -> str:
        _, stdout, stderr = self.completed
        return (stdout + (f"\n----------ERROR-------\n{stderr}" if stderr else ""))[:_OUTPUT_LIMIT]

    def listed(self, details: bool) -> dict[str, Any]:
        entry = {
            "CommandId": self.command.command_id,
            "InstanceId": self.instance,
            "Comment": self.command.comment,
            "DocumentName": self.command.document_name,
            "RequestedDateTime": self.command.requested_date_time,
            "Status": self.status,
            "StatusDetails": self.details,
            "CommandPlugins": [],
        }
        if details and self.status != "Delayed":
            entry["CommandPlugins"] = [
                {
                    "Name": self.document.step,
                    "Status": self.status,
                    "StatusDetails": self.details,
                    "ResponseCode": self.completed.exit,
                    "Output": self.output,
                }
            ]
        return entry

    def got(self) -> dict[str, Any]:
        return {
            "CommandId": self.command.command_id,
            "InstanceId": self.instance,
            "Comment": self.command.comment,
            "DocumentName": self.command.document_name,
            "PluginName": self.document.step,
            "ResponseCode": self.completed.exit,
            "Status": self.status,
            "StatusDetails": self.details,
            "StandardOutputContent": self.completed.stdout[:_STDOUT_LIMIT],
            "StandardErrorContent": self.completed.stderr[:_STDOUT_LIMIT],
        }


@corrects(SimpleSystemManagerResponse, "send_command")
def send(response: SimpleSystemManagerResponse, moto: Operation) -> ActionResult:
    document = _document(response)
    try:
        env = document.environment(response._get_param("Parameters", {}))
    except InvalidParameters as invalid:
        raise AwsError("InvalidParameters", str(invalid)) from None
    _refuse_unmanaged(response)
    answer = moto()
    command = response.ssm_backend.get_command_by_id(answer.result["Command"]["CommandId"])
    wanted = command.instance_ids if response._get_param("Targets") else response._get_param("InstanceIds", [])
    states = _managed_instances(response)
    command.instance_ids = sorted(states.keys() & set(wanted))
    command.status = command.status_details = "Pending" if command.instance_ids else "Success"
    for instance in command.instance_ids:
        invocation = Invocation(
            command, instance, document, env | {"AWS_SSM_INSTANCE_ID": instance, "AWS_SSM_REGION_NAME": response.region}
        )
        world.current.invocations.append(invocation)
        threading.Thread(
            target=invocation.run,
            name=f"ssm-{instance}",
            daemon=True,
            args=(partial(_is_up, states[instance]), float(response._get_param("TimeoutSeconds", 3600))),
        ).start()
    return ActionResult(
        {"Command": command.response_object() | {"InstanceIds": response._get_param("InstanceIds", [])}}
    )


@corrects(SimpleSystemManagerResponse, "list_commands")
def list_commands(response: SimpleSystemManagerResponse, moto: Operation) -> ActionResult:
    asked = {each["key"]: each["value"] for each in response._get_param("Filters", [])}
    unknown = asked.keys() - {"DocumentName", "InvokedAfter"}
    if unknown:
        raise AwsError("InvalidFilterKey", f"{sorted(unknown)}: this local AWS does not know it")
    since = datetime.fromisoformat(asked.get("InvokedAfter", "1970-01-01T00:00:00Z")).timestamp()
    answer = moto()
    answer.result["Commands"] = [
        command
        for command in answer.result["Commands"]
        if asked.get("DocumentName") in (None, command["DocumentName"])
        and command["RequestedDateTime"].replace(tzinfo=UTC).timestamp() >= since
    ][: response._get_param("MaxResults", 50)]
    return answer


@corrects(SimpleSystemManagerResponse, "get_command_invocation")
def get(response: SimpleSystemManagerResponse, moto: Operation) -> ActionResult:
    invocations = _find(response, response._get_param("CommandId"), response._get_param("InstanceId"))
    if not invocations:
        raise AwsError("InvocationDoesNotExist", "")
    return ActionResult(invocations[0].got())


def _list_command_invocations(response: SimpleSystemManagerResponse) -> ActionResult:
    command_id = response._get_param("CommandId")
    if command_id:
        response.ssm_backend.get_command_by_id(command_id)
    found = _find(response, command_id, response._get_param("InstanceId"))
    return ActionResult(
        {"CommandInvocations": [invocation.listed(bool(response._get_param("Details", False))) for invocation in found]}
    )


SimpleSystemManagerResponse.list_command_invocations = _list_command_invocations  # type: ignore[attr-defined]


def _find(response: SimpleSystemManagerResponse, command_id: str | None, instance: str | None) -> list[Invocation]:
    own = {command.command_id for command in response.ssm_backend._commands}
    return [
        invocation
        for invocation in world.current.invocations
        if invocation.visible
        and invocation.command.command_id in own
        and command_id in (None, invocation.command.command_id)
        and instance in (None, invocation.instance)
    ]


def _document(response: SimpleSystemManagerResponse) -> Document:
    stored = response.ssm_backend._get_documents(response._get_param("DocumentName").split("document/")[-1])
    return Document.parse(stored.find(response._get_param("DocumentVersion")).content)


def _managed_instances(response: SimpleSystemManagerResponse) -> dict[str, Any]:
    reservations = ec2_backends[response.current_account][response.region].all_reservations()
    return {
        instance.id: instance
        for reservation in reservations
        for instance in reservation.instances
        if instance.state not in ("shutting-down", "terminated")
    }


def _is_up(instance: Any) -> bool:
    return bool(instance.state == "running")


def _refuse_unmanaged(response: SimpleSystemManagerResponse) -> None:
    unknown = set(response._get_param("InstanceIds", [])) - _managed_instances(response).keys()
    if unknown:
        raise AwsError(
            "InvalidInstanceId",
            f"Instances {sorted(unknown)} not in a valid state for account {response.current_account}",
        )


_workers: dict[str, threading.Semaphore] = {}


def _worker_of(instance: str) -> threading.Semaphore:
    return _workers.setdefault(instance, threading.Semaphore(_AT_ONCE))
