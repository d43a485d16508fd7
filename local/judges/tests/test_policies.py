"""The judge of policies finds what AWS would take and never allow."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from local.aws.runtime import java_runtime

ROOT = Path(__file__).parents[3]
GOOD = {
    "Sid": "S",
    "Effect": "Allow",
    "Action": "ec2:CreateRoute",
    "Resource": {"Fn::Sub": "arn:${AWS::Partition}:ec2:*:${AWS::AccountId}:route-table/*"},
    "Condition": {"StringEquals": {"aws:ResourceTag/peerway:routes": "x", "aws:PrincipalOrgID": "o-1"}},
}


def judged(tmp_path: Path, statement: dict[str, Any]) -> str:
    template = {
        "Resources": {
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]},
            }
        }
    }
    (tmp_path / "t.json").write_text(json.dumps(template))
    done = subprocess.run(
        [str(java_runtime.cache() / "tools/bin/python"), "-m", "local.judges.policies", str(tmp_path / "t.json")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == done.stdout.startswith("1 statements"), done.stderr
    return done.stdout


def test_what_exists_together_passes(tmp_path: Path) -> None:
    assert judged(tmp_path, GOOD).startswith("1 statements: ")
    assert judged(
        tmp_path, GOOD | {"Action": ["ec2:CreateRoute", "ec2:DeleteRoute"], "Resource": "*", "Condition": {}}
    ).startswith("1 statements: ")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"Action": "ec2:MakeRoute"}, "ec2:MakeRoute is no action"),
        ({"Action": "kms:Paint*", "Resource": "*", "Condition": {}}, "kms:Paint* is no action"),
        (
            {"Resource": "arn:*:ec2:*:*:security-group/*"},
            "ec2:CreateRoute has no resource such as arn:*:ec2:*:*:security-group/*",
        ),
        (
            {"Resource": [GOOD["Resource"], "arn:*:ec2:*:*:instance/*"]},
            "none of its actions has a resource such as arn:*:ec2:*:*:instance/*",
        ),
        ({"Condition": {"ArnEquals": {"ec2:AccepterVpc": "x"}}}, "ec2:CreateRoute knows no ec2:acceptervpc"),
        ({"Action": "ec2:DescribeVpcs", "Resource": "*"}, "ec2:DescribeVpcs knows no aws:resourcetag/peerway:routes"),
        (
            {
                "Action": "kms:Describe*",
                "Resource": "*",
                "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "x"}},
            },
            "nothing of kms:Describe* knows",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_never_meets_is_found(tmp_path: Path, change: dict[str, Any], found: str) -> None:
    assert found in judged(tmp_path, GOOD | change)
