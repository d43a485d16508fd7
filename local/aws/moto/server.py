"""moto's own WSGI application, corrected and served from threads of this process."""

import copy
import functools
import logging
import threading

from moto.cloudformation.models import Stack
from moto.core import responses
from moto.core.utils import method_names_from_class
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from local.aws.corrections.correction import apply_all
from local.aws.moto.economy import economise


class _QuietRequestHandler(MotoRequestHandler):
    protocol_version = "HTTP/1.1"  # as AWS: a client's connection serves more than one call

    def log(self, type: str, message: str, *args: object) -> None:
        """The call log says it better."""


_method_names_from_class = functools.cache(method_names_from_class)
_parsed = functools.cache(Stack.parse_template)


class _Dispatcher(DomainDispatcherApplication):
    """What moto finds out anew for every call: which backend serves a host, from a listing of its own directory, which
    methods a class of responses has, and what a template says, from its YAML.
    """

    def __init__(self) -> None:
        super().__init__(create_backend_app)
        responses.method_names_from_class = _method_names_from_class  # type: ignore[attr-defined]
        Stack.parse_template = staticmethod(lambda text: copy.deepcopy(_parsed(text)))  # type: ignore[assignment,method-assign]
        self.get_backend_for_host = functools.cache(super().get_backend_for_host)  # type: ignore[method-assign]


class MotoServer:
    def __init__(self, addresses: list[str]) -> None:
        """Listens on every address, on one port that is free on all of them."""
        apply_all()
        economise()
        app = _Dispatcher()
        self._servers: list[BaseWSGIServer] = []
        port = 0
        for address in addresses:
            server = make_server(address, port, app, threaded=True, request_handler=_QuietRequestHandler)
            server.daemon_threads = True  # type: ignore[attr-defined]
            self._servers.append(server)
            port = server.port
        self.port = port
        self._threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="moto", daemon=True)
            for server in self._servers
        ]

    def start(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for server, thread in zip(self._servers, self._threads, strict=True):
            if thread.is_alive():
                server.shutdown()
                thread.join()
            server.server_close()


def forget_everything() -> None:
    """moto's state is the process's: a new local AWS begins with none."""
    from moto.core.base_backend import BackendDict
    from moto.core.model_instances import reset_model_data

    BackendDict.reset()
    reset_model_data()
