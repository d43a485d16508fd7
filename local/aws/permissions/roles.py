"""The roles of moto's IAM: whom they trust, and what they may do."""

import json
from typing import Any

from moto.iam.models import iam_backends

from local.aws.moto.organization import is_closed


def trust_policy(role_arn: str) -> dict[str, Any] | None:
    """Nothing if there is no such role, or its account is closed."""
    role = _role(role_arn)
    return None if role is None or is_closed(role_arn.split(":")[4]) else json.loads(role.assume_role_policy_document)


def policy_documents(role_arn: str) -> list[str]:
    """Inline and attached ones, as JSON; none if there is no such role."""
    role = _role(role_arn)
    if role is None:
        return []
    documents = [*role.policies.values(), *(policy.document for policy in role.managed_policies.values())]
    # Those of roles that CloudFormation has made are no text.
    return [document if isinstance(document, str) else json.dumps(document) for document in documents]


def _role(role_arn: str) -> Any:
    account = role_arn.split(":")[4]
    if account not in iam_backends:
        return None
    return next((role for role in iam_backends[account]["aws"].get_roles() if role.arn == role_arn), None)
