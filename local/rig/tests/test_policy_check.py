"""The comparison of calls and policies finds what it is there to find."""

from typing import Any

import pytest

from local.rig import policy_check


def call(
    function: str, action: str, resource: str = "", role: str | None = None, by: str | None = None
) -> dict[str, Any]:
    """`by`: the statement that allowed it."""
    return {
        "function": function,
        "role": role or f"peerway-{function}Role-1",
        "action": action,
        "resource": resource,
        "allowed_by": [[by, action]] if by else [],
    }


@pytest.fixture
def granted(monkeypatch: pytest.MonkeyPatch) -> None:
    def permissions() -> dict[str, policy_check.Permissions]:
        routes, service = policy_check.Permissions(), policy_check.Permissions()
        routes.add({"Sid": "Read", "Action": ["ec2:DescribeRouteTables"], "Resource": "*"})
        routes.add(
            {
                "Sid": "AddRoutes",
                "Action": "ec2:CreateRoute",
                "Resource": {"Fn::Sub": "arn:${P}:ec2:${R}:${A}:route-table/*"},
            }
        )
        return {"HubRoutesFunction": routes, policy_check.SERVICE_ROLE: service}

    monkeypatch.setattr(policy_check, "permissions", permissions)


DESCRIBE = call("HubRoutesFunction", "ec2:DescribeRouteTables", by="Read")
CREATE = call("HubRoutesFunction", "ec2:CreateRoute", "rtb-11111111 pcx-22222222", by="AddRoutes")


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
    (problem,) = policy_check.problems(
        [DESCRIBE, CREATE, call("HubRoutesFunction", "ec2:DescribeVpcs", role="peerway-service")]
    )
    assert problem.startswith("the service role called ec2:DescribeVpcs")


@pytest.mark.usefixtures("granted")
def test_a_permission_nobody_used_is_named() -> None:
    (problem,) = policy_check.problems([DESCRIBE])
    assert "HubRoutesFunction may call ec2:CreateRoute by statement AddRoutes and never did" in problem


@pytest.mark.usefixtures("granted")
def test_a_call_that_was_refused_uses_no_permission() -> None:
    refused = CREATE | {"allowed_by": []}
    (problem,) = policy_check.problems([DESCRIBE, refused])
    assert "ec2:CreateRoute by statement AddRoutes and never did" in problem


@pytest.mark.parametrize(
    ("function", "action", "resource", "by", "unused"),
    [
        (
            "DeletePeeringFunction",
            "ec2:DeleteVpcPeeringConnection",
            "pcx-11111111",
            "DeletePeeringsOfHubVpc",
            "DeletePeeringsOfHubVpcAsRequester",
        ),
        ("AdmitFunction", "ec2:CreateTags", "pcx-11111111", "Claim", "NoteRefusals"),
    ],
)
def test_each_statement_of_the_templates_is_judged_by_itself(
    function: str, action: str, resource: str, by: str, unused: str
) -> None:
    """Both may do this in two statements, to different resources or under different conditions."""
    found = "\n".join(policy_check.problems([call(function, action, resource, by=by)]))
    assert f"{function} may call {action} by statement {by} " not in found
    assert f"{function} may call {action} by statement {unused} and never did" in found


def test_the_templates_are_understood() -> None:
    granted = policy_check.permissions()
    assert granted["HubRoutesFunction"].actions["ec2:CreateRoute"] == {"route-table"}
    assert granted[policy_check.SERVICE_ROLE].actions["ec2:DescribeVpcs"] == {"*"}


def test_every_statement_of_the_templates_has_a_name() -> None:
    nameless = [
        (who, action) for who, role in policy_check.permissions().items() for sid, action in role.unused if not sid
    ]
    assert nameless == [], "give the statement a Sid, by which the call log can tell that it was needed"
