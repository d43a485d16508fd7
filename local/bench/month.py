"""python -m local.bench.month: the tables of docs/cost.md, from counts. A test keeps the two alike."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.aws.stacks import cloudformation_yaml
from prove.preparation import prices

SERVICES = (10, 40, 125)
"""Each in an account of its own. 125 is the most that a VPC can be peered with."""

HOURS, DAYS = 730, 730 / 24
OTHER_ACCOUNTS = 100
"""Of the organisation, without a VPC for us; the daily run takes five at a time."""

CHANGES = 0.1
"""Of the services come, and as many go, in a month."""

LOOKS = 20
"""At an account in a month, for events of its VPCs."""

PATHS = {
    "reconcile": (
        "Start ReadHub CheckAccounts VpnAsked CheckVpn VpnAnswered WaitForVpn CheckVpn VpnAnswered"
        " Report Mode NatDrifted Repair WhatIsLeft Done"
    ),
    "connect": (
        "Admit Admission IsNews Accept PeeringState WaitForPeering Accept PeeringState"
        " Join HubRoutes JoinService ApplyNat WaitForNat CheckNat NatState WaitForNat CheckNat NatState"
        " Verify AnyNews NotifyConnected"
    ),
    "disconnect": (
        "Withdraw Withdrawal ApplyNat WaitForNat CheckNat NatState WaitForNat CheckNat NatState"
        " HubRoutes DeletePeering Ended LeaveService Left NotifyDisconnected WhatNext LookAgain NothingToDo"
    ),
    "look-at-account": "Start Defaults Survey Surveyed AnyRefused Each Again Done",
}
"""The usual way through each workflow, with a poll where one is usual: a run of reconcile, or a look at an account,
that finds nothing. (In reconcile one more for each account with a connection, or five others.)
"""

TRANSITIONS = {workflow: len(path.split()) for workflow, path in PATHS.items()}

SECONDS = 2
"""Of a function with 1 GB, billed from its start: generous, since one that was just there takes a tenth."""

POLLS = 2 * 5 * 3 * 60
"""An hour: two queues, five readers each, every 20 seconds ("Using Lambda with Amazon SQS", Lambda Developer Guide)."""

MILLION_REQUESTS = 0.40  # "Amazon SQS pricing"
MILLION_INVOCATIONS = 0.20  # "AWS Lambda Pricing"
METRIC = 0.30  # "Amazon CloudWatch Pricing", a month
LOG_GIGABYTE = 0.50  # "Amazon CloudWatch Pricing", us-east-1
METRICS = 7
DASHBOARD = 3.00  # "Amazon CloudWatch Pricing", a month; the first three of an account are free
SEEN_ALARMS = ("PeeringsAlarm", "RoutesAlarm", "TrackedConnectionsAlarm", "InsertFailedAlarm")
SEEN_METRICS = 5 + 1
"""Of the dashboard: five are sent every hour (connected ones, two quotas, tracked connections of one VPN instance and
of all). Those that are sent only in hours in which there is something, such as drift, are charged for these: one more.
"""

VIEWS = 22 * 40
"""Of the dashboard in a month, by everybody; each asks for three widgets."""

DIAGNOSES = 100
DIAGNOSIS_SECONDS = 30
EXPRESS_REQUEST, EXPRESS_GB_SECOND = 1.00 / 1e6, 0.00001667  # "AWS Step Functions Pricing", at 64 MB
KILOBYTES = 3
"""Of log, of one invocation."""

ATTACHMENT, EDGE, WAN_ATTACHMENT = 0.05, 0.50, 0.065  # an hour: docs/cost.md says from where
ASSOCIATION, CLIENT = 0.10, 0.05


@dataclass(frozen=True)
class Month:
    services: int

    def runs(self) -> float:
        """How many accounts, or groups of five, all runs of reconcile look at."""
        return HOURS * self.services + DAYS * (self.services + OTHER_ACCOUNTS / 5)

    def transitions(self) -> int:
        own = CHANGES * (TRANSITIONS["connect"] + TRANSITIONS["disconnect"]) + LOOKS * TRANSITIONS["look-at-account"]
        return round(TRANSITIONS["reconcile"] * (HOURS + DAYS) + self.runs() + self.services * own)

    def invocations(self) -> int:
        scan = HOURS * 6
        own = CHANGES * (10 + 8) + LOOKS * 2
        return round(4 * (HOURS + DAYS) + self.runs() + scan + self.services * own)

    def calls(self) -> int:
        """Of EC2, STS, Systems Manager and Organizations, which cost nothing: docs/operate.md, "Calls of a run"."""
        hourly = 8 + 4 * self.services
        daily = 8 + 5 * self.services + 4 * OTHER_ACCOUNTS + (self.services + OTHER_ACCOUNTS) / 20
        return round(HOURS * hourly + DAYS * daily + HOURS * 6 * 2 + self.services * LOOKS * 6)

    def seen(self) -> dict[str, float]:
        """What the dashboard takes of it. It is the same however many services there are."""
        invocation = SECONDS * prices.GB_SECOND + MILLION_INVOCATIONS / 1e6 + KILOBYTES / 1e6 * LOG_GIGABYTE
        return {
            "the dashboard itself": DASHBOARD,
            "metrics": SEEN_METRICS * METRIC,
            "alarms": len(SEEN_ALARMS) * prices.HOUR["alarm"] * HOURS,
            "looking, asking the doctor": 3 * VIEWS * invocation
            + DIAGNOSES
            * (
                5 * invocation
                + DIAGNOSIS_SECONDS * prices.GB_SECOND
                + EXPRESS_REQUEST
                + DIAGNOSIS_SECONDS * 0.064 * EXPRESS_GB_SECOND
            ),
        }

    def dollars(self) -> dict[str, float]:
        return {
            "Step Functions": self.transitions() / 1000 * prices.THOUSAND_TRANSITIONS,
            "Lambda": self.invocations() * (SECONDS * prices.GB_SECOND + MILLION_INVOCATIONS / 1e6),
            "SQS": POLLS * HOURS / 1e6 * MILLION_REQUESTS,
            "CloudWatch": (alarms() - len(SEEN_ALARMS)) * prices.HOUR["alarm"] * HOURS
            + METRICS * METRIC
            + self.invocations() * KILOBYTES / 1e6 * LOG_GIGABYTE,
            "KMS": prices.HOUR["customer managed key"] * HOURS,
            "the dashboard": sum(self.seen().values()),
        }

    def total(self) -> float:
        return sum(self.dollars().values())


def alarms() -> int:
    template = cloudformation_yaml.load(Path(__file__).parents[2] / "template.yaml")
    return sum(resource["Type"] == "AWS::CloudWatch::Alarm" for resource in template["Resources"].values())


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    for row in [head, ["---"] + ["---:"] * (len(head) - 1), *rows]:
        yield "| " + " | ".join(row) + " |"


def counts(months: list[Month]) -> Iterator[str]:
    rows = [
        [what, *(f"{getattr(month, name)():,}" for month in months)]
        for what, name in (
            ("state transitions", "transitions"),
            ("invocations of functions", "invocations"),
            ("calls of AWS", "calls"),
        )
    ]
    parts = [[name, *(f"${month.dollars()[name]:.2f}" for month in months)] for name in months[0].dollars()]
    yield from table(
        ["A month", *(f"{month.services} services" for month in months)],
        [*rows, *parts, ["**all**", *(f"**${month.total():.2f}**" for month in months)]],
    )


def looked_at(month: Month) -> Iterator[str]:
    parts = [[name, f"${dollars:.2f}"] for name, dollars in month.seen().items()]
    yield from table(["A month", "dashboard"], [*parts, ["**all**", f"**${sum(month.seen().values()):.2f}**"]])


def beside(months: list[Month]) -> Iterator[str]:
    def row(what: str, hourly: list[float]) -> list[str]:
        return [what, *(f"${each * HOURS:,.0f}" for each in hourly)]

    count = [month.services for month in months]
    yield from table(
        ["A month", *(f"{services} services" for services in count)],
        [
            ["VPC peering with Peerway", *(f"${month.total():,.0f}" for month in months)],
            row("Transit Gateway", [ATTACHMENT * (services + 1) for services in count]),
            row("Cloud WAN, one Region", [EDGE + WAN_ATTACHMENT * (services + 1) for services in count]),
            [
                "Client VPN in place of the VPN instance, besides",
                *[f"${2 * ASSOCIATION * HOURS + 20 * 160 * CLIENT:,.0f}"] * len(count),
            ],
        ],
    )


def main() -> int:
    months = [Month(services) for services in SERVICES]
    print("\n".join([*counts(months), "", *looked_at(months[0]), "", *beside(months)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
