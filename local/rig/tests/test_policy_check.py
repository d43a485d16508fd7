"""The comparison of calls and policies finds what it is there to find."""

from typing import Any

import pytest

from local.rig import policy_check


def call(function: str, action: str, resource: str = "", role: str | None = None) -> dict[str, Any]:
    return {"function": function, "role": role or f"peerway-{function}Role-1", "action": action, "resource": resource}


@pytest.fixture
def granted(monkeypatch: pytest.MonkeyPatch) -> None:
    def permissions() -> dict[str, policy_check.Permissions]:
        routes, service = policy_check.Permissions(), policy_check.Permissions()
        routes.add({"Action": ["ec2:DescribeRouteTables"], "Resource": "*"})
        routes.add({"Action": "ec2:CreateRoute", "Resource": {"Fn::Sub": "arn:${P}:ec2:${R}:${A}:route-table/*"}})
        return {"HubRoutesFunction": routes, policy_check.SERVICE_ROLE: service}

    monkeypatch.setattr(policy_check, "permissions", permissions)


DESCRIBE = call("HubRoutesFunction", "ec2:DescribeRouteTables")
CREATE = call("HubRoutesFunction", "ec2:CreateRoute", "rtb-11111111 pcx-22222222")


@pytest.mark.usefixtures("granted")
def test_what_is_granted_and_used_is_fine() -> None:
    assert list(policy_check.problems([DESCRIBE, CREATE])) == []


@pytest.mark.usefixtures("granted")
def test_an_action_that_is_not_granted_is_named() -> None:
    (problem,) = policy_check.problems([DESCRIBE, CREATE, call("HubRoutesFunction", "ec2:DeleteRoute", "rtb-11111111")])
    assert "HubRoutesFunction called ec2:DeleteRoute on rtb-11111111" in problem


@pytest.mark.usefixtures("granted")
def test_another_type_of_resource_is_not_granted() -> None:
    problems = list(policy_check.problems([DESCRIBE, call("HubRoutesFunction", "ec2:CreateRoute", "vpc-11111111")]))
    assert any("ec2:CreateRoute on vpc-11111111" in problem for problem in problems)


@pytest.mark.usefixtures("granted")
def test_a_call_in_a_service_account_is_the_service_roles() -> None:
    (problem,) = policy_check.problems([DESCRIBE, CREATE, call("HubRoutesFunction", "ec2:DescribeVpcs", role="peerway-service")])
    assert problem.startswith("the service role called ec2:DescribeVpcs")


@pytest.mark.usefixtures("granted")
def test_a_permission_nobody_used_is_named() -> None:
    (problem,) = policy_check.problems([DESCRIBE])
    assert "HubRoutesFunction may call ec2:CreateRoute and never did" in problem


def test_the_templates_are_understood() -> None:
    granted = policy_check.permissions()
    assert granted["HubRoutesFunction"].actions["ec2:CreateRoute"] == {"route-table"}
    assert granted[policy_check.SERVICE_ROLE].actions["ec2:DescribeVpcs"] == {"*"}
