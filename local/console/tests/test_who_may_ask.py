"""What the page can do, no other page and no other name may ask for."""

import http.client
import json
import threading
from collections.abc import Iterator

import pytest

from local.console.server import LONGEST_REQUEST, Console
from local.console.tests.conftest import Widgets, arn


@pytest.fixture
def account() -> Widgets:
    return Widgets({"repair": lambda event: "started"}, [])


@pytest.fixture
def port(account: Widgets) -> Iterator[int]:
    console = Console(account)
    console.start()
    yield console.port
    console.stop()


REPAIR = json.dumps({"function": arn("repair"), "event": {}})


def asked(port: int, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def own(port: int, **other: str | None) -> dict[str, str]:
    headers = {"Host": f"127.0.0.1:{port}", "Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
    return {name: value for name, value in (headers | other).items() if value is not None}


def test_its_own_page_may_ask(port: int, account: Widgets) -> None:
    assert asked(port, "POST", "/api/invoke", own(port), REPAIR) == (200, '"started"')
    assert len(account.events) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"Host": "rebound.example.com"},
        {"Host": "rebound.example.com:80", "Origin": "http://rebound.example.com:80"},
        {"Host": "127.0.0.1"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": None},
        {"Content-Type": "text/plain"},
        {"Content-Type": None},
    ],
    ids=str,
)
def test_nobody_else_may_start_anything(port: int, account: Widgets, other: dict[str, str | None]) -> None:
    status, why = asked(port, "POST", "/api/invoke", own(port, **other), REPAIR)
    assert status == 403, why
    assert account.events == []


def test_another_name_does_not_even_get_the_page(port: int) -> None:
    assert asked(port, "GET", "/", {"Host": "rebound.example.com"})[0] == 403
    assert asked(port, "GET", "/", {"Host": f"localhost:{port}"})[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/../server.py", "/lib/../../../etc/passwd", "/lib/axe.js", "/%2e%2e/server.py", "//etc/passwd", "/api/invoke"],
)
def test_no_file_but_the_pages_own_can_be_had(port: int, path: str) -> None:
    assert asked(port, "GET", path, own(port))[0] == 404


def test_it_listens_on_127_0_0_1_only_and_two_stand_side_by_side() -> None:
    consoles = [Console(Widgets({}, [])) for _ in range(2)]
    assert len({console.url for console in consoles}) == 2
    assert {console._server.server_address[0] for console in consoles} == {"127.0.0.1"}
    for console in consoles:
        console.start()
        console.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "console" and thread.is_alive()]


def test_a_request_that_is_too_long_is_not_read(port: int, account: Widgets) -> None:
    status, why = asked(port, "POST", "/api/invoke", own(port) | {"Content-Length": str(LONGEST_REQUEST + 1)})
    assert (status, account.events) == (413, []), why
