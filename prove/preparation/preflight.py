"""What is asked before anything is made. Nothing here changes anything;
each answer is one sentence with the value in it.
"""

import re
from typing import Any, Protocol

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from prove.made.kinds import LOCK_FOLDER, code, is_gone
from prove.made.removal import whatever_is_there
from prove.preparation import permissions
from prove.screen import on_one_line
from prove.target import HUB, MANAGEMENT, SECOND, SERVICE, Target, Who

ALL: tuple[Who, ...] = (MANAGEMENT, HUB, SERVICE, SECOND)
_VPCS_PER_REGION = "L-F678F1CE"  # Service Quotas, "VPCs per Region"


class Asked(Target, Protocol):
    def profile(self, who: Who) -> str:
        """The name that its user has for that account."""


def form(name: str, region: str, other_region: str) -> list[str]:
    """What can be said without asking anybody."""
    found = []
    if not re.fullmatch("[a-z][a-z0-9]{0,15}", name):
        found.append(f"NAME={name}: must be at most 16 small letters and digits, a letter first")
    known = boto3.session.Session().get_available_regions("ec2")
    for word, value in (("REGION", region), ("OTHER", other_region)):
        if value not in known:
            found.append(f"{word}={value}: is no Region of AWS, such as eu-west-1")
    if region == other_region:
        found.append(f"OTHER={other_region}: must be another Region than REGION")
    return found


def identities(target: Asked) -> tuple[dict[Who, str], list[str]]:
    """Who each profile is (its ARN), or why that cannot be told."""
    arns: dict[Who, str] = {}
    found = []
    for who in ALL:
        try:
            arns[who] = target.client(who, "sts").get_caller_identity()["Arn"]
        except (BotoCoreError, ClientError) as e:
            found.append(f"{_named(target, who)}: {on_one_line(str(e))}")
    return arns, found


def organisation(target: Asked) -> list[str]:
    """The management account's word on who is what."""
    accounts = {who: target.account(who) for who in ALL}
    name = _named(target, MANAGEMENT)
    organizations = target.client(MANAGEMENT, "organizations")
    try:
        there = organizations.describe_organization()["Organization"]
        if there["MasterAccountId"] != accounts[MANAGEMENT]:
            return [
                f"{name}: account {accounts[MANAGEMENT]} is a member of {there['Id']}, "
                f"whose management account is {there['MasterAccountId']}"
            ]
        members = {
            each["Id"]: each["Status"]
            for page in organizations.get_paginator("list_accounts").paginate()
            for each in page["Accounts"]
        }
    except ClientError as e:
        if code(e) == "AWSOrganizationsNotInUseException":
            return [f"{name}: account {accounts[MANAGEMENT]} is in no organisation"]
        return [f"{name}: the organisation cannot be read: {on_one_line(str(e))}"]
    found = []
    for who in (HUB, SERVICE, SECOND):
        if members.get(accounts[who]) != "ACTIVE":
            state = members.get(accounts[who], "no member")
            found.append(
                f"{_named(target, who)}: account {accounts[who]} is {state} of {there['Id']}, "
                f"and must be an active member"
            )
    for who, other in ((HUB, SERVICE), (HUB, SECOND), (SERVICE, SECOND), (MANAGEMENT, SERVICE), (MANAGEMENT, SECOND)):
        if accounts[who] == accounts[other]:
            found.append(
                f"{_named(target, who)} and {_named(target, other)}: are both account {accounts[who]}, and must be two"
            )
    return found


def regions(target: Asked) -> list[str]:
    found = []
    for who, region in (
        (HUB, target.region),
        (SERVICE, target.region),
        (SECOND, target.region),
        (SERVICE, target.other_region),
    ):
        states = target.client(who, "ec2").describe_regions(AllRegions=True, RegionNames=[region])["Regions"]
        if not states or states[0].get("OptInStatus") == "not-opted-in":
            found.append(f"{region} is not enabled in {_named(target, who)}, account {target.account(who)}")
    return found


