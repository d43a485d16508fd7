"""Roles may do what their policies allow, and nothing else.

AWS behaviour ("Policy evaluation logic", IAM User Guide): a call through a role is refused unless a policy of the role
allows each of its actions on each of its resources under the conditions given. Evaluated by ministack's IAM engine;
what a call needs is in `needs.py`. Root users may do everything, as users of the rig have to. Trust policies are
another matter: corrections/trust_policy.py.
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from ministack.core import iam_evaluator

from local.aws.calls.interception import Request, Verdict
from local.aws.moto.organization import is_closed, organization_of
from local.aws.permissions.needs import Need, Unknown, needs_of
from local.aws.permissions.roles import policy_documents

Policies = list[list[Any]]


class Permissions:
    """`execution_policies` gives the policy documents of a function's role, which is in ministack;
    other roles are in moto.
    """

    def __init__(self, execution_policies: Callable[[str], list[str]]) -> None:
        self._execution_policies = execution_policies
        self._parsed: dict[str, Policies] = {}
        self.enforced = True

    def forget(self) -> None:
        """Execution roles have been deployed anew."""
        self._parsed.clear()

    def verdict(self, request: Request) -> Verdict:
        """What the caller is not allowed to do, if it is not; otherwise which statements allowed it."""
        if not self.enforced or request.caller.role is None:
            return Verdict()
        if is_closed(request.account):
            return Verdict(f"Account {request.account} is closed")
        try:
            needs = needs_of(request)
        except Unknown as unknown:
            return Verdict(str(unknown))
        policies, allowed_by = self._policies(request), []
        for need in needs:
            sid = _allowing(policies, _role_arn(request), request.region, need)
            if sid is None:
                who, what = request.caller.arn, f"{need.action} on resource: {need.resource}"
                return Verdict(f"User: {who} is not authorized to perform: {what}")
            allowed_by.append((sid, need.action))
        return Verdict(allowed_by=tuple(dict.fromkeys(allowed_by)))

    def _policies(self, request: Request) -> Policies:
        role = str(request.caller.role)
        if not request.caller.is_execution_role:
            return _parsed(policy_documents(_role_arn(request)))
        if role not in self._parsed:
            self._parsed[role] = _parsed(self._execution_policies(role))
        return self._parsed[role]


def role_may(role_arn: str, need: Need) -> bool:
    """Whether the policies of a role in moto allow this."""
    return _allowing(_parsed(policy_documents(role_arn)), role_arn, need.resource.split(":")[3], need) is not None


def _allowing(policies: Policies, role_arn: str, region: str, need: Need) -> str | None:
    """The Sid of the first statement that allows it; None if it is not allowed."""
    account = role_arn.split(":")[4]
    context = iam_evaluator.EvalContext(
        principal_arn=role_arn,
        principal_type="AssumedRole",
        principal_account=account,
        action=need.action,
        resource_arn=need.resource,
        region=region,
        service_context={key.lower(): value for key, value in need.context.items()},
        principal_keys={"aws:principalorgid": organization_of(account)},
    )
    result = iam_evaluator.evaluate(context, policies)
    return result.matched_sid if result.decision == "Allow" else None


def _parsed(documents: list[str]) -> Policies:
    return [_parsed_document(document) for document in documents]


@functools.lru_cache(maxsize=256)
def _parsed_document(document: str) -> list[Any]:
    """The same for everybody who asks: read it, never change it."""
    return list(iam_evaluator.parse_policy_document(document))


def _role_arn(request: Request) -> str:
    return f"arn:aws:iam::{request.account}:role/{request.caller.role}"


def policies_of_role(iam: Any, role: str) -> list[str]:
    """Inline and attached policy documents, through the IAM API."""
    inline = [
        iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
    ]
    attached = [policy["PolicyArn"] for policy in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]]
    managed = [_default_version(iam, arn) for arn in attached if not arn.startswith("arn:aws:iam::aws:")]
    return [document if isinstance(document, str) else json.dumps(document) for document in (*inline, *managed)]


def _default_version(iam: Any, policy: str) -> Any:
    version = iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"]
    return iam.get_policy_version(PolicyArn=policy, VersionId=version)["PolicyVersion"]["Document"]
