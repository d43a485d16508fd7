"""A browser, and dashboards of widgets that the tests write themselves."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from local.console.account import Json, Refused
from local.console.server import Console

REGION = "eu-west-1"
ACCOUNT = "111122223333"
Function = Callable[[Json], Any]
PATIENCE_MS = 30_000
"""On a machine that has much else to do."""


def arn(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


class Widgets:
    """An Account whose functions are Python's, and which keeps the events that they were called with."""

    id, region = ACCOUNT, REGION

    def __init__(self, functions: dict[str, Function], widgets: list[Json]) -> None:
        self._functions = functions
        self.body: Json = {"widgets": widgets}
        self.events: list[tuple[str, Json]] = []

    def dashboards(self) -> list[str]:
        return ["peerway"]

    def dashboard(self, name: str) -> Json:
        return self.body

    def invoke(self, function: str, event: Json) -> Any:
        name = function.rsplit(":", 1)[-1]
        self.events.append((name, event))
        if name not in self._functions:
            raise Refused(f"Function not found: {function}")
        return self._functions[name](event)

    def values(self, widget: Json, seconds: int) -> list[Json]:
        return [{"label": "Connected", "stat": "Maximum", "value": 3.0, "at": "2026-11-30T04:00:00+00:00"}]

    def alarms(self, arns: list[str]) -> list[Json]:
        return [{"name": each.rsplit(":", 1)[-1], "state": "ALARM", "reason": "too many"} for each in arns]

    def called(self, name: str) -> list[Json]:
        return [event for function, event in self.events if function == name]


def _browser() -> str | None:
    """Chromium without a screen takes a third of the processor time; not every distribution has it."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, which the tests of the packet lab have to be.
        chromium = playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens the page that shows an account's dashboard; a page that raises an error of its own fails the test."""
    consoles: list[Console] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, timezone_id="UTC", locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []

    def open_(account: Any, theme: str = "light", width: int = 1280) -> Page:
        console = Console(account)
        console.start()
        consoles.append(console)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{console.url}?theme={theme}")
        page.get_by_role("status").get_by_text("Read at").wait_for()
        return page

    yield open_
    context.close()
    for console in consoles:
        console.stop()
    assert not errors, f"the page itself failed: {errors}"


def custom(function: str, title: str = "Widget", **more: Any) -> Json:
    """A custom widget of a dashboard's body."""
    place: Json = {"width": 12, "height": 8}
    place |= {key: more.pop(key) for key in ("x", "y", "width", "height") if key in more}
    return {"type": "custom", **place, "properties": {"title": title, "endpoint": arn(function), **more}}


def answering(html: Any, **more: Any) -> Widgets:
    """One widget with this content, and functions that it may call."""
    return Widgets({"widget": lambda event: html, **more}, [custom("widget")])
