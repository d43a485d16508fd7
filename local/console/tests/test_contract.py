"""What CloudWatch promises and forbids to custom widgets, this page promises and forbids."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.console.tests.conftest import ACCOUNT, Open, Widgets, answering, arn, custom


def body(page: Page, widget: int = 0) -> Any:
    return page.locator(f"#widget-{widget} .body")


def problems(page: Page, widget: int = 0) -> list[str]:
    return page.locator(f"#widget-{widget} .problems li").all_inner_texts()


def side_by_side(contents: list[str]) -> Widgets:
    """A widget for each."""
    return Widgets(
        {"widget": lambda event: contents[event["number"]]},
        [custom("widget", params={"number": number}) for number in range(len(contents))],
    )


def call(function: str, content: str = "", **attributes: str) -> str:
    written = "".join(f" {name}='{value}'" for name, value in attributes.items())
    return f'<cwdb-action action="call" endpoint="{arn(function)}"{written}>{content}</cwdb-action>'


# What a function may answer.


def test_html_with_style_and_svg_is_shown(opened: Open) -> None:
    page = opened(
        answering(
            "<style>.mine {color: rgb(1, 2, 3)}</style><p class=mine>styled</p>"
            "<svg viewBox='0 0 10 10' width=40 height=40><circle cx=5 cy=5 r=4 /><text>drawn</text></svg>"
        )
    )
    expect(body(page).locator("p.mine")).to_have_css("color", "rgb(1, 2, 3)")
    expect(body(page).locator("svg circle")).to_be_visible()
    assert problems(page) == []


def test_markdown_and_json_are_shown_as_such(opened: Open) -> None:
    page = opened(
        Widgets(
            {"markdown": lambda e: {"markdown": "# Title\n\n* one"}, "json": lambda e: {"answer": "<b>42</b>"}},
            [custom("markdown"), custom("json", x=12)],
        )
    )
    expect(page.locator("#widget-0 h1")).to_have_text("Title")
    expect(page.locator("#widget-0 li")).to_have_text("one")
    expect(page.locator("#widget-1 pre")).to_have_text('{\n  "answer": "<b>42</b>"\n}')


def test_what_a_function_fails_with_is_shown_in_its_widget_only(opened: Open) -> None:
    page = opened(Widgets({"well": lambda e: "<p>well</p>"}, [custom("gone"), custom("well", x=12)]))
    expect(page.locator("#widget-0 [role=alert]")).to_contain_text("Function not found")
    expect(page.locator("#widget-1 p")).to_have_text("well")


# What is removed.


HOSTILE = [
    ("<script>window.ran = 1</script>", "<script>"),
    ("<img src=x onerror='window.ran = 1'>", 'onerror="window.ran = 1" of <img>'),
    ("<svg onload='window.ran = 1'><circle r=1 /></svg>", 'onload="window.ran = 1" of <svg>'),
    ("<a href='javascript:window.ran = 1'>go</a>", 'href="javascript:window.ran = 1" of <a>'),
    ("<svg><a xlink:href='javascript:window.ran = 1'><text>go</text></a></svg>", "xlink:href"),
    ("<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>", "<iframe>"),
    ("<svg><use href='#x' /></svg>", "<use> inside <svg>"),
    ("<svg><foreignObject><p>html</p></foreignObject></svg>", "<foreignObject> inside <svg>"),
    ("<object data='x'></object>", "<object>"),
    (
        "<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1></style></mglyph></table></math>",
        "removed",
    ),
]


def test_what_cloudwatch_removes_is_removed_and_named(opened: Open) -> None:
    page = opened(side_by_side([f"<p>before</p>{html}<p>after</p>" for html, _ in HOSTILE]))
    for number, (html, said) in enumerate(HOSTILE):
        expect(body(page, number).get_by_text("before")).to_be_visible()
        assert any(said in problem for problem in problems(page, number)), (html, problems(page, number))
    for link in page.locator(".content a").all():
        link.dispatch_event("click")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None


def test_the_browser_itself_would_refuse_a_script_that_got_through(opened: Open) -> None:
    page = opened(answering("<p>well</p>"))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None


def test_a_comment_is_nothing_to_complain_of(opened: Open) -> None:
    page = opened(answering("<!-- a comment --><p>well</p>"))
    assert problems(page) == []


# What comes with a call.


def test_a_call_brings_the_context_that_cloudwatch_gives(opened: Open) -> None:
    account = Widgets({"widget": lambda e: ""}, [custom("widget", title="Seen", params={"view": "network"})])
    page = opened(account, theme="dark")
    (event,) = account.called("widget")
    context = event.pop("widgetContext")
    assert event == {"view": "network"}, "the parameters stand at the top"
    span = context["timeRange"]["end"] - context["timeRange"]["start"]
    assert context == {
        "dashboardName": "peerway",
        "widgetId": "widget-0",
        "domain": context["domain"],
        "accountId": ACCOUNT,
        "locale": "en",
        "timezone": {"label": "UTC", "offsetISO": "+00:00", "offsetInMinutes": 0},
        "period": 300,
        "isAutoPeriod": True,
        "timeRange": context["timeRange"],
        "theme": "dark",
        "linkCharts": False,
        "title": "Seen",
        "forms": {"all": {}},
        "params": {"view": "network"},
        "width": context["width"],
        "height": context["height"],
    }
    assert (span, context["timeRange"]["relativeStart"]) == (3 * 3600 * 1000,) * 2
    expected = page.locator("#widget-0 .content").evaluate("e => e.getBoundingClientRect().width")
    assert context["width"] == int(expected) and 200 < context["height"] < 480, "the space that the content has"


def test_documentation_is_asked_for_with_describe_and_shown_as_markdown(opened: Open) -> None:
    account = answering(None)
    account._functions["widget"] = lambda e: "## How to\n\n`params`" if e.get("describe") else "<p>content</p>"
    page = opened(account)
    page.get_by_role("button", name="Documentation: Widget").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="How to")).to_be_visible()
    assert account.called("widget")[-1] == {"describe": True}
    page.get_by_role("button", name="Close").click()
    expect(body(page)).to_have_text("content")


def test_the_refresh_buttons_ask_again_and_the_clock_minds_update_on(opened: Open) -> None:
    account = Widgets(
        {"first": lambda e: "<p>1</p>", "still": lambda e: "<p>2</p>"},
        [custom("first"), custom("still", title="Still", x=12, updateOn={"timeRange": False, "refresh": False})],
    )
    page = opened(account)
    assert (len(account.called("first")), len(account.called("still"))) == (1, 1)
    with page.expect_response("**/api/invoke"):
        page.get_by_role("button", name="Refresh: Still").click()
    assert (len(account.called("first")), len(account.called("still"))) == (1, 2)
    with page.expect_response("**/api/invoke"):
        page.get_by_label("Time range").select_option("1 day")
    expect(page.get_by_role("status")).to_contain_text("Read at")
    assert (len(account.called("first")), len(account.called("still"))) == (2, 2)
    assert account.called("first")[-1]["widgetContext"]["timeRange"]["relativeStart"] == 86400 * 1000
    page.get_by_role("button", name="Refresh", exact=True).click()
    page.wait_for_timeout(300)
    assert (len(account.called("first")), len(account.called("still"))) == (3, 3)


def test_the_time_range_is_the_dashboards_own_until_somebody_chooses(opened: Open) -> None:
    account = answering("<p>content</p>")
    account.body["start"] = "-P7D"
    page = opened(account)
    expect(page.get_by_label("Time range")).to_have_value(str(7 * 86400))
    assert account.called("widget")[0]["widgetContext"]["timeRange"]["relativeStart"] == 7 * 86400 * 1000


# Actions.


def test_html_of_an_action_is_shown_in_a_popup_or_in_the_widget(opened: Open) -> None:
    page = opened(
        answering(
            "<button>More</button><cwdb-action display='popup'><h1>Big title</h1></cwdb-action>"
            "<button>Instead</button><cwdb-action><p>replaced</p></cwdb-action>"
        )
    )
    expect(page.get_by_text("Big title")).to_be_hidden()
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Big title")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Instead").click()
    expect(body(page)).to_have_text("replaced")


def test_a_call_hands_over_its_json_and_every_field_of_the_widget(opened: Open) -> None:
    account = answering(
        "<form><input name=to value=10.0.0.1><input name=port value=22 type=number>"
        "<select name=protocol><option>tcp<option>icmp</select><input type=checkbox name=there checked>"
        "<input type=radio name=way value=a><input type=radio name=way value=b checked></form>"
        "<textarea name=note>of nobody's form</textarea>"
        f"<button>Ask</button>{call('doctor', json.dumps({'ask': 'why', 'n': 1}))}"
        "<button>Later</button><cwdb-action display=popup><input name=later value=1></cwdb-action>",
        doctor=lambda event: f"<p>asked for {event['widgetContext']['forms']['all']['to']}</p>",
    )
    page = opened(account)
    page.locator("input[name=to]").fill("10.110.0.10")
    page.locator("select[name=protocol]").select_option("icmp")
    page.get_by_role("button", name="Ask").click()
    expect(body(page)).to_have_text("asked for 10.110.0.10")
    (event,) = account.called("doctor")
    context = event.pop("widgetContext")
    assert event == {"ask": "why", "n": 1}
    assert context["forms"]["all"] == {
        "to": "10.110.0.10",
        "port": "22",
        "protocol": "icmp",
        "there": True,
        "way": "b",
        "note": "of nobody's form",
    }


def test_fields_of_a_popup_are_fields_of_its_widget(opened: Open) -> None:
    account = answering(
        "<input name=outer value=1><button>Open</button><cwdb-action display=popup>"
        f"<input name=inner value=2><button>Send</button>{call('taken')}</cwdb-action>",
        taken=lambda event: "<p>taken</p>",
    )
    page = opened(account)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Send").click()
    expect(body(page)).to_have_text("taken")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert account.called("taken")[0]["widgetContext"]["forms"]["all"] == {"outer": "1", "inner": "2"}


def test_a_popup_that_opens_another_gives_way_to_it(opened: Open) -> None:
    again = f"<button>Again</button>{call('again', display='popup')}"
    answers = iter(range(1, 9))
    page = opened(answering(again, again=lambda event: f"<p>number {next(answers)}</p>{again}"))
    page.get_by_role("button", name="Again").click()
    for number in (1, 2, 3):
        expect(page.get_by_role("dialog")).to_contain_text(f"number {number}")
        page.get_by_role("dialog").get_by_role("button", name="Again").click()
    expect(page.get_by_role("dialog")).to_contain_text("number 4")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_enter_in_a_field_leads_nowhere_but_to_the_forms_own_button(opened: Open) -> None:
    account = answering(
        f"<form><input name=to><button>Ask</button>{call('doctor')}</form><form><input name=alone></form>",
        doctor=lambda event: "<p>answered</p>",
    )
    page = opened(account)
    url = page.url
    page.locator("input[name=alone]").press("Enter")
    page.wait_for_timeout(100)
    assert (page.url, account.called("doctor")) == (url, [])
    page.locator("input[name=to]").fill("10.110.0.10")
    page.locator("input[name=to]").press("Enter")
    expect(body(page)).to_have_text("answered")
    assert len(account.called("doctor")) == 1


CONFIRM = "<button>Repair</button>" + call("repair", display="popup", confirmation="Repair pcx-1 <now>?")


def test_a_confirmed_action_is_done_once(opened: Open) -> None:
    account = answering(CONFIRM, repair=lambda event: "<p>started</p>")
    page = opened(account)
    page.get_by_role("button", name="Repair").click()
    dialog = page.get_by_role("dialog", name="Are you sure?")
    expect(dialog).to_contain_text("Repair pcx-1 <now>?")
    assert account.called("repair") == []
    dialog.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("dialog")).to_have_text("WidgetClosestarted")
    assert len(account.called("repair")) == 1


@pytest.mark.parametrize(
    "no",
    [
        lambda p: p.get_by_role("button", name="Cancel").click(),
        lambda p: p.keyboard.press("Escape"),
        lambda p: p.keyboard.press("Enter"),
    ],
    ids=["Cancel", "Escape", "Enter on what has the focus"],
)
def test_an_action_that_is_not_confirmed_is_not_done(opened: Open, no: Callable[[Page], None]) -> None:
    account = answering(CONFIRM, repair=lambda event: "<p>started</p>")
    page = opened(account)
    page.get_by_role("button", name="Repair").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    no(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_timeout(200)
    assert account.called("repair") == []


def test_a_second_click_while_the_first_is_under_way_is_none(opened: Open) -> None:
    account = answering(f"<button>Repair</button>{call('repair')}", repair=lambda event: "<p>started</p>")
    page = opened(account)
    page.get_by_role("button", name="Repair").dblclick()
    expect(body(page)).to_have_text("started")
    assert len(account.called("repair")) == 1


def test_other_events_than_a_click_take_actions_too(opened: Open) -> None:
    account = answering(
        f"<button>Twice</button>{call('twice', event='dblclick', display='popup')}"
        "<span>Over</span><cwdb-action event=mouseenter display=popup><p>hovered</p></cwdb-action>",
        twice=lambda event: "<p>twice</p>",
    )
    page = opened(account)
    page.get_by_role("button", name="Twice").click()
    assert account.called("twice") == []
    page.get_by_role("button", name="Twice").dblclick()
    expect(page.get_by_role("dialog")).to_contain_text("twice")
    page.keyboard.press("Escape")
    place = page.get_by_text("Over", exact=True).bounding_box()
    assert place
    page.mouse.move(place["x"] + 2, place["y"] + 2)
    expect(page.get_by_role("dialog")).to_contain_text("hovered")
    assert problems(page) == []


MISUSED = [
    (call("f"), "no element stands right before it"),
    (f"<button>b</button>{call('f')}{call('f')}", "no element stands right before it"),
    ("<button>b</button><cwdb-action action=call></cwdb-action>", "not the ARN of a Lambda function"),
    ("<button>b</button><cwdb-action action=call endpoint='https://example.com'></cwdb-action>", "not the ARN"),
    (f"<button>b</button>{call('f', 'no json')}", "not JSON"),
    (f"<button>b</button>{call('f', '[1]')}", "not a JSON object"),
    (f"<button>b</button>{call('f', event='mouseenter')}", "mouseenter cannot call"),
    (f"<button>b</button>{call('f', event='keydown')}", "event is one of click, dblclick, mouseenter"),
    ("<button>b</button><cwdb-action action=post></cwdb-action>", "action is one of html, call"),
    ("<button>b</button><cwdb-action display=tab></cwdb-action>", "display is one of widget, popup"),
    (f"<svg><circle r=4 />{call('f')}</svg>", "<cwdb-action> inside <svg>"),
    (f"<a class=btn>b</a>{call('f')}", 'no keyboard reaches <a> "b"'),
]


def test_an_action_that_cloudwatch_would_not_take_is_named(opened: Open) -> None:
    page = opened(side_by_side([html for html, _ in MISUSED]))
    for number, (html, said) in enumerate(MISUSED):
        assert any(said in problem for problem in problems(page, number)), (html, problems(page, number))


# The rest of a dashboard.


def test_links_lead_to_the_console_and_leave_the_page_alone(opened: Open) -> None:
    page = opened(answering("<a href='/states/home#x' target=_blank>one</a><a href='https://example.com/y'>two</a>"))
    hrefs = [link.get_attribute("href") for link in body(page).locator("a").all()]
    assert hrefs == ["https://eu-west-1.console.aws.amazon.com/states/home#x", "https://example.com/y"]
    assert {link.get_attribute("rel") for link in body(page).locator("a").all()} == {"noopener noreferrer"}


def test_default_styles_go_where_the_widget_wants_none(opened: Open) -> None:
    page = opened(
        Widgets(
            {
                "plain": lambda e: "<div class='cwdb-no-default-styles'></div><a class=btn href='#'>b</a>",
                "styled": lambda e: "<a class=btn href='#'>b</a>",
            },
            [custom("plain"), custom("styled", x=12)],
        )
    )
    radius = [page.locator(f"#widget-{n} a").evaluate("a => getComputedStyle(a).borderTopWidth") for n in (0, 1)]
    assert radius == ["0px", "1px"]


def test_text_metric_and_alarm_widgets_are_told_in_words(opened: Open) -> None:
    page = opened(
        Widgets(
            {},
            [
                {
                    "type": "text",
                    "properties": {
                        "markdown": "# Peerway\n[docs](https://example.com) <script>window.ran = 1</script>"
                    },
                },
                {"type": "metric", "properties": {"title": "Connections", "metrics": [["Peerway", "Connected"]]}},
                {
                    "type": "alarm",
                    "properties": {"title": "Alarms", "alarms": [f"arn:aws:cloudwatch:{ACCOUNT}:alarm:full"]},
                },
                {"type": "log", "properties": {"title": "Logs", "query": "…"}},
            ],
        )
    )
    expect(page.locator("#widget-0 h1")).to_have_text("Peerway")
    assert page.evaluate("window.ran") is None
    expect(page.locator("#widget-1 tbody tr")).to_have_text("ConnectedMaximum3")
    expect(page.locator("#widget-1")).to_contain_text("This page draws no curves")
    expect(page.locator("#widget-2 li")).to_have_text("ALARM full: too many")
    expect(page.locator("#widget-3")).to_contain_text('A widget of type "log", which this page does not show.')


def test_a_widget_lies_where_the_dashboard_puts_it(opened: Open) -> None:
    page = opened(Widgets({"w": lambda e: ""}, [custom("w", x=0, y=0, width=8), custom("w", x=8, y=0, width=16)]))
    left, right = (page.locator(f"#widget-{n}").bounding_box() for n in (0, 1))
    assert left and right
    assert left["y"] == right["y"]
    assert 1.9 < right["width"] / left["width"] < 2.1
    page.set_viewport_size({"width": 600, "height": 900})
    left, right = (page.locator(f"#widget-{n}").bounding_box() for n in (0, 1))
    assert left and right
    assert left["x"] == right["x"] and left["y"] < right["y"], "on a narrow screen one stands under the other"
