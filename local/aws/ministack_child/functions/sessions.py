"""Functions call AWS as their execution role.

On AWS a function's credentials are a session of its role. ministack gives it its account's keys; the session token,
which ministack does not look at, is free to say which role and function it is, and moto's side reads it from there
(`interception.caller_of`). The User-Agent would not do: a library inside the function may write its own application id
into it, and Powertools does.
"""

from typing import Any

from ministack.services import lambda_svc

from local.aws.permissions.session_token import token_for

NAME_VARIABLE = "AWS_SDK_UA_APP_ID"
"""Environment variable in which the deployed copy of the template gives every function its logical id."""


def add_to_ministack() -> None:
    ministack_gives = lambda_svc.execution_credentials

    def execution_credentials(config: dict[str, Any]) -> dict[str, str]:
        credentials: dict[str, str] = ministack_gives(config)
        variables = (config.get("Environment") or {}).get("Variables") or {}
        function = variables.get(NAME_VARIABLE) or config["FunctionName"]
        return credentials | {"AWS_SESSION_TOKEN": token_for(config["Role"], function)}

    lambda_svc.execution_credentials = execution_credentials
