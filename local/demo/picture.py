"""python -m local.demo.picture RECORDING SVG: some scenes of a recorded demo (`make recording`) as a picture.

Runs in the environment of the AWS tools, which has rich.
"""

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

SCENES = ("service1 asks to be connected", "What held")
WIDTH = 120
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def scenes(recording: str, titles: tuple[str, ...] = SCENES) -> list[str]:
    """The lines of these scenes, with their colours; of a title that the recording does not have, an error."""
    lines = recording.replace("\r", "").splitlines()
    plain = [ESCAPE.sub("", line) for line in lines]
    found: list[str] = []
    for title in titles:
        if title not in plain:
            raise ValueError(f"the recording has no scene {title!r}")
        begin = plain.index(title)
        end = next(
            (at for at in range(begin + 1, len(plain)) if plain[at] and not plain[at].startswith(" ")), len(plain)
        )
        found += [*lines[begin:end], ""]
    while found and not ESCAPE.sub("", found[-1]).strip():
        found.pop()
    return found


def main() -> int:
    recording, out = Path(sys.argv[1]), Path(sys.argv[2])
    lines = scenes(recording.read_text(errors="replace"))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(lines)))
    console.save_svg(str(out), title="make demo", theme=MONOKAI, unique_id="demo")
    return 0


if __name__ == "__main__":
    sys.exit(main())
