"""What crosses Regions: events, and the conditions of the role in service accounts."""

import json
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from prove.made.kinds import code
from prove.registry import Later, assumption
from prove.stage import Stage
from prove.target import HUB, SERVICE
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds, Verdict
from prove.waiting import until

_CIDR = "10.249.0.0/24"


@assumption("bus-in-another-account-and-region")
def bus_across(stage: Stage) -> Later:
    """The service account's rule of another Region forwards every DeleteVpc."""
    region = stage.target.other_region
    stage.target.watch_other_region(stage.journal)
    vpc = stage.make.vpc(SERVICE, _CIDR, "other-region", region)
    stage.ec2(SERVICE, region).delete_vpc(VpcId=vpc)
    yield
    event = stage.on_hub_bus.first("DeleteVpc", lambda event: vpc in str(event["detail"]["requestParameters"]))
    if event is None:
        return stage.on_hub_bus.absence(
            f"DeleteVpc of {vpc} in {region} is not on the hub's bus after {stage.target.patience.event:.0f} s"
        )
    origin = f"account {event['account']}, {event['region']}"
    seen = f"DeleteVpc of {vpc}, {origin}, came to the hub's bus in {stage.target.region}"
    return Holds(seen) if event["region"] == region else DoesNotHold(seen)


@assumption("accepter-vpc-across-regions")
def accepter_vpc(stage: Stage) -> Verdict:
    region = stage.target.other_region
    vpc = stage.make.vpc(SERVICE, _CIDR, "asks-from-afar", region)
    ask = {
        "VpcId": vpc,
        "PeerVpcId": stage.hub_scratch,
        "PeerOwnerId": stage.target.account(HUB),
        "PeerRegion": stage.target.region,
    }
    return _which_region(
        stage,
        "CreateVpcPeeringConnection",
        "ec2:AccepterVpc",
        lambda ec2: ec2.create_vpc_peering_connection(DryRun=True, **ask),
    )


@assumption("requester-vpc-across-regions")
def requester_vpc(stage: Stage) -> Verdict:
    region = stage.target.other_region
    vpc = stage.make.vpc(SERVICE, _CIDR, "asked-from-afar", region)
    id = stage.make.request(HUB, stage.hub_scratch, SERVICE, vpc, peer_region=region)
    return _which_region(
        stage,
        "AcceptVpcPeeringConnection",
        "ec2:RequesterVpc",
        lambda ec2: ec2.accept_vpc_peering_connection(DryRun=True, VpcPeeringConnectionId=id),
    )


def _which_region(stage: Stage, action: str, key: str, ask: Any) -> Verdict:
    """Tries the condition of stacks/service-account.yaml with either Region in the ARN,
    as a session of a role that may do the rest.
    """
    here, afar = stage.target.region, stage.target.other_region
    answers = {region: _answer(stage, action, key, region, ask) for region in (here, afar)}
    seen = f"{key} with the hub VPC's Region {here}: {answers[here]}; with the caller's {afar}: {answers[afar]}"
    if "DryRunOperation" not in answers.values() and "UnauthorizedOperation" not in answers.values():
        return CouldNotBeTried(seen)
    if answers[here] == answers[afar] == "DryRunOperation":  # then the condition counts for nothing in a dry run
        return CouldNotBeTried(seen)
    return Holds(seen) if answers[here] == "DryRunOperation" else DoesNotHold(seen)


def _answer(stage: Stage, action: str, key: str, region: str, ask: Any) -> str:
    service, hub = stage.target.account(SERVICE), stage.target.account(HUB)
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": f"ec2:{action}", "Resource": f"arn:aws:ec2:*:{service}:vpc/*"},
            {
                "Effect": "Allow",
                "Action": f"ec2:{action}",
                "Resource": f"arn:aws:ec2:*:{service}:vpc-peering-connection/*",
                "Condition": {"ArnEquals": {key: f"arn:aws:ec2:{region}:{hub}:vpc/{stage.hub_scratch}"}},
            },
        ],
    }

    def answer() -> str | None:
        try:
            ask(session(stage, json.dumps(policy)))
        except ClientError as e:
            # AssumeRole is denied, and the request not found, until either is known everywhere.
            return None if code(e) in ("AccessDenied", "InvalidVpcPeeringConnectionID.NotFound") else code(e)
        return "no error"

    return until("answer", answer, stage.target.patience.call, stage.target.patience.poll)


def session(stage: Stage, policy: str) -> Any:
    """EC2 in the other Region as a role that may make and accept peerings, kept to what `policy` lets it do."""
    keys = stage.target.client(SERVICE, "sts").assume_role(RoleArn=stage.probe, RoleSessionName="prove", Policy=policy)[
        "Credentials"
    ]
    return boto3.client(
        "ec2",
        region_name=stage.target.other_region,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
        config=Config(ignore_configured_endpoint_urls=True),
    )
