"""What the user of each profile has to be allowed, and whether IAM says so."""

import re
from typing import Any

from botocore.exceptions import ClientError

from prove.target import HUB, MANAGEMENT, SECOND, SERVICE, Who

_EC2 = [
    "ec2:CreateVpc",
    "ec2:DeleteVpc",
    "ec2:CreateSubnet",
    "ec2:RunInstances",
    "ec2:TerminateInstances",
    "ec2:CreateTags",
    "ec2:DeleteTags",
    "ec2:CreateSecurityGroup",
    "ec2:DeleteSecurityGroup",
    "ec2:CreateVpcPeeringConnection",
    "ec2:DeleteVpcPeeringConnection",
]
_RECORD = ["sqs:CreateQueue", "sqs:DeleteQueue", "events:PutRule", "events:DeleteRule", "events:PutTargets"]
_STACK = [
    "cloudformation:CreateStack",
    "cloudformation:DeleteStack",
    "iam:CreateRole",
    "iam:PutRolePolicy",
    "iam:DeleteRole",
]

NEEDED: dict[Who, list[str]] = {
    MANAGEMENT: [
        *_STACK,
        "organizations:DescribeOrganization",
        "organizations:ListAccounts",
        "cloudtrail:LookupEvents",
        "events:PutRule",
    ],
    HUB: [
        *_EC2,
        *_RECORD,
        *_STACK,
        "cloudformation:CreateChangeSet",
        "lambda:CreateFunction",
        "states:CreateStateMachine",
        "kms:CreateKey",
        "s3:CreateBucket",
        "s3:PutObject",
        "s3:DeleteBucket",
        "ssm:CreateDocument",
        "ssm:SendCommand",
        "ssm:PutParameter",
        "iam:PassRole",
        "iam:CreateInstanceProfile",
        "cloudtrail:LookupEvents",
        "logs:CreateLogGroup",
        "sns:CreateTopic",
    ],
    SERVICE: [*_EC2, *_STACK, "events:PutRule", "sts:AssumeRole"],
    SECOND: [*_EC2, *_RECORD],
}
"""A sample, not all: whoever may do these is an administrator, or close to it."""


def missing(iam: Any, who: Who, arn: str) -> list[str]:
    """Those of NEEDED that IAM's simulator refuses to this caller, policies of the organisation included. Nothing
    where it may not be asked, and for the root user, whom it does not know ("SimulatePrincipalPolicy", IAM API
    reference).
    """
    try:
        source = _entity(iam, arn)
        if source is None:
            return []
        pages = iam.get_paginator("simulate_principal_policy").paginate(PolicySourceArn=source, ActionNames=NEEDED[who])
        return [
            result["EvalActionName"]
            for page in pages
            for result in page["EvaluationResults"]
            if result["EvalDecision"] != "allowed"
        ]
    except ClientError:
        return []


def _entity(iam: Any, arn: str) -> str | None:
    """The user or role behind a caller; a session's ARN lacks the path of its role."""
    session = re.fullmatch(r"arn:[^:]+:sts::\d+:assumed-role/([^/]+)/.*", arn)
    if session:
        return str(iam.get_role(RoleName=session[1])["Role"]["Arn"])
    return arn if ":user/" in arn else None
