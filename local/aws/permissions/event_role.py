"""The role with which a rule puts events on a bus of another account or Region.

AWS behaviour ("Sending and receiving events between AWS accounts", Amazon EventBridge User Guide; "PutPermission",
Amazon EventBridge API Reference): a bus may let in a whole organisation, but then a sender needs a role besides, whose
policies let it put events on that bus. EventBridge assumes the role, so its trust policy has to name
events.amazonaws.com ("Using identity-based policies for Amazon EventBridge", User Guide).
"""

from local.aws.permissions.needs import Need
from local.aws.permissions.policy import allows
from local.aws.permissions.roles import trust_policy
from local.aws.permissions.verdicts import role_may

_EVENTBRIDGE = "events.amazonaws.com"


def may_put_events(role_arn: str | None, bus_arn: str, account: str) -> bool:
    """Whether a rule of `account` that has this role may put events on the bus."""
    return (
        role_arn is not None
        and is_assumable(role_arn, account)
        and role_may(role_arn, Need("events:PutEvents", bus_arn))
    )


def is_assumable(role_arn: str, account: str) -> bool:
    """Whether EventBridge may assume it for a rule of `account`."""
    trust = trust_policy(role_arn)
    return trust is not None and allows(
        trust, "sts:AssumeRole", [_EVENTBRIDGE], _EVENTBRIDGE, {"aws:SourceAccount": account}
    )
