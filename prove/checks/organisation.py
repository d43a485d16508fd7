"""What Organizations and Control Tower say. Nobody joins or leaves for a proof:
what was there in 90 days is in the event history.
"""

import json
from typing import Any

from botocore.exceptions import ClientError

from prove.made.kinds import code
from prove.registry import assumption
from prove.stage import Stage
from prove.target import HUB, MANAGEMENT
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds, Verdict

STRANGER = "137112412989"
"""Amazon's account that owns the images of Amazon Linux ("Find an AMI", EC2 user guide): one that exists,
in nobody's sandbox.
"""

ORGANIZATIONS_REGION = "us-east-1"


@assumption("stranger-account")
def stranger_account(stage: Stage) -> Verdict:
    organizations = stage.target.client(HUB, "organizations")
    members = [
        account["Id"]
        for page in organizations.get_paginator("list_accounts").paginate()
        for account in page["Accounts"]
    ]
    listed = "ListAccounts has it" if STRANGER in members else "ListAccounts does not have it"
    try:
        organizations.describe_account(AccountId=STRANGER)
    except ClientError as e:
        seen = f"{code(e)}; {listed}"
        expected = code(e) in ("AccountNotFoundException", "AccessDeniedException") and STRANGER not in members
        return Holds(seen) if expected else DoesNotHold(seen)
    return DoesNotHold(f"DescribeAccount of {STRANGER} answered without an error; {listed}")


@assumption("who-joined-and-departed")
def who_joined_and_departed(stage: Stage) -> Verdict:
    records = [
        record
        for name in ("AccountJoinedOrganization", "AccountDepartedOrganization")
        for record in _history(stage, ORGANIZATIONS_REGION, name)
    ]
    if not records:
        return CouldNotBeTried(
            "no account joined by invitation or departed within 90 days (the event history has no such record)"
        )
    details = [record.get("serviceEventDetails") or {} for record in records]
    seen = f"{len(records)} records; serviceEventDetails have {sorted({key for each in details for key in each})}"
    named = all(each.get("accountId") or each.get("memberAccountId") for each in details)
    return Holds(seen) if named else DoesNotHold(seen)


@assumption("control-tower-moves-accounts")
def control_tower_moves(stage: Stage) -> Verdict:
    regions = dict.fromkeys([stage.target.region, ORGANIZATIONS_REGION])
    enrolled = {
        account
        for region in regions
        for name in ("CreateManagedAccount", "UpdateManagedAccount")
        for record in _history(stage, region, name)
        for account in [_enrolled_account(record)]
        if account
    }
    if not enrolled:
        return CouldNotBeTried(
            "Control Tower enrolled no account within 90 days (the event history has no such record)"
        )
    moves = _history(stage, ORGANIZATIONS_REGION, "MoveAccount")
    moved = {(record.get("requestParameters") or {}).get("accountId") for record in moves}
    both = ", ".join(sorted(enrolled & moved)) or "none"
    seen = f"enrolled: {', '.join(sorted(enrolled))}; with a record of MoveAccount: {both}"
    return Holds(seen) if enrolled <= moved else DoesNotHold(seen)


def _enrolled_account(record: dict[str, Any]) -> str | None:
    details = record.get("serviceEventDetails") or {}
    status: dict[str, Any] = next(
        (details[key] for key in ("createManagedAccountStatus", "updateManagedAccountStatus") if key in details), {}
    )
    return (status.get("account") or {}).get("accountId") if status.get("state") == "SUCCEEDED" else None


def _history(stage: Stage, region: str, name: str) -> list[dict[str, Any]]:
    trail = stage.target.client(MANAGEMENT, "cloudtrail", region)
    pages = trail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}]
    )
    return [json.loads(event["CloudTrailEvent"]) for page in pages for event in page["Events"]]
