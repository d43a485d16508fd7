"""Whether what Organizations told of accounts has all arrived: each event that asks for a look at an account has its
execution of look-at-account, which is named after both, and nothing waits in the dead-letter queue.
"""

from dataclasses import dataclass
from typing import Any

from local.aws.accounts import HUB
from local.rig.client import RigClient

Event = dict[str, Any]
ASKING = {
    "CreateAccountResult": ("serviceEventDetails", "createAccountStatus", "accountId"),
    "MoveAccount": ("requestParameters", "accountId"),
}
"""What creating an account and moving it into its unit make Organizations tell,
and where those events name the account.
"""


@dataclass(frozen=True)
class Deliveries:
    asking: int
    """Events that ask for a look at an account."""

    lost: int
    """Of those, events without an execution."""

    unasked: int
    """Executions of look-at-account that none of those events asked for."""

    undelivered: int
    """Messages in the dead-letter queue."""

    @property
    def complete(self) -> bool:
        return self.lost == self.unasked == self.undelivered == 0


def deliveries(events: list[Event], executions: list[dict[str, Any]], undelivered: int) -> Deliveries:
    """Of the events that were let go and the executions of look-at-account since."""
    asked = {f"{_account(event)}-{event['id']}" for event in events if event["detail"]["eventName"] in ASKING}
    ran = {execution["name"] for execution in executions}
    return Deliveries(len(asked), lost=len(asked - ran), unasked=len(ran - asked), undelivered=undelivered)


def undelivered(rig: RigClient) -> int:
    counts = rig.boto("sqs", HUB).get_queue_attributes(
        QueueUrl=rig.rig["outputs"]["UndeliveredEventsUrl"],
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return sum(map(int, counts.values()))


def _account(event: Event) -> str:
    named: Any = event["detail"]
    for step in ASKING[event["detail"]["eventName"]]:
        named = named[step]
    return str(named)
