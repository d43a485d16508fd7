"""How long a function takes to its first answer, from the start of its process, beside a handler that does nothing."""

import json
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.aws.runtime import java_loaded, java_runtime, one_invocation
from local.aws.stacks import cloudformation_yaml
from local.rig.rig import BUILD

FUNCTION = "VpcEventFunction"
IGNORED = {
    "version": "0",
    "id": "1",
    "source": "aws.ec2",
    "detail-type": "EC2 Instance State-change Notification",
    "account": "210987654321",
    "time": "2026-11-29T10:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": {"instance-id": "i-0123456789abcdef0"},
}
TIMES = 7
LIMITS = {"cold": 9.0, "loaded": 5.0}

_NOTHING = """
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

public final class Nothing implements RequestStreamHandler {
  @Override
  public void handleRequest(java.io.InputStream in, java.io.OutputStream out, Context context)
      throws java.io.IOException {
    out.write(new byte[] {'{', '}'});
  }
}
"""


@dataclass(frozen=True)
class Startups:
    """Medians, in seconds, of the same machine and the same flags, in turns."""

    nothing: float
    cold: float
    """The function as it is on AWS."""

    loaded: float
    """From the AOT cache of the local AWS."""

    def ratios(self) -> dict[str, float]:
        return {"cold": round(self.cold / self.nothing, 1), "loaded": round(self.loaded / self.nothing, 1)}

    def reached(self) -> dict[str, bool]:
        return {f"firstAnswer{name.capitalize()}": ratio <= LIMITS[name] for name, ratio in self.ratios().items()}

    def report(self) -> dict[str, Any]:
        return {
            "function": FUNCTION,
            "of": "a first, ignored event; C1 only, serial collector; medians in turns",
            "times": TIMES,
            "seconds": {
                "nothing": round(self.nothing, 3),
                "cold": round(self.cold, 3),
                "loaded": round(self.loaded, 3),
            },
            "ratioToAHandlerThatDoesNothing": self.ratios(),
            "limits": LIMITS,
        }


def measure() -> Startups:
    with tempfile.TemporaryDirectory(prefix="peerway-startups-") as directory:
        nothing, function = _nothing(Path(directory) / "nothing"), Path(directory) / "function"
        resources = cloudformation_yaml.load(BUILD / "template.yaml")["Resources"]
        properties = resources[FUNCTION]["Properties"]
        package = (BUILD / properties["CodeUri"]).resolve()
        name = java_loaded.name_of(package)
        java_loaded.load(package, name, resources)
        shutil.copytree(package, function)
        shutil.copy(java_runtime.BOOTSTRAP, function / "bootstrap")
        (function / java_loaded.FILE).write_text(name)
        handler = properties["Handler"]
        batch = json.dumps({"Records": [{"messageId": "1", "body": json.dumps(IGNORED)}]}).encode()
        variables = (
            java_runtime.environment() | java_loaded.VARIABLES | {"EVENT_QUEUE_URL": "x", "UNDELIVERED_EVENTS_URL": "x"}
        )

        def seconds(folder: Path, of: str, **more: str) -> float:
            answer = one_invocation.invoke(folder, of, batch, variables | more)
            if answer.failed or json.loads(answer.body) not in ({}, {"batchItemFailures": []}):
                raise RuntimeError(f"{of} answered {answer.body.decode()}")
            return answer.seconds

        rounds = [
            (
                seconds(nothing, "Nothing"),
                seconds(function, handler, PEERWAY_LOADED=directory),
                seconds(function, handler),
            )
            for _ in range(TIMES)
        ]
        return Startups(*(statistics.median(values) for values in zip(*rounds, strict=True)))


def _nothing(folder: Path) -> Path:
    folder.mkdir()
    (folder / "Nothing.java").write_text(_NOTHING)
    subprocess.run(
        [
            str(java_runtime.java_home() / "bin" / "javac"),
            "-cp",
            f"{java_runtime.environment()['PEERWAY_RIC']}/*",
            "-d",
            str(folder),
            str(folder / "Nothing.java"),
        ],
        check=True,
    )
    shutil.copy(java_runtime.BOOTSTRAP, folder / "bootstrap")
    return folder
