"""An SSM document of schema 2.2 with one aws:runShellScript step, as Run Command reads it.

AWS behaviour ("SSM document syntax", "Data elements and parameters", AWS Systems Manager User Guide).
"""

import functools
import re
from dataclasses import dataclass
from typing import Any

import yaml


class InvalidParameters(ValueError):
    """A parameter the document does not have, lacks, or does not allow."""


@dataclass(frozen=True)
class Document:
    step: str
    script: str
    timeout: float
    parameters: dict[str, dict[str, Any]]

    @classmethod
    @functools.lru_cache(maxsize=8)
    def parse(cls, content: str) -> "Document":
        """Read once: it takes a tenth of a second, and every command asks for it."""
        parsed = yaml.safe_load(content)  # JSON is YAML
        step = next(step for step in parsed["mainSteps"] if step["action"] == "aws:runShellScript")
        lines = step["inputs"]["runCommand"]
        return cls(
            step=step["name"],
            script="\n".join(lines) + "\n",
            timeout=float(step["inputs"].get("timeoutSeconds", 3600)),
            parameters=parsed.get("parameters", {}),
        )

    def environment(self, given: dict[str, list[str]]) -> dict[str, str]:
        """What the script finds in its environment, or InvalidParameters."""
        unknown = set(given) - set(self.parameters)
        if unknown:
            raise InvalidParameters(f"Parameters {sorted(unknown)} are not defined in the document")
        return {
            f"SSM_{name}": _checked(name, definition, given.get(name)) for name, definition in self.parameters.items()
        }


def _checked(name: str, definition: dict[str, Any], given: list[str] | None) -> str:
    if given is None:
        if "default" not in definition:
            raise InvalidParameters(f"Parameter {name} is required")
        return str(definition["default"])
    if definition["type"] == "String" and len(given) != 1:
        raise InvalidParameters(f"Parameter {name} is a String, but has {len(given)} values")
    for value in given:
        if "allowedPattern" in definition and not re.search(definition["allowedPattern"], value):
            raise InvalidParameters(
                f"Parameter {name} does not match the allowed pattern {definition['allowedPattern']}: {value}"
            )
        if "allowedValues" in definition and value not in definition["allowedValues"]:
            raise InvalidParameters(f"Parameter {name} is not one of {definition['allowedValues']}: {value}")
    return given[0] if definition["type"] == "String" else ",".join(given)
