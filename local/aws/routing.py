"""Which bus an event reaches: the sender's default bus, and from there the hub bus, through rules and against policies.

AWS behaviour ("Sending and receiving events between AWS accounts", Amazon EventBridge User Guide): a rule on the sender's default
bus forwards what its pattern matches to the receiver's bus, if the rule's role may put events there (event_role.py) and that bus's
policy lets the sender do so; the event keeps its account, id and time. An event that came from another account is not sent on to a
third. The rules are those of stacks/service-account.yaml and stacks/management-account.yaml as deployed by moto; ministack matches
their patterns; the policy is the deployed template's.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local.aws.accounts import REGION
from local.aws.event_role import may_put_events
from local.aws.ministack_child.process import Ministack
from local.aws.policy import allows
from local.aws.trail import Event

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ForwardingRule:
    """A rule on the default bus of an account, in one Region."""

    name: str
    pattern: str
    target_bus: str
    role: str | None
    """ARN of the role with which EventBridge puts events on that bus."""


class Routing:
    def __init__(self, ministack: Ministack, policy_of_bus: Callable[[str], dict[str, Any]],
                 organization_of: Callable[[str], str | None]) -> None:
        self._ministack, self._policy_of_bus, self._organization_of = ministack, policy_of_bus, organization_of
        self._rules: dict[tuple[str, str], list[ForwardingRule]] = {}

    def forward_from(self, account: str, region: str, rules: list[ForwardingRule]) -> None:
        self._rules[account, region] = rules

    def emit(self, event: Event) -> None:
        """AWS sends `event` to the default bus of the event's account."""
        self.put("default", event["account"], event["region"], event)
        for rule in self._rules.get((event["account"], event["region"]), []):
            if self._matches(rule, event):
                self.send(event, rule)

    def send(self, event: Event, rule: ForwardingRule) -> bool:
        """From the default bus of the event's account to the rule's target; False if the rule's role or that bus's policy refuses."""
        account, bus = rule.target_bus.split(":")[4], rule.target_bus.split("/")[-1]
        origin = event["account"]
        if not may_put_events(rule.role, rule.target_bus, origin):
            _log.warning("Rule %s of account %s has no role that may put events on bus %s: %s is dropped",
                         rule.name, origin, bus, event["detail-type"])
            return False
        context = {"aws:PrincipalOrgID": self._organization_of(origin), "aws:PrincipalAccount": origin,
                   "aws:SourceAccount": origin}
        if not allows(self._policy_of_bus(bus), "events:PutEvents", [f"arn:aws:iam::{origin}:root"], origin, context):
            _log.warning("The policy of bus %s refuses %s of account %s (rule %s)", bus, event["detail-type"], origin, rule.name)
            return False
        self.put(bus, account, rule.target_bus.split(":")[3] or REGION, event)
        return True

    def _matches(self, rule: ForwardingRule, event: Event) -> bool:
        return bool(self._ministack.ask("matches", {"pattern": rule.pattern, "event": event})["matches"])

    def put(self, bus: str, account: str, region: str, event: Event) -> None:
        """On a bus of `account`, and through its rules."""
        self._ministack.ask("events", {"bus": bus, "account": account, "region": region, "event": event})
