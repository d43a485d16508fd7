"""README.md and docs/: short, without dead links, and like what they tell of."""

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from local.aws.stacks import cloudformation_yaml
from local.bench import month

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.md"), ROOT / "events/README.md"]
)
CODE = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CELL = 480
"""Characters: three lines of a terminal."""


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def anchors(markdown: str) -> set[str]:
    """As GitHub makes them of headings."""
    titles = re.findall(r"^#+ (.*)$", CODE.sub("", markdown), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", title).lower()).replace(" ", "-") for title in titles}


def readable(target: Path) -> bool:
    return target.is_file() and target.suffix != ".png"


def dead_links(document: Path, markdown: str) -> list[str]:
    dead = []
    for link in LINK.findall(CODE.sub("", markdown)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        text = markdown if target == document else target.read_text() if readable(target) else ""
        if not target.exists() or (anchor and anchor not in anchors(text)):
            dead.append(link)
    return dead


def long_cells(markdown: str) -> list[str]:
    rows = [line for line in CODE.sub("", markdown).splitlines() if line.startswith("|")]
    return [cell for row in rows for cell in re.split(r"(?<!\\)\|", row) if len(cell.strip()) > CELL]


def test_the_readme_fits_on_a_few_screens() -> None:
    assert len(README.read_bytes()) <= 8192, "what is more belongs in docs/"


@pytest.mark.parametrize("document", DOCUMENTS, ids=names(DOCUMENTS))
def test_every_link_leads_somewhere(document: Path) -> None:
    assert dead_links(document, document.read_text()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=names(DOCUMENTS))
def test_no_cell_of_a_table_is_a_page(document: Path) -> None:
    assert long_cells(document.read_text()) == []


@pytest.mark.parametrize("link", ["gone.md", "deploy.md#gone", "#gone", "gone/"])
def test_a_dead_link_is_found(link: str) -> None:
    document = ROOT / "docs/operate.md"
    assert dead_links(document, f"# Here\n\n[alive](deploy.md#remove-it) [here](#here) [dead]({link})\n") == [link]


def test_a_long_cell_is_found() -> None:
    assert long_cells(f"| a | {'b' * (CELL + 1)} |\n") != []
    assert long_cells(f"| a | {'b' * CELL} |\n") == []


PICTURES = sorted((ROOT / "docs/pictures").glob("*.dot"))


@pytest.mark.parametrize("source", PICTURES, ids=names(PICTURES))
def test_a_picture_is_of_its_source_as_it_is_now(source: Path) -> None:
    drawn = source.with_suffix(".svg").read_text()
    assert hashlib.sha256(source.read_bytes()).hexdigest() in drawn, "make pictures"


def test_the_cost_is_as_computed() -> None:
    written = (ROOT / "docs/cost.md").read_text()
    months = [month.Month(services) for services in month.SERVICES]
    assert "\n".join(month.counts(months)) in written
    assert "\n".join(month.looked_at(months[0])) in written
    assert all(sum(each.seen().values()) < 6 for each in months)
    assert "\n".join(month.beside(months)) in written
    assert f"Between ${months[0].total():.0f} and ${months[-1].total():.0f} a month" in README.read_text()


def ways(states: dict[str, Any], after: str | None = None) -> Iterator[tuple[str, str]]:
    """Which state may follow which. The branches of a Parallel follow it, and each other."""
    for name, state in states.items():
        choices = [state, *state.get("Choices", []), *state.get("Catch", [])]
        following = [each[key] for each in choices for key in ("Next", "Default") if key in each] or (
            [after] if after else []
        )
        if state["Type"] == "Parallel":
            for branch in state["Branches"]:
                yield from (
                    (before, branch["StartAt"]) for before in (name, *(each["StartAt"] for each in state["Branches"]))
                )
                yield from ways(branch["States"], state["Next"])
        yield from ((name, each) for each in following)


@pytest.mark.parametrize("workflow", month.PATHS)
def test_the_states_that_are_counted_can_follow_each_other(workflow: str) -> None:
    definition = json.loads((ROOT / f"workflows/{workflow}.asl.json").read_text())
    path, possible = month.PATHS[workflow].split(), set(ways(definition["States"]))
    assert path[0] == definition["StartAt"]
    assert [step for step in pairwise(path) if step not in possible] == []
    last = definition["States"][path[-1]]
    assert last.get("End") or last["Type"] == "Succeed"


TEMPLATE = cloudformation_yaml.load(ROOT / "template.yaml")
FUNCTIONS = {
    name: resource["Properties"]
    for name, resource in TEMPLATE["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
}


def section(document: str, title: str) -> str:
    return (ROOT / document).read_text().split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def actions(function: str) -> set[str]:
    statements = [statement for policy in FUNCTIONS[function]["Policies"] for statement in policy["Statement"]]
    return {
        action
        for statement in statements
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }


def test_security_names_the_role_of_every_function() -> None:
    written = section("docs/security.md", "What each role may do, and what a thief could")
    table = written.split("\n`Admit`, `Accept`, `JoinService`", 1)[0]
    assert set(
        re.findall(r"`(\w+)`", "\n".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| `")))
    ) == {name.removesuffix("Function") for name in FUNCTIONS}


def test_security_names_those_that_may_enter_accounts() -> None:
    written = section("docs/security.md", "What each role may do, and what a thief could")
    (sentence,) = re.findall(r"\n((?:`\w+`(?:, | and )?\s*)+) may also assume", written)
    assert set(re.findall(r"`(\w+)`", sentence)) == {
        name.removesuffix("Function") for name in FUNCTIONS if "sts:AssumeRole" in actions(name)
    }


def test_every_parameter_is_explained() -> None:
    written = section("docs/deploy.md", "Parameters")
    rows = "\n".join(row.split("|")[1] for row in written.splitlines() if row.startswith("| `"))
    stack = cloudformation_yaml.load(ROOT / "stacks/service-account.yaml")
    assert set(re.findall(r"`(\w+)`", rows)) == TEMPLATE["Parameters"].keys() | stack["Parameters"].keys()


def test_every_error_and_every_rule_is_explained() -> None:
    errors = {path.stem for path in (ROOT / "shared/src/main/java").rglob("error/*.java")} - {
        "package-info",
        "PeerwayException",
    }
    rows = [
        row.split("|")[1]
        for row in section("docs/operate.md", "When something failed").splitlines()
        if row.startswith("| `")
    ]
    assert errors <= set(re.findall(r"`(\w+)`", "\n".join(rows)))
    rules = {
        name
        for source in (ROOT / "shared/src/main/java").rglob("*.java")
        for name in re.findall(r"class (\w+) implements (?:AdmissionRule|AddressRule)\b", source.read_text())
    }
    written = {
        row.split("`")[1]
        for row in section("docs/operate.md", "When something was refused").splitlines()
        if row.startswith("| `")
    }
    assert rules and rules <= written
