"""The events that EC2 sends when the state of an instance changes.

AWS behaviour ("State change events for Amazon EC2 instances", Amazon EC2 User Guide): an `EC2 Instance State-change
Notification` on the default bus of the account and Region, with the instance's ARN among the resources and
`{"instance-id", "state"}` as its detail. A launched or started instance enters `pending` and then `running`, a stopped
one `stopping` and `stopped`, a terminated one `shutting-down` and `terminated`. ("Instance reboot", same guide: a
rebooted instance stays `running`, so there is no event.)
"""

from collections.abc import Iterator

import xmltodict

from local.aws.calls import trail
from local.aws.calls.interception import Effect, Request

DETAIL_TYPE = "EC2 Instance State-change Notification"

_STATES = {
    "RunInstances": ("pending", "running"),
    "StartInstances": ("pending", "running"),
    "StopInstances": ("stopping", "stopped"),
    "TerminateInstances": ("shutting-down", "terminated"),
}


def events_of(request: Request, effect: Effect) -> Iterator[trail.Event]:
    """What AWS would send for this call, in its order; nothing for an instance that was in that state before."""
    if request.service == "ec2" and request.operation in _STATES and effect.error is None:
        for instance in _changed(request.operation, effect.body):
            for state in _STATES[request.operation]:
                yield trail.envelope(
                    DETAIL_TYPE,
                    "aws.ec2",
                    request.account,
                    request.region,
                    trail.now(),
                    {"instance-id": instance, "state": state},
                ) | {"resources": [f"arn:aws:ec2:{request.region}:{request.account}:instance/{instance}"]}


def _changed(operation: str, body: str) -> Iterator[str]:
    (answer,) = xmltodict.parse(body, force_list=("item",)).values()
    for item in (answer.get("instancesSet") or {}).get("item", []):
        before = (item.get("previousState") or {}).get("name")
        if before is None or before not in _STATES[operation]:
            yield item["instanceId"]
