"""CloudFormation resource types of our templates that ministack does not provision.

`AWS::Lambda::Function` loses its DeadLetterConfig in ministack's provisioner; Lambda's own part of ministack knows it.
`AWS::Events::EventBusPolicy` becomes the policy of ministack's bus. `AWS::SSM::Document` is created where SSM is: in
moto, through its API.
"""

import json
import os
from collections.abc import Callable
from typing import Any

import boto3
from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge, lambda_svc
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]


def add_to_ministack() -> None:
    provisioners._RESOURCE_HANDLERS["AWS::Events::EventBusPolicy"] = {
        "create": _put_bus_policy,
        "update": _replacing(_remove_bus_policy, _put_bus_policy),
        "delete": _remove_bus_policy,
    }
    _keep_dead_letter_config(provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"])
    provisioners._RESOURCE_HANDLERS["AWS::SSM::Document"] = {
        "create": _create_document,
        "update": _replacing(_delete_document, _create_document),
        "delete": _delete_document,
    }


def _keep_dead_letter_config(handlers: dict[str, Callable[..., Any]]) -> None:
    ministack_creates = handlers["create"]

    def create(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
        name, attributes = ministack_creates(logical_id, properties, stack)
        if "DeadLetterConfig" in properties:
            lambda_svc._functions[name]["config"]["DeadLetterConfig"] = properties["DeadLetterConfig"]
        return name, attributes

    handlers["create"] = create


def _put_bus_policy(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
    bus, sid = properties.get("EventBusName", "default"), properties["StatementId"]
    statement = properties.get("Statement") or {
        "Effect": "Allow",
        "Principal": properties["Principal"],
        "Action": properties["Action"],
        "Resource": f"arn:aws:events:{get_region()}:{get_account_id()}:event-bus/{bus}",
        **(
            {
                "Condition": {
                    properties["Condition"]["Type"]: {properties["Condition"]["Key"]: properties["Condition"]["Value"]}
                }
            }
            if "Condition" in properties
            else {}
        ),
    }
    policies = eventbridge._event_bus_policies
    policy = policies.get(bus, {"Version": "2012-10-17", "Statement": []})
    policy["Statement"] = [*(kept for kept in policy["Statement"] if kept["Sid"] != sid), {"Sid": sid, **statement}]
    policies[bus] = policy
    return f"{bus}|{sid}", {}


def _remove_bus_policy(physical_id: str, properties: Properties) -> None:
    bus, sid = physical_id.split("|")
    eventbridge._remove_permission({"EventBusName": bus, "StatementId": sid})


def _create_document(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
    name = properties.get("Name") or provisioners._physical_name(stack, logical_id, max_len=128)
    content = properties["Content"]
    _ssm().create_document(
        Name=name,
        DocumentType=properties.get("DocumentType", "Command"),
        Content=content if isinstance(content, str) else json.dumps(content),
        DocumentFormat=properties.get("DocumentFormat", "JSON") if isinstance(content, str) else "JSON",
    )
    return name, {}


def _delete_document(physical_id: str, properties: Properties) -> None:
    _ssm().delete_document(Name=physical_id)


def _ssm() -> Any:
    return boto3.client(
        "ssm",
        endpoint_url=os.environ["AWS_ENDPOINT_URL_SSM"],
        region_name=get_region(),
        aws_access_key_id=get_account_id(),
        aws_secret_access_key="local",
    )


def _replacing(
    delete: Callable[..., None], create: Callable[..., tuple[str, Properties]]
) -> Callable[..., tuple[str, Properties]]:
    def update(physical_id: str, old: Properties, new: Properties, stack: str) -> tuple[str, Properties]:
        delete(physical_id, old)
        return create(physical_id, new | ({"Name": physical_id} if "Content" in new else {}), stack)

    return update
