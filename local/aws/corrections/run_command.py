"""Run Command runs the document's script on the instance and tells its progress and outcome.

AWS behaviour ("SendCommand", "GetCommandInvocation", "ListCommandInvocations", "CommandPlugin", AWS Systems Manager API
Reference; "Understanding command statuses", User Guide):
- the document must exist (InvalidDocument), the parameters must be the document's and match allowedPattern (InvalidParameters),
  instances must be running (InvalidInstanceId);
- invocations are unknown for a moment (InvocationDoesNotExist, or missing from the list), then Pending, InProgress, and Success,
  Failed or TimedOut with the exit code;
- GetCommandInvocation gives the first 24,000 characters of stdout and stderr, ListCommandInvocations with Details one Output of
  both, 2,500 characters, stderr after a line `----------ERROR-------`;
- parameters with `interpolationType: ENV_VAR` are given as environment variables SSM_<name>;
- the agent runs up to five commands at once on a node (its CommandWorkersLimit).

moto succeeds at once without running anything, has no ListCommandInvocations, takes any document name, and without Targets means
all instances.
"""

import threading
import time
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ssm.responses import SimpleSystemManagerResponse

from local.aws import world
from local.aws.corrections import Operation, corrects
from local.aws.errors import AwsError
from local.aws.ssm_document import Document, InvalidParameters
from local.aws.world import Completed

_AT_ONCE = 5
_STDOUT_LIMIT = 24_000
_OUTPUT_LIMIT = 2_500
_RUN_STDIN_AS_SCRIPT = 'f=$(mktemp) && cat >"$f" && chmod 700 "$f" && { "$f" </dev/null; code=$?; rm -f "$f"; exit $code; }'
"""As the agent does: the script becomes an executable file, so that its first line chooses the interpreter."""


class Invocation:
    """One command on one instance."""

    def __init__(self, command: Any, instance: str, document: Document, env: dict[str, str]) -> None:
        self.command, self.instance, self.document, self.env = command, instance, document, env
        self.sent_at = time.monotonic()
        self.status = "Pending"
        self.completed = Completed(-1, "", "")
        self.done = threading.Event()

    @property
    def visible(self) -> bool:
        return time.monotonic() - self.sent_at >= world.current.invocation_delay

    def run(self) -> None:
        with _worker_of(self.instance):
            self.status = "InProgress"
            try:
                self.completed = self._on_instance()
                self.status = "Success" if self.completed.exit == 0 else "Failed"
            except TimeoutError as late:
                self.completed, self.status = Completed(-1, "", str(late)), "TimedOut"
            except Exception as failure:  # whatever the packet lab raises is that instance's failure, not this server's
                self.completed, self.status = Completed(-1, "", f"{type(failure).__name__}: {failure}"), "Failed"
        self.command.status = self.status
        self.done.set()

    def _on_instance(self) -> Completed:
        exit_code, stdout, stderr = world.current.run_on_instance(
            self.instance, ["sh", "-c", _RUN_STDIN_AS_SCRIPT], self.env, self.document.script.encode(), self.document.timeout)
        if exit_code != 0:
            stderr += f"failed to run commands: exit status {exit_code}"
        return Completed(exit_code, stdout, stderr)

    @property
    def output(self) -> str:
        _, stdout, stderr = self.completed
        return (stdout + (f"\n----------ERROR-------\n{stderr}" if stderr else ""))[:_OUTPUT_LIMIT]

    def listed(self, details: bool) -> dict[str, Any]:
        entry = {"CommandId": self.command.command_id, "InstanceId": self.instance, "Comment": self.command.comment,
                 "DocumentName": self.command.document_name, "RequestedDateTime": self.command.requested_date_time,
                 "Status": self.status, "StatusDetails": self.status, "CommandPlugins": []}
        if details:
            entry["CommandPlugins"] = [{"Name": self.document.step, "Status": self.status, "StatusDetails": self.status,
                                        "ResponseCode": self.completed.exit, "Output": self.output}]
        return entry

    def got(self) -> dict[str, Any]:
        return {"CommandId": self.command.command_id, "InstanceId": self.instance, "Comment": self.command.comment,
                "DocumentName": self.command.document_name, "PluginName": self.document.step,
                "ResponseCode": self.completed.exit, "Status": self.status, "StatusDetails": self.status,
                "StandardOutputContent": self.completed.stdout[:_STDOUT_LIMIT],
                "StandardErrorContent": self.completed.stderr[:_STDOUT_LIMIT]}


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
    command.instance_ids = sorted(_running_instances(response).intersection(wanted))
    command.status = command.status_details = "Pending" if command.instance_ids else "Success"
    for instance in command.instance_ids:
        invocation = Invocation(command, instance, document, env | {
            "AWS_SSM_INSTANCE_ID": instance, "AWS_SSM_REGION_NAME": response.region})
        world.current.invocations.append(invocation)
        threading.Thread(target=invocation.run, name=f"ssm-{instance}", daemon=True).start()
    return ActionResult({"Command": command.response_object() | {"InstanceIds": response._get_param("InstanceIds", [])}})


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
    return ActionResult({"CommandInvocations": [
        invocation.listed(bool(response._get_param("Details", False))) for invocation in found]})


SimpleSystemManagerResponse.list_command_invocations = _list_command_invocations  # type: ignore[attr-defined]


def _find(response: SimpleSystemManagerResponse, command_id: str | None, instance: str | None) -> list[Invocation]:
    own = {command.command_id for command in response.ssm_backend._commands}
    return [invocation for invocation in world.current.invocations
            if invocation.visible and invocation.command.command_id in own
            and command_id in (None, invocation.command.command_id) and instance in (None, invocation.instance)]


def _document(response: SimpleSystemManagerResponse) -> Document:
    stored = response.ssm_backend._get_documents(response._get_param("DocumentName").split("document/")[-1])
    return Document.parse(stored.find(response._get_param("DocumentVersion")).content)


def _running_instances(response: SimpleSystemManagerResponse) -> set[str]:
    reservations = ec2_backends[response.current_account][response.region].all_reservations()
    return {instance.id for reservation in reservations for instance in reservation.instances if instance.state == "running"}


def _refuse_unmanaged(response: SimpleSystemManagerResponse) -> None:
    unknown = set(response._get_param("InstanceIds", [])) - _running_instances(response)
    if unknown:
        raise AwsError("InvalidInstanceId", f"Instances {sorted(unknown)} not in a valid state for account {response.current_account}")


_workers: dict[str, threading.Semaphore] = {}


def _worker_of(instance: str) -> threading.Semaphore:
    return _workers.setdefault(instance, threading.Semaphore(_AT_ONCE))