def trail(target: Asked) -> list[str]:
    """EventBridge has events of API calls only where a trail logs them ("AWS service events delivered via
    CloudTrail", user guide).
    """
    cloudtrail = target.client(MANAGEMENT, "cloudtrail")
    for each in cloudtrail.describe_trails(includeShadowTrails=True)["trailList"]:
        if (
            each.get("IsOrganizationTrail")
            and each.get("IsMultiRegionTrail")
            and cloudtrail.get_trail_status(Name=each["TrailARN"])["IsLogging"]
        ):
            return []
    return [
        f"{_named(target, MANAGEMENT)}: no trail of the organisation logs all Regions, "
        f"so no event would tell of any call; "
        f'make one (CloudTrail user guide, "Creating a trail for an organization")'
    ]


def may_hub_read(target: Asked) -> str:
    """`yes`, `no: …` or `ours`: we are to delegate it, because the organisation has no policy of its own."""
    try:
        target.client(HUB, "organizations").describe_account(AccountId=target.account(HUB))
        return "yes"
    except ClientError as e:
        if code(e) != "AccessDeniedException":
            raise
    try:
        target.client(MANAGEMENT, "organizations").describe_resource_policy()
    except ClientError as e:
        if is_gone(e):
            return "ours"
        raise
    return (
        f"no: {_named(target, HUB)}: account {target.account(HUB)} may not read the organisation, "
        f"and it has a policy that is not ours; "
        f"add the statement PeerwayLooksAccountsUp of docs/deploy.md to it"
    )


def room(target: Asked) -> list[str]:
    found = []
    wanted: list[tuple[Who, str, int]] = [
        (HUB, target.region, 2),
        (SERVICE, target.region, 1),
        (SECOND, target.region, 1),
        (SERVICE, target.other_region, 2),
    ]
    for who, region, needed in wanted:
        there = len(target.client(who, "ec2", region).describe_vpcs()["Vpcs"])
        try:
            quota = int(
                target.client(who, "service-quotas", region).get_service_quota(
                    ServiceCode="vpc", QuotaCode=_VPCS_PER_REGION
                )["Quota"]["Value"]
            )
        except ClientError:  # not everybody may ask; five is what an account begins with
            quota = 5
        if there + needed > quota:
            found.append(
                f"{_named(target, who)}: {there} of {quota} VPCs are there in {region}, and {needed} more are needed"
            )
    return found


def rights(target: Asked, arns: dict[Who, str]) -> list[str]:
    return [
        f"{_named(target, who)}: {arns[who]} may not {', '.join(missing)}"
        for who in ALL
        for missing in [permissions.missing(target.client(who, "iam"), who, arns[who])]
        if missing
    ]


def dry_run(target: Asked) -> list[str]:
    """What the policy simulator does not see, EC2 itself tells."""
    found = []
    for who in (HUB, SERVICE, SECOND):
        try:
            target.client(who, "ec2").create_vpc(CidrBlock="10.250.0.0/24", DryRun=True)
        except ClientError as e:
            if code(e) != "DryRunOperation":
                found.append(f"{_named(target, who)}: may not make a VPC in {target.region}: {on_one_line(str(e))}")
    return found


def name(target: Asked) -> list[str]:
    """Started twice, or left by a run that was killed."""
    there, unseen = whatever_is_there(target)
    if unseen:
        return [f"whether {target.run} is taken cannot be told: {unseen[0]}"]
    if not there:
        return []
    began = _begun(target.client(HUB, "ssm"), target.run)
    return [
        f"NAME: {target.run} is taken ({began}): {'; '.join(map(str, there[:3]))}{' …' if len(there) > 3 else ''}. "
        f"Choose another, wait for that run, or remove what it left with CLEAN=1"
    ]


def _begun(ssm: Any, run: str) -> str:
    try:
        return f"begun {ssm.get_parameter(Name=LOCK_FOLDER + run)['Parameter']['Value']}"
    except ClientError:
        return "nobody says by whom"


def _named(target: Asked, who: Who) -> str:
    """As its user has written it."""
    return f"{who.upper()}={target.profile(who)}"
