"""CloudTrail's event history.

AWS behaviour ("LookupEvents", "Event", AWS CloudTrail API Reference): the management events of the account in this
Region, the newest first, at most 50 an answer; one LookupAttribute at most (InvalidLookupAttributesException);
StartTime and EndTime; CloudTrailEvent is the whole record as JSON. moto has no such action. `world.history` is what
calls/trail.py has recorded, from the call on; on AWS it takes minutes, and answers two calls a second.
"""

import base64
import calendar
import json
import time
from collections.abc import Callable
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse

from local.aws.calls.errors import AwsError
from local.aws.calls.log import resources_in
from local.aws.moto import world

_PAGE = 50
_KINDS = {
    "acl": "NetworkAcl",
    "eni": "NetworkInterface",
    "i": "Instance",
    "igw": "InternetGateway",
    "pcx": "VPCPeeringConnection",
    "rtb": "RouteTable",
    "sg": "SecurityGroup",
    "subnet": "Subnet",
    "vpc": "VPC",
}
_Record = dict[str, Any]

_ATTRIBUTES: dict[str, Callable[[_Record], list[str]]] = {
    "EventId": lambda record: [record["eventID"]],
    "EventName": lambda record: [record["eventName"]],
    "EventSource": lambda record: [record["eventSource"]],
    "ReadOnly": lambda record: [str(record["readOnly"]).lower()],
    "ResourceName": lambda record: [resource["ResourceName"] for resource in _resources(record)],
    "ResourceType": lambda record: [resource["ResourceType"] for resource in _resources(record)],
    "Username": lambda record: [_username(record)],
}


def lookup_events(response: CloudTrailResponse) -> str:
    asked = json.loads(response.body or "{}")
    attributes = asked.get("LookupAttributes", [])
    if len(attributes) > 1 or any(each["AttributeKey"] not in _ATTRIBUTES for each in attributes):
        raise AwsError("InvalidLookupAttributesException", "You can specify one lookup attribute only")
    found = [
        record
        for record in reversed(world.current.history)
        if (record["recipientAccountId"], record["awsRegion"]) == (response.current_account, response.region)
        and asked.get("StartTime", 0) <= _seconds(record) <= asked.get("EndTime", time.time() + 1)
        and all(each["AttributeValue"] in _ATTRIBUTES[each["AttributeKey"]](record) for each in attributes)
    ]
    start = int(base64.b64decode(asked["NextToken"])) if asked.get("NextToken") else 0
    end = start + min(asked.get("MaxResults", _PAGE), _PAGE)
    more = {"NextToken": base64.b64encode(str(end).encode()).decode()} if end < len(found) else {}
    return json.dumps({"Events": [_shown(record) for record in found[start:end]]} | more)


CloudTrailResponse.lookup_events = lookup_events  # type: ignore[attr-defined]


def _shown(record: _Record) -> dict[str, Any]:
    return {
        "EventId": record["eventID"],
        "EventName": record["eventName"],
        "EventSource": record["eventSource"],
        "EventTime": _seconds(record),
        "ReadOnly": str(record["readOnly"]).lower(),
        "Username": _username(record),
        "Resources": _resources(record),
        "CloudTrailEvent": json.dumps(record),
    }


def _resources(record: _Record) -> list[dict[str, str]]:
    """What the request names and the response has made."""
    ids = resources_in(json.dumps(record["requestParameters"]), json.dumps(record["responseElements"]))
    return [
        {"ResourceType": f"AWS::EC2::{_KINDS[id_.split('-')[0]]}", "ResourceName": id_}
        for id_ in ids
        if id_.split("-")[0] in _KINDS
    ]


def _username(record: _Record) -> str:
    """The session's name for a role, as the console shows it."""
    arn = record["userIdentity"]["arn"]
    return str(arn.split("/")[-1] if "/" in arn else "root")


def _seconds(record: _Record) -> int:
    return calendar.timegm(time.strptime(record["eventTime"], "%Y-%m-%dT%H:%M:%SZ"))
