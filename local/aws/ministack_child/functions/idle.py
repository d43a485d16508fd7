"""A warm environment that nobody calls costs nothing, as on AWS.

ministack looks ten times a second at each: whether there is an invocation for it, and whether its Runtime API is to
end. With thirty of them that is a twentieth of a core, and a rig of the scenarios has a hundred.
"""

import contextlib
import queue
import socket
import socketserver
from types import SimpleNamespace
from typing import Any

from ministack.core import lambda_runtime

_SECONDS = 30.0


class _Pending(queue.Queue[Any]):
    """What an environment is to do next: `get` returns at once when there is something."""

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        return super().get(block, None if timeout is None else max(timeout, _SECONDS))


def add_to_ministack() -> None:
    lambda_runtime.queue = SimpleNamespace(Queue=_Pending, Empty=queue.Empty, Full=queue.Full)
    serve_forever = socketserver.BaseServer.serve_forever

    def serve(self: Any, poll_interval: float = 0.5) -> None:
        serve_forever(self, max(poll_interval, _SECONDS))

    def shutdown(self: Any) -> None:
        self._BaseServer__shutdown_request = True
        with contextlib.suppress(OSError):  # a connection wakes the server, which then sees that it is to end
            socket.create_connection(self.server_address[:2], timeout=1).close()
        self._BaseServer__is_shut_down.wait()

    socketserver.BaseServer.serve_forever = serve  # type: ignore[method-assign]
    socketserver.BaseServer.shutdown = shutdown  # type: ignore[method-assign]
