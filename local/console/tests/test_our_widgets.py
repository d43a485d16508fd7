"""The hub stack's own dashboard, as it is deployed, on a rig: what people see of 1, 40 and 125 services, and what they
can do there.
"""

import json
import os
import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from local.aws.accounts import HUB
from local.console.tests.conftest import PATIENCE_MS
from local.console.tests.sight import overflowing, photograph, unreached, violations
from local.console.tests.stage import NAMES, Json, Stage
from local.rig.held import held_rig
from local.rig.rig import BUILD
from local.rig.tests.left import assert_nothing_left

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="network namespaces need root"),
    pytest.mark.skipif(not (BUILD / "template.yaml").exists(), reason="needs `make build`"),
]
DOCTOR_MS = 120_000
STATES = "connected|waiting|refused|drifted|unknown|ending"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    directory = tmp_path_factory.mktemp("console")
    with held_rig(directory, "--console") as rig:
        yield Stage(rig)
    assert_nothing_left(rig.rig["name"], directory)


@pytest.fixture(scope="module")
def connected(stage: Stage) -> Json:
    """A service that really is."""
    service = stage.connect("service1", "10.110.0.0/16")
    stage.all_quiet()
    return service | {"report": stage.reconciled()}


@pytest.fixture(scope="module", params=[1, 40, 125])
def crowd(request: pytest.FixtureRequest, stage: Stage, connected: Json) -> int:
    number: int = request.param
    if number > 1:
        stage.crowd(number)
        stage.said_by_reconcile(stage.report(connected["report"]))
    stage.forget()
    return number


