"""The one place where every call to moto passes: log, meter, faults, then moto, then what follows from an effect.

moto has one method through which each request of each service goes once it is parsed and its account is known:
`BaseResponse.call_action`. Wrapping that instead of the WSGI application means no second parser for four AWS protocols.
"""

import json
import logging
import re
import socket
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import get_service_model

from local.aws.calls import callers
from local.aws.calls.errors import AwsError
from local.aws.calls.faults import Fault, Faults
from local.aws.calls.log import Call, CallLog, connection_in, is_mutating, resources_in
from local.aws.calls.meter import Meter
from local.aws.moto import world
from local.aws.permissions import session_token
from local.judges.calls import breaches_of

_log = logging.getLogger(__name__)
Answer = tuple[int, dict[str, Any], Any]

RIG_MARK = "peerway-rig"
"""In the User-Agent of the rig's own calls: not logged, not metered, never failed on purpose."""

_ERROR_CODE = re.compile(r"<Code>([^<]+)</Code>|\"__type\": ?\"(?:[^\"#]*#)?([^\"]+)\"")
_ERROR_MESSAGE = re.compile(r"<Message>([^<]*)</Message>|\"[mM]essage\": ?\"([^\"]*)\"")
_HTTP_STATUS = {
    "DryRunOperation": 412,
    "OptInRequired": 401,
    "UnauthorizedOperation": 403,
    "AccessDenied": 403,
    "InternalError": 500,
    "Unavailable": 503,
    "ServiceUnavailable": 503,
    "RequestLimitExceeded": 503,
}


@dataclass(frozen=True)
class Request:
    """A parsed call on its way to moto."""

    service: str
    operation: str
    account: str
    region: str
    caller: "Caller"
    user_agent: str
    parameters: dict[str, Any]
    named: list[str]
    """The EC2 ids it names."""

    @property
    def action(self) -> str:
        return f"{self.service}:{self.operation}"

    @property
    def of_the_rig(self) -> bool:
        return RIG_MARK in self.user_agent


@dataclass(frozen=True)
class Effect:
    """What moto did with a request."""

    status: int
    body: str

    @property
    def error(self) -> str | None:
        return None if self.status < 400 else _first_group(_ERROR_CODE.search(self.body)) or str(self.status)

    @property
    def message(self) -> str:
        return _first_group(_ERROR_MESSAGE.search(self.body)) or ""


@dataclass(frozen=True)
class Verdict:
    """Of permissions/verdicts.py, on a request."""

    refusal: str | None = None
    """Why the caller may not make the call, if it may not."""

    allowed_by: tuple[tuple[str, str], ...] = ()
    """As in log.Call."""


Listener = Callable[[Request, Effect], None]


class Interception:
    def __init__(self, calls: CallLog, faults: Faults, meter: Meter) -> None:
        self._calls, self._faults, self._meter = calls, faults, meter
        self._listeners: list[Listener] = []
        self.lock = threading.RLock()
        """moto's stores are plain dictionaries, unguarded; one call at a time keeps them whole."""
        self._stopped = threading.Event()
        self.verdict: Callable[[Request], Verdict] = lambda request: Verdict()
        self.stop_execution: Callable[[Request], None] = lambda request: None
        """Stops the execution that the caller, a function, works for."""

    def listen(self, listener: Listener) -> None:
        """Tell `listener` of every call that reached moto, in the order of their effects, while `lock` is held."""
        self._listeners.append(listener)

    def install(self) -> None:
        global _installed
        _installed = self
        # moto would rather have a shape for every error; most EC2 and STS codes have none in the SDKs' models.
        warnings.filterwarnings("ignore", message=r"Exception\(AwsError\)")
        if not hasattr(BaseResponse.call_action, "intercepts"):
            BaseResponse.call_action = _intercepted(BaseResponse.call_action)  # type: ignore[method-assign,assignment]

    def uninstall(self) -> None:
        global _installed
        _installed = None
        self._stopped.set()

    def handle(self, response: BaseResponse, proceed: Callable[[], Answer]) -> Answer:
        request = _parse(response)
        fault = None if request.of_the_rig else self._fault_for(request)
        if fault and fault.kind == "delay":
            self._stopped.wait(fault.seconds)
        if fault and fault.kind == "stopped":
            self.stop_execution(request)
        verdict, wrong = self.verdict(request), [] if request.of_the_rig else _breaches(response, request.operation)
        if fault and fault.kind in ("before", "throttle", "killed"):
            answer, effect = _refuse(response, fault.error), None
        elif wrong:
            answer = _refuse(response, _INVALID.get(request.service, "ValidationException"), "; ".join(wrong))
            effect = None
        elif verdict.refusal:
            answer = _refuse(response, _DENIED.get(request.service, "AccessDeniedException"), verdict.refusal)
            effect = None
        else:
            answer, effect = self._carry_out(request, response, proceed)
            if fault and fault.kind == "after":
                answer = _refuse(response, fault.error)
        if not request.of_the_rig:
            self._log(request, verdict, _effect_of(answer), effect)
        if fault and fault.kind in ("killed", "killed-after"):
            callers.kill(flask.request.environ["REMOTE_PORT"])
        if fault and fault.kind == "lost":
            _cut_connection()
        return answer

    def _carry_out(
        self, request: Request, response: BaseResponse, proceed: Callable[[], Answer]
    ) -> tuple[Answer, Effect]:
        with self.lock:
            try:
                answer = proceed()
            except Exception as failure:  # moto's or ours, but for the caller AWS has failed, and the log must tell
                _log.exception("%s failed", request.action)
                answer = _refuse(response, "InternalError", f"{type(failure).__name__}: {failure}")
            effect = _effect_of(answer)
            for listener in self._listeners:
                listener(request, effect)
        return answer, effect

    def _fault_for(self, request: Request) -> Fault | None:
        if request.service == "ec2" and not self._meter.admits(
            request.account, request.region, is_mutating(request.operation)
        ):
            return _THROTTLED
        fault = self._faults.take(
            request.action, request.account, request.region, request.caller.function, request.named
        )
        if fault and fault.kind == "throttle":
            return _THROTTLED if request.service == "ec2" else _THROTTLED_ELSEWHERE
        return fault

    def _log(self, request: Request, verdict: Verdict, answer: Effect, effect: Effect | None) -> None:
        created = resources_in(answer.body) if answer.error is None and request.operation.startswith("Create") else []
        self._calls.append(
            lambda seq, now: Call(
                seq=seq,
                time=now,
                account=request.account,
                principal=request.caller.arn,
                role=request.caller.role,
                function=request.caller.function,
                connection=connection_in(request.user_agent),
                region=request.region,
                action=request.action,
                resource=" ".join(dict.fromkeys(request.named + created)),
                status=answer.status,
                error=answer.error,
                mutating=is_mutating(request.operation),
                effect=effect is not None and effect.error is None,
                allowed_by=verdict.allowed_by,
            )
        )


