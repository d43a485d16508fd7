"""A changed parameter of the hub stack reaches the functions that run: the versions behind the alias `live`."""

import re
from pathlib import Path
from typing import Any

import pytest

from local.aws import cloudformation_yaml

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
FUNCTION = "AWS::Serverless::Function"


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    return cloudformation_yaml.load(TEMPLATE)


def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: resource["Properties"] for name, resource in template["Resources"].items() if resource["Type"] == FUNCTION}


def parameters_in(value: Any, template: dict[str, Any]) -> set[str]:
    if isinstance(value, dict):
        if set(value) == {"Ref"}:
            return {value["Ref"]} & set(template["Parameters"])
        return {found for member in value.values() for found in parameters_in(member, template)}
    return {found for member in value for found in parameters_in(member, template)} if isinstance(value, list) else set()


def test_every_version_is_described_by_the_settings(template: dict[str, Any]) -> None:
    for name, properties in functions(template).items():
        assert properties.get("VersionDescription") == {"Ref": "Settings"}, f"{name} needs VersionDescription: !Ref Settings"


def test_the_settings_hold_every_parameter_that_a_function_has(template: dict[str, Any]) -> None:
    description = template["Resources"]["Settings"]["Properties"]["Description"]["Fn::Sub"]
    described = set(re.findall(r"\$\{(\w+)}", description))
    of_functions = [template["Globals"]["Function"], *functions(template).values()]
    used = parameters_in([{key: each.get(key) for key in ("Environment", "Architectures")} for each in of_functions], template)
    assert {"Approval", "AllowedUnits", "Architecture"} <= used
    assert used <= described, f"a changed {used - described} would not reach the functions: add it to the description of Settings"


def test_the_settings_grant_nothing(template: dict[str, Any]) -> None:
    (statement,) = template["Resources"]["Settings"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert not any("Settings" in str(properties.get("Policies")) for properties in functions(template).values())
