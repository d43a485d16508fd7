"""Which bus an event reaches: the sender's default bus, and from there the hub bus, through rules and against policies.

AWS behaviour ("Sending and receiving events between AWS accounts", Amazon EventBridge User Guide): a rule on the
sender's default bus forwards what its pattern matches to the receiver's bus, if the rule's role may put events there
(permissions/event_role.py) and that bus's policy lets the sender do so; the event keeps its account, id and time. An
event that came from another account is not sent on to a third. The rules are those of stacks/service-account.yaml and
stacks/management-account.yaml as deployed by moto; ministack's own matcher reads their patterns; the policy is the
deployed template's.
"""

import functools
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ministack.services import eventbridge

from local.aws.accounts import REGION
from local.aws.calls.trail import Event
from local.aws.ministack_child.process import Ministack
from local.aws.permissions.event_role import may_put_events
from local.aws.permissions.policy import allows

_log = logging.getLogger(__name__)
Policy = dict[str, Any]
Placed = dict[str, Any]
"""An event and the bus it is put on, as ministack_child/bus.py takes it."""


@dataclass(frozen=True)
class ForwardingRule:
    """A rule on the default bus of an account, in one Region."""

    name: str
    pattern: str
    target_bus: str
    role: str | None
    """ARN of the role with which EventBridge puts events on that bus."""

    @property
    def bus_name(self) -> str:
        return self.target_bus.split("/")[-1]


class Routing:
    def __init__(
        self, ministack: Ministack, policy_of_bus: Callable[[str], Policy], organization_of: Callable[[str], str | None]
    ) -> None:
        self._ministack, self._policy_of_bus, self._organization_of = ministack, policy_of_bus, organization_of
        self._rules: dict[tuple[str, str], list[ForwardingRule]] = {}

    def forward_from(self, account: str, region: str, rules: list[ForwardingRule]) -> None:
        self._rules[account, region] = rules

    def emit(self, events: list[Event]) -> None:
        """AWS sends each event to the default bus of its account. A bus gets them in this order."""
        policy_of = functools.cache(self._policy_of_bus)  # asked once for all of them
        placed: list[Placed] = []
        for event in events:
            try:
                placed += self._ways(event, policy_of)
            except Exception:
                _log.exception("an event was not sent: %s", event)
        self._ministack.ask("events", {"placed": placed})

    def put(self, bus: str, account: str, region: str, event: Event) -> None:
        """On a bus of `account`, and through its rules."""
        self._ministack.ask("events", {"placed": [_placed(bus, account, region, event)]})

    def _ways(self, event: Event, policy_of: Callable[[str], Policy]) -> Iterator[Placed]:
        yield _placed("default", event["account"], event["region"], event)
        for rule in self._rules.get((event["account"], event["region"]), []):
            if matches(rule.pattern, event) and self._may_forward(rule, event, policy_of):
                account, region = rule.target_bus.split(":")[4], rule.target_bus.split(":")[3] or REGION
                yield _placed(rule.bus_name, account, region, event)

    def _may_forward(self, rule: ForwardingRule, event: Event, policy_of: Callable[[str], Policy]) -> bool:
        """From the default bus of the event's account to the rule's target:
        whether the rule's role and that bus's policy allow it.
        """
        origin = event["account"]
        if not may_put_events(rule.role, rule.target_bus, origin):
            _log.warning(
                "Rule %s of account %s has no role that may put events on bus %s: %s is dropped",
                rule.name,
                origin,
                rule.bus_name,
                event["detail-type"],
            )
            return False
        context = {
            "aws:PrincipalOrgID": self._organization_of(origin),
            "aws:PrincipalAccount": origin,
            "aws:SourceAccount": origin,
        }
        if not allows(policy_of(rule.bus_name), "events:PutEvents", [f"arn:aws:iam::{origin}:root"], origin, context):
            _log.warning(
                "The policy of bus %s refuses %s of account %s (rule %s)",
                rule.bus_name,
                event["detail-type"],
                origin,
                rule.name,
            )
            return False
        return True


def matches(pattern: str, event: Event) -> bool:
    """By the matcher that ministack's rules use, which remembers the patterns it has read."""
    return bool(eventbridge._matches_pattern(pattern, eventbridge._event_from_test_payload(event)))


def _placed(bus: str, account: str, region: str, event: Event) -> Placed:
    return {"bus": bus, "account": account, "region": region, "event": event}
