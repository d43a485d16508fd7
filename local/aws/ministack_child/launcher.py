"""The main program of the ministack child: ministack's own application, with our endpoints before it and our additions
in it.

Arguments: the directory of its files, then the file descriptors of the listening sockets. Prints `ready` when it
serves.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack

from local.aws.ministack_child import bus, models, provisioners, queues
from local.aws.ministack_child.functions import async_invocation, concurrency, environments, exits, idle, sessions
from local.aws.ministack_child.workflows import (
    execution_names,
    executions,
    integrations,
    nested,
    redrive,
    retries,
    state_machines,
    stopping,
)

_ENDPOINTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "/_peerway/events": bus.put,
    "/_peerway/stop": stopping.stop,
    "/_peerway/executions": executions.look,
    "/_peerway/integrations": integrations.log,
    "/_peerway/faults": integrations.order,
}


async def _application(scope: Any, receive: Any, send: Any) -> None:
    endpoint = _ENDPOINTS.get(scope.get("path", ""))
    if endpoint is None:
        await ministack.app(scope, receive, _announced(send) if scope["type"] == "lifespan" else send)
        return
    answer = json.dumps(await asyncio.to_thread(endpoint, json.loads(await _body(receive)))).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": answer})


async def _body(receive: Any) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _announced(send: Any) -> Any:
    async def announced(message: dict[str, Any]) -> None:
        await send(message)
        if message["type"] == "lifespan.startup.complete":
            print("ready", flush=True)

    return announced


def _end_with_parent(directory: str) -> None:
    """The rig holds our stdin open for as long as it lives."""
    os.read(0, 1)
    shutil.rmtree(directory, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    threading.Thread(target=_end_with_parent, args=(sys.argv[1],), daemon=True).start()
    for addition in (
        async_invocation,
        concurrency,
        environments,
        execution_names,
        exits,
        idle,
        integrations,
        models,
        nested,
        queues,
        redrive,
        retries,
        provisioners,
        sessions,
        state_machines,
        stopping,
    ):
        addition.add_to_ministack()
    config = Config()
    config.bind = [f"fd://{descriptor}" for descriptor in sys.argv[2:]]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    config.accesslog = None
    asyncio.run(serve(_application, config))


if __name__ == "__main__":
    main()
