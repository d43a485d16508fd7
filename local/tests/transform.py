"""transform.py TEMPLATE < {name: parameters}: prints, by name, what SAM makes of the template with these parameters,
and under `createOnly`, for each type of resource in it, the properties that CloudFormation cannot change.

Not collected by pytest: test_parameters.py runs it in the environment of the AWS tools.
"""

import copy
import json
import sys
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.sdk.parameter import SamParameterValues
from samtranslator.translator.translator import Translator

REGION = "eu-west-1"


def transformed(template: dict[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    """With the values of parameters in place of references to them, as far as they stand alone or in a text."""
    translator = Translator({}, Parser())
    whole = copy.deepcopy(template)
    for resource in whole["Resources"].values():
        for key in ("CodeUri", "DefinitionUri"):
            if key in resource.get("Properties", {}):
                resource["Properties"][key] = "s3://bucket/package"
    whole["Globals"]["Function"]["CodeUri"] = "s3://bucket/package"
    answer = translator.translate(whole, parameter_values=dict(parameters))
    values = SamParameterValues(dict(parameters)).parameter_values
    return {"Resources": filled(answer["Resources"], values, answer.get("Conditions", {}))}


def filled(value: Any, parameters: dict[str, Any], conditions: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [filled(member, parameters, conditions) for member in value]
    if isinstance(value, str):
        for name, text in parameters.items():
            value = value.replace("${" + name + "}", str(text))
        return value
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"} and value["Ref"] in parameters:
        return parameters[value["Ref"]]
    if isinstance(value.get("Condition"), str) and value["Condition"] in conditions:
        return {key: filled(member, parameters, conditions) for key, member in value.items()} | {
            "Condition": filled(conditions[value["Condition"]], parameters, conditions)
        }
    return {key: filled(member, parameters, conditions) for key, member in value.items()}


def create_only(kind: str) -> list[str]:
    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
    except Exception:  # a type that cfn-lint has no schema of
        return []
    return [path.split("/")[2] for path in schema.get("createOnlyProperties", [])]


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        template = yaml_parse(file.read())
    answer = {name: transformed(template, parameters) for name, parameters in json.load(sys.stdin).items()}
    kinds = {resource["Type"] for one in answer.values() for resource in one["Resources"].values()}
    json.dump(answer | {"createOnly": {kind: create_only(kind) for kind in kinds}}, sys.stdout)


if __name__ == "__main__":
    main()
