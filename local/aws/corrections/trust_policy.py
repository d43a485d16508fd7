"""AssumeRole asks the role's trust policy.

AWS behaviour ("AssumeRole", AWS STS API Reference; "How to use an external ID", "AWS global condition context keys",
IAM User Guide): the role must exist and its trust policy must allow the caller, with sts:ExternalId and
aws:PrincipalOrgID among the conditions met, and its account must not be closed; otherwise AccessDenied, which does not
tell a missing role from a refusal. moto lets anybody assume any role, existing or not.
"""

from moto.core.responses import ActionResult
from moto.sts.responses import TokenResponse

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects
from local.aws.moto import world
from local.aws.moto.organization import organization_of
from local.aws.permissions.policy import allows
from local.aws.permissions.roles import trust_policy


@corrects(TokenResponse, "assume_role")
def assume_role(response: TokenResponse, moto: Operation) -> ActionResult:
    from local.aws.calls.interception import caller_of

    caller = caller_of(response)
    role_arn = response._get_param("RoleArn")
    policy = trust_policy(role_arn)
    context = {
        "sts:ExternalId": response._get_param("ExternalId"),
        "sts:RoleSessionName": response._get_param("RoleSessionName"),
        "aws:PrincipalOrgID": organization_of(response.current_account),
        "aws:PrincipalAccount": response.current_account,
        "aws:PrincipalArn": f"arn:aws:iam::{response.current_account}:role/{caller.role}"
        if caller.role
        else caller.arn,
    }
    if policy is None or not allows(policy, "sts:AssumeRole", [caller.arn], response.current_account, context):
        raise AwsError(
            "AccessDenied", f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
        )
    answer = moto()
    if caller.function:
        world.current.session_functions[answer.result["Credentials"].access_key_id] = caller.function
    return answer
