"""What Java functions need to run outside Lambda: a JDK 25 and Lambda's runtime interface client."""

import os
import platform
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

_RUNTIME = Path(__file__).parent
BOOTSTRAP = _RUNTIME / "bootstrap"
_CLIENT_VERSION = "2.9.0"
_NATIVE_LIBRARY = "libaws-lambda-jni.so"
"""Also named in runtime/bootstrap."""


def cache() -> Path:
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "peerway"
    return Path(os.environ.get("PEERWAY_CACHE") or default)


def environment() -> dict[str, str]:
    """What runtime/bootstrap expects."""
    return {"JAVA_HOME": str(java_home()), "PEERWAY_RIC": str(_interface_client()), "PEERWAY_LOADED": str(loaded())}


def loaded() -> Path:
    """The folders of java_loaded.py."""
    return cache() / "loaded"


def java_home() -> Path:
    """JAVA_HOME if it is a JDK 25, else one that is installed where Linux distributions install them."""
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*25*"))
    for candidate in candidates:
        release = candidate / "release"
        if release.is_file() and 'JAVA_VERSION="25' in release.read_text():
            return candidate
    raise RuntimeError(f"JDK 25 needed to run the functions; looked at {[str(path) for path in candidates]}")


def _interface_client() -> Path:
    """The folder with its jars and native library: fetched by Maven once, put in place whole."""
    folder = cache() / f"ric-{_CLIENT_VERSION}"
    if not (folder / _NATIVE_LIBRARY).is_file():
        cache().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache()) as draft:
            subprocess.run(
                [
                    "mvn",
                    "-q",
                    "-B",
                    "-f",
                    str(_RUNTIME / "pom.xml"),
                    "dependency:copy-dependencies",
                    f"-DoutputDirectory={draft}/ric",
                    "-DincludeScope=runtime",
                ],
                check=True,
                env=os.environ | {"JAVA_HOME": str(java_home())},
            )
            _extract_native_library(Path(draft) / "ric")
            shutil.rmtree(folder, ignore_errors=True)
            os.rename(Path(draft) / "ric", folder)
    return folder


def _extract_native_library(folder: Path) -> None:
    """Left to itself every function writes the library to one fixed path in /tmp as it starts, over the file that
    others have mapped: two at once, and one dies of SIGBUS.
    """
    (jar,) = folder.glob("aws-lambda-java-runtime-interface-client-*.jar")
    processor = {"x86_64": "x86_64", "aarch64": "aarch_64"}[platform.machine()]
    with zipfile.ZipFile(jar) as archive:
        (folder / _NATIVE_LIBRARY).write_bytes(archive.read(f"jni/libaws-lambda-jni.linux-{processor}.so"))
