"""The page itself can be read and reached, and what judges that of the widgets sees what is wrong."""

import pytest
from playwright.sync_api import expect

from local.console.tests.conftest import Open, Widgets, answering, arn, custom
from local.console.tests.sight import overflowing, photograph, unreached, violations

ACTION = f"<cwdb-action action=call display=popup endpoint='{arn('called')}'></cwdb-action>"
CONTENT = (
    "<h2>Heading</h2><p>Text, and <a href='https://example.com'>a link</a></p><table><tr><th>Name<td>value</table>"
    "<form><label>To <input name=to></label> <label>By <select name=by><option>tcp</select></label></form>"
    "<label>Note <textarea name=note></textarea></label><pre>as it is</pre>"
    f"<button class=btn>One</button>{ACTION}<button class='btn btn-primary'>Two</button>{ACTION}"
)


def everything() -> Widgets:
    return Widgets(
        {"widget": lambda e: CONTENT, "wrong": lambda e: "<script>1</script>", "called": lambda e: "<p>called</p>"},
        [
            custom("widget", title="Right"),
            custom("wrong", title="Wrong", x=12),
            custom("missing", title="Missing", y=8),
            {
                "type": "metric",
                "x": 12,
                "y": 8,
                "properties": {"title": "Numbers", "metrics": [["Peerway", "Connected"]]},
            },
            {
                "type": "alarm",
                "x": 18,
                "y": 8,
                "properties": {"title": "Alarms", "alarms": ["arn:aws:cloudwatch:::alarm:a"]},
            },
        ],
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_and_its_dialogs_keep_wcag_aa(opened: Open, theme: str) -> None:
    page = opened(everything(), theme=theme)
    photograph(page, f"contract-{theme}")
    assert violations(page) == []
    page.get_by_role("button", name="One").click()
    expect(page.get_by_role("dialog")).to_contain_text("called")
    assert violations(page) == []


@pytest.mark.parametrize("width", [1920, 1280, 800, 400])
def test_nothing_of_the_page_is_wider_than_its_place(opened: Open, width: int) -> None:
    assert overflowing(opened(everything(), width=width)) == []


def test_the_tabulator_key_comes_to_every_action_and_enter_takes_it(opened: Open) -> None:
    page = opened(everything())
    assert unreached(page) == []
    page.get_by_role("button", name="Two").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("called")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Two")).to_be_focused()


def test_after_an_action_the_focus_is_in_the_widget(opened: Open) -> None:
    page = opened(answering("<button>On</button><cwdb-action><p>next</p></cwdb-action>"))
    page.get_by_role("button", name="On", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#widget-0 .body")).to_be_focused()


@pytest.mark.parametrize(
    "html",
    [
        "<div style='width:900px'>wide</div>",
        "<div style='width:80px;overflow:hidden;white-space:nowrap'>cut off in the middle</div>",
        "<svg width=100 height=40><text x=60 y=20>leaves its picture</text></svg>",
        "<svg width=200 height=40><text x=5 y=20>one over</text><text x=9 y=22>another</text></svg>",
        "<svg width=200 height=40><svg x=5 y=5 width=30 height=30><text x=5 y=20>cut off</text></svg></svg>",
        "<svg width=200 height=40 viewBox='0 0 2000 400'><text x=5 y=200>too small</text></svg>",
    ],
)
def test_what_overflows_is_seen(opened: Open, html: str) -> None:
    assert overflowing(opened(answering(html))) != []


def test_pale_text_and_unreachable_actions_are_seen(opened: Open) -> None:
    page = opened(answering(f"<p style='color:#bbb'>pale</p><img src='data:,'><a class=btn>b</a>{ACTION}"))
    assert {violation.split(":")[0] for violation in violations(page)} == {"color-contrast", "image-alt"}
    assert unreached(page) == ["b"]