_INVALID = {"ec2": "InvalidParameterValue", "sts": "ValidationError", "iam": "ValidationError"}
_DENIED = {"ec2": "UnauthorizedOperation", "sts": "AccessDenied"}
_THROTTLED = Fault("ec2:*", "throttle", error="RequestLimitExceeded")
_THROTTLED_ELSEWHERE = Fault("*", "throttle", error="ThrottlingException")
_installed: Interception | None = None


def _intercepted(original: Callable[[BaseResponse], Answer]) -> Callable[[BaseResponse], Answer]:
    def call_action(self: BaseResponse) -> Answer:
        if _installed is None:
            return original(self)
        return _installed.handle(self, lambda: original(self))

    call_action.intercepts = True  # type: ignore[attr-defined]
    return call_action


def _breaches(response: BaseResponse, operation: str) -> list[str]:
    """What AWS's own model says against the parameters ("Common errors" of each API reference: ValidationError)."""
    model = get_service_model(response.boto3_service_name)
    if operation not in model.operation_names:
        return []
    request, operation_model = flask.request, model.operation_model(operation)
    parser = PROTOCOL_PARSERS[determine_request_protocol(model, request.content_type)](operation_model)
    parameters = parser.parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.get_data(),
            "url_path": request.path,
            "url_params": response.uri_match,
        }
    )
    return breaches_of(operation_model, parameters)


def _parse(response: BaseResponse) -> Request:
    json_protocol = "json" in response.headers.get("Content-Type", "")
    parameters = json.loads(response.body) if json_protocol and response.body else response._get_params()
    return Request(
        service=str(response.service_name),
        operation=response._get_action() or "",
        account=response.current_account,
        region=response.region,
        caller=caller_of(response),
        user_agent=response.headers.get("User-Agent", ""),
        parameters=parameters,
        named=resources_in(str(parameters)),
    )


@dataclass(frozen=True)
class Caller:
    """Who made a call: its ARN; for an assumed role that role's name; for one of our functions,
    also in a role it has assumed, its logical id.
    """

    arn: str
    role: str | None = None
    function: str | None = None
    is_execution_role: bool = False


def caller_of(response: BaseResponse) -> Caller:
    from moto.sts.models import sts_backends

    account = response.current_account
    token = response.headers.get("X-Amz-Security-Token")
    execution = session_token.read(token)
    if execution:
        return Caller(str(token), *execution, is_execution_role=True)
    key = response.get_access_key()
    session = sts_backends[account]["aws"].get_assumed_role_from_access_key(key)
    if session:
        return Caller(session.arn, session.role_arn.split("/")[-1], world.current.session_functions.get(key))
    return Caller(f"arn:aws:iam::{account}:root")


def _refuse(response: BaseResponse, code: str, message: str = "As ordered from the local AWS.") -> Answer:
    refusal = AwsError(code, message)
    status, headers, body = response.serialized(ActionResult(refusal))
    status = _HTTP_STATUS.get(code, status)
    headers["status"] = str(status)
    return status, headers, body


def _cut_connection() -> None:
    """The caller reads the end of its stream where the answer should begin."""
    flask.request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)


def _effect_of(answer: Answer) -> Effect:
    status, _, body = answer
    return Effect(int(status), body.decode() if isinstance(body, bytes) else str(body))


def _first_group(match: re.Match[str] | None) -> str | None:
    return next((group for group in match.groups() if group), None) if match else None
