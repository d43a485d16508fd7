"""The metrics of a widget, from the short form that a dashboard's body has.

AWS behaviour ("Dashboard Body Structure and Syntax", Metric Widget: Format for Each Metric in the Array): an array of
namespace, name, dimensions and options; `.` stands for what the metric before has at that place, `...` for all that it
has before what follows; an object alone is an expression.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Series:
    label: str
    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    stat: str
    period: int


@dataclass(frozen=True)
class Expression:
    label: str
    text: str


class Malformed(ValueError):
    """The widget's `metrics` are not as CloudWatch takes them."""


def of_widget(properties: dict[str, Any]) -> Iterator[Series | Expression]:
    before: list[str] = []
    for metric in properties.get("metrics", []):
        if not isinstance(metric, list) or not metric:
            raise Malformed(f"a metric is an array that is not empty: {metric!r}")
        options = metric[-1] if isinstance(metric[-1], dict) else {}
        words = [word for word in metric if not isinstance(word, dict)]
        if "expression" in options:
            text, label = str(options["expression"]), str(options.get("label", ""))
            # A dynamic label ("${PROP(…)}", "${LAST}") is CloudWatch's to fill in.
            yield Expression(label if label and "${" not in label else text, text)
            continue
        before = _whole(words, before)
        namespace, name, *rest = before
        dimensions = tuple(zip(rest[::2], rest[1::2], strict=True))
        yield Series(
            str(options.get("label") or " ".join([name, *(value for _, value in dimensions)])),
            namespace,
            name,
            dimensions,
            str(options.get("stat", properties.get("stat", "Average"))),
            int(options.get("period", properties.get("period", 300))),
        )


def _whole(words: list[str], before: list[str]) -> list[str]:
    if words[:1] == ["..."]:
        rest = words[1:]
        words = before[: len(before) - len(rest)] + rest
    if any(word == "." and place >= len(before) for place, word in enumerate(words)):
        raise Malformed(f"a `.` repeats the metric before, which has nothing there: {words!r}")
    whole = [before[place] if word == "." else str(word) for place, word in enumerate(words)]
    if len(whole) < 2 or len(whole) % 2:
        raise Malformed(f"a metric has a namespace, a name and dimensions in pairs: {words!r}")
    return whole
