"""The CloudTrail events that AWS sends to EventBridge for calls that change the network or the organisation.

AWS behaviour ("AWS service events delivered via AWS CloudTrail", Amazon EventBridge User Guide; "CloudTrail record
contents", AWS CloudTrail User Guide): one event a call, on the default bus of the account that called, detail-type "AWS
API Call via CloudTrail"; a refused call has errorCode and errorMessage and null responseElements, EC2's codes with
`Client.` or `Server.` before them (`Client.UnauthorizedOperation`). Request and response are written as in EC2's XML:
lower camel case, lists as `{"items": [...]}`; EC2's newer actions, those about CIDR blocks among them, have the whole
request as `<Action>Request`, in its own spelling, and the whole response as `<Action>Response`.

Organizations ("Logging AWS Organizations API calls with AWS CloudTrail", User Guide): in us-east-1, in the management
account only; what has become of creating or closing an account comes as an "AWS Service Event via CloudTrail" after the
call's own event.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

import xmltodict
from moto.moto_api._internal import mock_random

from local.aws.calls.interception import Effect, Request
from local.aws.calls.log import is_mutating

Event = dict[str, Any]

_NEWER = ("AssociateVpcCidrBlock", "DisassociateVpcCidrBlock")

_OF_ORGANIZATIONS = ("CreateAccount", "CloseAccount", "MoveAccount", "RemoveAccountFromOrganization")

ORGANIZATIONS_REGION = "us-east-1"


def now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _new_id() -> str:
    """From a generator of this process: asking the kernel for random bytes lets every other thread go first."""
    return str(mock_random.uuid4())


def events_of(request: Request, effect: Effect) -> Iterator[Event]:
    """What AWS would send for this call; nothing if it concerns nobody here."""
    if _is_recorded(request) and effect.error != "DryRunOperation":
        yield _event_of_call(request, effect)
        if request.service == "organizations" and effect.error is None:
            yield from _result(request, effect)


def _is_recorded(request: Request) -> bool:
    """Every change of EC2 is a management event; those of other services concern nobody here, but for four."""
    return (
        is_mutating(request.operation)
        if request.service == "ec2"
        else request.service == "organizations" and request.operation in _OF_ORGANIZATIONS
    )


def _event_of_call(request: Request, effect: Effect) -> Event:
    at = now()
    region = ORGANIZATIONS_REGION if request.service == "organizations" else request.region
    return envelope(
        "AWS API Call via CloudTrail",
        f"aws.{request.service}",
        request.account,
        region,
        at,
        {
            "eventVersion": "1.10",
            "userIdentity": _identity(request),
            "eventTime": at,
            "eventSource": f"{request.service}.amazonaws.com",
            "eventName": request.operation,
            "awsRegion": region,
            "sourceIPAddress": "127.0.0.1",
            "userAgent": request.user_agent,
            **({"errorCode": _error_code(request, effect), "errorMessage": effect.message} if effect.error else {}),
            "requestParameters": _request_parameters(request),
            "responseElements": None if effect.error else _response_elements(request, effect.body),
            "requestID": _new_id(),
            "eventID": _new_id(),
            "readOnly": False,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": request.account,
            "eventCategory": "Management",
        },
    )


def _error_code(request: Request, effect: Effect) -> str:
    return (
        f"{'Server' if effect.status >= 500 else 'Client'}.{effect.error}"
        if request.service == "ec2"
        else str(effect.error)
    )


def envelope(detail_type: str, source: str, account: str, region: str, at: str, detail: dict[str, Any]) -> Event:
    return {
        "version": "0",
        "id": _new_id(),
        "detail-type": detail_type,
        "source": source,
        "account": account,
        "time": at,
        "region": region,
        "resources": [],
        "detail": detail,
    }


def _result(request: Request, effect: Effect) -> Iterator[Event]:
    moment = time.strftime("%b %d, %Y %I:%M:%S %p", time.gmtime())
    moments = {"requestedTimestamp": moment, "completedTimestamp": moment}
    if request.operation == "CreateAccount":
        status = json.loads(effect.body)["CreateAccountStatus"]
        yield _service_event(
            request.account,
            "CreateAccountResult",
            {
                "createAccountStatus": {
                    "id": status["Id"],
                    "state": "SUCCEEDED",
                    "accountName": status["AccountName"],
                    "accountId": status["AccountId"],
                }
                | moments
            },
        )
    if request.operation == "CloseAccount":
        yield _service_event(
            request.account,
            "CloseAccountResult",
            {"closeAccountStatus": {"accountId": request.parameters["AccountId"], "state": "SUCCEEDED"} | moments},
        )


def _service_event(account: str, name: str, details: dict[str, Any]) -> Event:
    return envelope(
        "AWS Service Event via CloudTrail",
        "aws.organizations",
        account,
        ORGANIZATIONS_REGION,
        now(),
        {
            "eventSource": "organizations.amazonaws.com",
            "eventName": name,
            "awsRegion": ORGANIZATIONS_REGION,
            "eventType": "AwsServiceEvent",
            "recipientAccountId": account,
            "serviceEventDetails": details,
        },
    )


def _identity(request: Request) -> dict[str, Any]:
    if request.caller.role is None:
        return {"type": "Root", "principalId": request.account, "arn": request.caller.arn, "accountId": request.account}
    return {
        "type": "AssumedRole",
        "arn": request.caller.arn,
        "accountId": request.account,
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "arn": f"arn:aws:iam::{request.account}:role/{request.caller.role}",
                "accountId": request.account,
                "userName": request.caller.role,
            }
        },
    }


def _request_parameters(request: Request) -> dict[str, Any]:
    if request.operation in ("CreateTags", "DeleteTags"):
        tags = [_lower_camel(tag) for tag in request.parameters.get("Tags", [])]
        return {
            "resourcesSet": {
                "items": [{"resourceId": resource} for resource in request.parameters.get("Resources", [])]
            },
            "tagSet": {"items": tags} if tags else {},
        }
    if request.operation in _NEWER:
        return {f"{request.operation}Request": request.parameters}
    specifications = request.parameters.get("TagSpecifications", [])
    plain = {key: value for key, value in request.parameters.items() if key != "TagSpecifications"}
    shown: dict[str, Any] = _lower_camel(plain)
    if specifications:
        shown["tagSpecificationSet"] = {"items": [_specification(each) for each in specifications]}
    return shown


def _specification(specification: dict[str, Any]) -> dict[str, Any]:
    """The one list that is no `items`."""
    return {"resourceType": specification["ResourceType"], "tags": [_lower_camel(tag) for tag in specification["Tags"]]}


def _lower_camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _lower_camel(member) for key, member in value.items()}
    if isinstance(value, list):
        return {"items": [_lower_camel(item) for item in value]}
    return value


def _response_elements(request: Request, body: str) -> Any:
    if request.service == "organizations":
        return _lower_camel(json.loads(body)) or None
    (answer,) = xmltodict.parse(body).values()
    elements = _plain({key: value for key, value in answer.items() if not key.startswith("@")})
    return {f"{request.operation}Response": elements} if request.operation in _NEWER else elements


def _plain(value: Any) -> Any:
    """XML `item` elements are CloudTrail's `items`; `return` becomes `_return` and is a boolean."""
    if not isinstance(value, dict):
        return value
    if set(value) == {"item"}:
        items = value["item"] if isinstance(value["item"], list) else [value["item"]]
        return {"items": [_plain(item) for item in items]}
    return {
        ("_return" if key == "return" else key): (member == "true" if key == "return" else _plain(member))
        for key, member in value.items()
    }