class Eyes:
    """A window on the dashboard."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._stage = stage
        self._context = browser.new_context(viewport={"width": 1280, "height": 900})
        self._context.set_default_timeout(2 * PATIENCE_MS)
        self.errors: list[str] = []

    def open(self, theme: str = "light") -> Page:
        page = self._context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        # Shown where a test fails: one waited for an answer in vain, once, and nobody knew whether it was asked for.
        page.on("request", lambda request: print(f"{time.monotonic():.2f} {request.url}"))
        page.on("requestfinished", lambda request: print(f"{time.monotonic():.2f} {request.url} answered"))
        page.on("requestfailed", lambda request: print(f"{time.monotonic():.2f} {request.url}: {request.failure}"))
        page.goto(f"{self._stage.url}?theme={theme}")
        page.get_by_role("status").get_by_text("Read at").wait_for()
        return page

    def close(self) -> None:
        self._context.close()


@pytest.fixture
def eyes(browser: Browser, stage: Stage) -> Iterator[Eyes]:
    eyes = Eyes(browser, stage)
    yield eyes
    eyes.close()
    assert eyes.errors == []


def widget(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def services(page: Page) -> Locator:
    return widget(page, "Network").locator("cwdb-action").locator("xpath=preceding-sibling::button[1]")


def settled(page: Page) -> None:
    """Whoever was asked again, as the window has another size, has answered."""
    page.wait_for_timeout(700)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def named(page: Page, words: str) -> Locator:
    """The service that says so."""
    return services(page).filter(has_text=words).first


def no_trouble(page: Page) -> None:
    assert page.locator(".problems li").all_inner_texts() == []
    assert page.locator(".error").all_inner_texts() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_is_seen_and_can_be_read(eyes: Eyes, stage: Stage, crowd: int, theme: str) -> None:
    page = eyes.open(theme)
    settled(page)
    no_trouble(page)
    assert services(page).count() == crowd
    photograph(page, f"network-{crowd}-{theme}")
    assert violations(page) == []
    for width in (1920, 1024, 768, 420) if theme == "light" else ():  # a colour makes nothing wider
        with page.expect_response("**/api/invoke"):  # the picture is asked for anew
            page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        assert overflowing(page) == [], f"at {width} px"
        photograph(page, f"network-{crowd}-{theme}-{width}")
    assert services(page).count() == crowd


def test_a_state_is_told_in_a_word_wherever_it_has_a_colour(eyes: Eyes, crowd: int) -> None:
    page = eyes.open()
    labels = [button.text_content() or "" for button in services(page).all()]
    assert [label for label in labels if not re.match(f"({STATES}): ", label)] == []
    drawn = " ".join(widget(page, "Network").locator("svg").first.locator("text").all_text_contents())
    words = re.findall(rf"\b({STATES})\b", drawn)
    assert len(words) >= crowd, "each service of the picture says its state"
    assert {label.split(":")[0] for label in labels} <= set(words)


def test_the_keyboard_comes_to_every_service(eyes: Eyes, crowd: int) -> None:
    page = eyes.open()
    assert unreached(page) == []
    services(page).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("pcx-")
    page.keyboard.press("Escape")
    expect(services(page).first).to_be_focused()


def test_hostile_names_are_text(eyes: Eyes, stage: Stage, crowd: int) -> None:
    page = eyes.open()
    settled(page)
    no_trouble(page)
    assert page.locator(".content").locator("script, img, iframe, #out, i").count() == 0
    labels = " ".join(button.text_content() or "" for button in services(page).all())
    names = NAMES if crowd > 1 else ["service1"]
    for name in filter(str.isprintable, names):
        assert name[:60] in labels, name
    before = len(stage.runs())
    for name in names[:2]:
        named(page, name).click()
        expect(page.get_by_role("dialog")).to_contain_text(name)
        assert page.get_by_role("dialog").locator("script, img").count() == 0
        no_trouble(page)
        page.get_by_role("button", name="Repair", exact=True).click()
        page.get_by_role("dialog", name="Are you sure?").get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Close").click()
    assert page.evaluate("window.ran") is None
    assert len(stage.runs()) == before, "no name takes the question away"


def test_all_widgets_of_the_template_are_there_and_document_themselves(
    eyes: Eyes, stage: Stage, connected: Json
) -> None:
    page = eyes.open()
    titles = page.locator(".widget h2:not(.content h2)").all_inner_texts()
    assert titles[:3] == ["Network", "Why can't I reach it?", "Waiting and refused"]
    alarms = widget(page, "Alarms").locator("li")
    assert alarms.count() >= 11
    assert "MISSING" not in " ".join(alarms.all_inner_texts())
    page.get_by_role("button", name="Documentation: Network").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Peerway")).to_be_visible()


def test_one_service_opens_what_is_known_of_it(eyes: Eyes, stage: Stage, connected: Json) -> None:
    page = eyes.open()
    details(page, connected)
    dialog = page.get_by_role("dialog")
    for known in (connected["peering"], connected["id"], connected["account"], "10.110.0.0/16", "tcp/22"):
        expect(dialog).to_contain_text(known)
    assert violations(page) == []
    assert overflowing(page) == []
    photograph(page, "details", whole=False)


def test_a_repair_that_is_not_confirmed_starts_nothing(eyes: Eyes, stage: Stage, connected: Json) -> None:
    before = len(stage.runs())
    page = eyes.open()
    details(page, connected)
    page.get_by_role("button", name="Repair", exact=True).click()
    sure = page.get_by_role("dialog", name="Are you sure?")
    expect(sure).to_contain_text(connected["peering"])
    photograph(page, "confirmation", whole=False)
    sure.get_by_role("button", name="Cancel").click()
    page.wait_for_timeout(1_000)
    assert len(stage.runs()) == before


def test_a_confirmed_repair_mends_what_somebody_broke(eyes: Eyes, stage: Stage, connected: Json) -> None:
    hub, table = stage.rig.boto("ec2", HUB), stage.rig.rig["hub"]["route_tables"][0]
    stage.rig.ask("/events/lose", lost=True)
    hub.delete_route(RouteTableId=table, DestinationCidrBlock=connected["cidr"])
    stage.rig.ask("/settle")
    stage.rig.ask("/events/lose", lost=False)
    before = {run["executionArn"] for run in stage.runs()}
    page = eyes.open()
    details(page, connected)
    page.get_by_role("button", name="Repair", exact=True).click()
    page.get_by_role("dialog", name="Are you sure?").get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"Begun: repair of {connected['peering']}")
    (run,) = [run for run in stage.runs() if run["executionArn"] not in before]
    assert (run["input"]["mode"], run["input"]["only"]) == ("repair", connected["peering"])
    stage.ended(run["executionArn"])
    page.get_by_role("button", name="See what it says").click()
    expect(page.get_by_role("dialog")).to_contain_text("SUCCEEDED")
    expect(page.get_by_role("dialog")).to_contain_text(f"{connected['peering']}: SUCCEEDED")
    routes = hub.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    assert connected["cidr"] in [route.get("DestinationCidrBlock") for route in routes]


def test_the_doctors_form_is_sent_and_keeps_what_was_typed(eyes: Eyes, stage: Stage, connected: Json) -> None:
    page = eyes.open()
    form = widget(page, "Why can't I reach it?")
    form.get_by_label("Address").fill(connected["instance"]["ip"])
    form.get_by_label("Port").fill("22")
    with page.expect_request("**/api/invoke") as sent:
        form.get_by_role("button", name="Ask the doctor").click()
    event = json.loads(sent.value.post_data or "{}")["event"]
    typed = {"to": connected["instance"]["ip"], "port": "22", "protocol": "tcp"}
    assert (event["widget"], event["ask"], event["widgetContext"]["forms"]["all"]) == ("reach", True, typed)
    if stage.has_doctor():
        expect(form.locator("tbody tr").first).to_be_visible(timeout=DOCTOR_MS)
        expect(form.locator("tbody")).not_to_contain_text("wrong")
        expect(form.get_by_label("Address")).to_have_value(typed["to"])
        expect(form.get_by_label("Port")).to_have_value(typed["port"])
    else:  # the stack is deployed without its workflow: that is said
        expect(form.get_by_role("alert")).to_contain_text("diagnose", timeout=DOCTOR_MS)
    settled(page)
    photograph(page, "doctor")
    assert violations(page) == []
    assert overflowing(page) == []


def details(page: Page, service: Json) -> None:
    """Opens what is known of it."""
    named(page, service["id"]).click()
    expect(page.get_by_role("dialog")).to_contain_text(service["peering"])
