"""Who looks at the dashboard: CloudWatch invokes a widget's function with the permissions of whoever looks ("Can access
to Custom Widgets be restricted?", aws-samples/cloudwatch-custom-widgets-samples).
"""

import json
from typing import Any

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.permissions.needs import Need
from local.aws.permissions.verdicts import role_may

INVOKE = "lambda:InvokeFunction"


def make_role(aws: LocalAws, name: str, functions: list[str]) -> str:
    """A role of the hub account that may invoke these functions, by their ARNs, and nothing else."""
    iam = aws.client("iam", HUB)
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": HUB}, "Action": "sts:AssumeRole"}]}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", **trust}))
    statement = {"Sid": "Invoke", "Effect": "Allow", "Action": INVOKE, "Resource": functions}
    iam.put_role_policy(
        RoleName=name,
        PolicyName="invoke",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    return str(role["Role"]["Arn"])


def invoke(aws: LocalAws, function: str, event: Any, role: str | None = None) -> dict[str, Any]:
    """What the function has answered, or that the role may not ask it.

    Lambda is ministack's, which lets everybody invoke; the role is moto's, so it is judged here, by the same engine.
    """
    if role is not None and not role_may(role, Need(INVOKE, function)):
        return {"denied": f"{role} is not authorized to perform: {INVOKE} on resource: {function}"}
    done = aws.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    answer = json.loads(done["Payload"].read())
    return {"failed": answer} if done.get("FunctionError") else {"answer": answer}
