"""The CloudTrail events that AWS sends to EventBridge for calls that change the network.

AWS behaviour ("AWS service events delivered via AWS CloudTrail", Amazon EventBridge User Guide; "CloudTrail record contents", AWS
CloudTrail User Guide): one event a call, on the default bus of the account that called, detail-type "AWS API Call via
CloudTrail"; a refused call has errorCode and errorMessage and null responseElements. Request and response are written as in EC2's
XML: lower camel case, lists as `{"items": [...]}`; EC2's newer actions, those about CIDR blocks among them, have the whole
request as `<Action>Request`, in its own spelling, and the whole response as `<Action>Response`.
"""

import time
import uuid
from typing import Any

import xmltodict

from local.aws.interception import Effect, Request

Event = dict[str, Any]

_NEWER = ("AssociateVpcCidrBlock", "DisassociateVpcCidrBlock")

_TRACKED = {f"ec2:{operation}" for operation in (
    "CreateVpcPeeringConnection", "AcceptVpcPeeringConnection", "DeleteVpcPeeringConnection", "RejectVpcPeeringConnection",
    "CreateTags", "DeleteTags", "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock", "DeleteVpc")}


def now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def event_of(request: Request, effect: Effect) -> Event | None:
    """What AWS would send for this call; None if it concerns nobody here."""
    if request.action not in _TRACKED or effect.error == "DryRunOperation":
        return None
    at = now()
    return envelope("AWS API Call via CloudTrail", "aws.ec2", request.account, request.region, at, {
        "eventVersion": "1.10",
        "userIdentity": _identity(request),
        "eventTime": at,
        "eventSource": "ec2.amazonaws.com",
        "eventName": request.operation,
        "awsRegion": request.region,
        "sourceIPAddress": "127.0.0.1",
        "userAgent": request.user_agent,
        **({"errorCode": effect.error, "errorMessage": effect.message} if effect.error else {}),
        "requestParameters": _request_parameters(request),
        "responseElements": None if effect.error else _response_elements(request, effect.body),
        "requestID": str(uuid.uuid4()),
        "eventID": str(uuid.uuid4()),
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": request.account,
        "eventCategory": "Management",
    })


def envelope(detail_type: str, source: str, account: str, region: str, at: str, detail: dict[str, Any]) -> Event:
    return {"version": "0", "id": str(uuid.uuid4()), "detail-type": detail_type, "source": source, "account": account,
            "time": at, "region": region, "resources": [], "detail": detail}


def create_account_result(management_account: str, name: str, status: dict[str, Any]) -> Event:
    """AWS behaviour ("Logging AWS Organizations API calls with AWS CloudTrail", User Guide): in us-east-1, in the management account
    only.
    """
    moment = time.strftime("%b %d, %Y %I:%M:%S %p", time.gmtime())
    return envelope("AWS Service Event via CloudTrail", "aws.organizations", management_account, "us-east-1", now(), {
        "eventSource": "organizations.amazonaws.com", "eventName": "CreateAccountResult", "awsRegion": "us-east-1",
        "eventType": "AwsServiceEvent", "recipientAccountId": management_account,
        "serviceEventDetails": {"createAccountStatus": {
            "id": status["Id"], "state": "SUCCEEDED", "accountName": name, "accountId": status["AccountId"],
            "requestedTimestamp": moment, "completedTimestamp": moment}}})


def _identity(request: Request) -> dict[str, Any]:
    if request.caller.role is None:
        return {"type": "Root", "principalId": request.account, "arn": request.caller.arn, "accountId": request.account}
    return {"type": "AssumedRole", "arn": request.caller.arn, "accountId": request.account,
            "sessionContext": {"sessionIssuer": {
                "type": "Role", "arn": f"arn:aws:iam::{request.account}:role/{request.caller.role}",
                "accountId": request.account, "userName": request.caller.role}}}


def _request_parameters(request: Request) -> dict[str, Any]:
    if request.operation in ("CreateTags", "DeleteTags"):
        return {"resourcesSet": {"items": [{"resourceId": resource} for resource in request.parameters.get("Resources", [])]},
                "tagSet": {"items": [_lower_camel(tag) for tag in request.parameters.get("Tags", [])]}}
    if request.operation in _NEWER:
        return {f"{request.operation}Request": request.parameters}
    return _lower_camel(request.parameters)


def _lower_camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _lower_camel(member) for key, member in value.items()}
    if isinstance(value, list):
        return {"items": [_lower_camel(item) for item in value]}
    return value


def _response_elements(request: Request, body: str) -> Any:
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
    return {("_return" if key == "return" else key): (member == "true" if key == "return" else _plain(member))
            for key, member in value.items()}
