"""Whether people can see, read and reach what a page shows."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from local.console import files

PICTURES = Path(__file__).parents[3] / "target" / "console"
AXE = files.CACHE / "npm" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def overflowing(page: Page) -> list[str]:
    """What is wider than its place, cut off, too small to read, or over something else."""
    return list(page.evaluate(_script("overflowing")))


def violations(page: Page) -> list[str]:
    """Of the WCAG's rules at level AA that axe can judge (contrast of text among them)."""
    page.evaluate(AXE.read_text())
    result: dict[str, Any] = page.evaluate(f"axe.run({{runOnly: {json.dumps(RULES)}}})")
    assert any(rule["id"] == "color-contrast" for rule in result["passes"] + result["violations"]), (
        "it measured nothing"
    )
    return [
        f"{rule['id']}: {node['html'][:160]}: {node['failureSummary'][:300]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def unreached(page: Page) -> list[str]:
    """The visible elements with an action that the tabulator key does not come to."""
    there = page.evaluate(_script("with_action"))
    page.evaluate("document.activeElement.blur()")
    for _ in range(4 * len(there) + 200):
        page.keyboard.press("Tab")
        if page.evaluate(_script("tick_off")):
            return []
    return list(page.locator("[data-reached=no]").all_inner_texts())


def photograph(page: Page, name: str, whole: bool = True) -> Path:
    """The whole page, or what is in the window, into target/console/."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    return path


def _script(name: str) -> str:
    return (Path(__file__).parent / f"{name}.js").read_text()
