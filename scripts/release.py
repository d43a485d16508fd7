"""release.py OUT [PACKAGED]: lays out what `make release` publishes, from .aws-sam/build.

Functions differ in their handler only, so equal packages become one zip. With PACKAGED, the template that `sam
package` wrote, no zip is made: it refers to a bucket.
"""

import hashlib
import re
import shutil
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same contents are the same zip, whenever it was made."""


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for file in files(folder):
        whole.update(f"{file.relative_to(folder)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def zipped(folder: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files(folder):
            entry = zipfile.ZipInfo(str(file.relative_to(folder)), EPOCH)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())


def local(build: Path, out: Path) -> str:
    """The built template with zips, workflows and document of `out`."""
    seen: dict[str, str] = {}

    def code(match: re.Match[str]) -> str:
        name = match[2]
        if name == ".":  # of Globals: each function has its own
            return match[0]
        package = digest(build / name)
        if package not in seen:
            seen[package] = "functions.zip" if not seen else f"functions-{name}.zip"
            zipped(build / name, out / seen[package])
        return f"{match[1]}{seen[package]}"

    def beside(match: re.Match[str]) -> str:
        source = (build / match[2]).resolve()
        target = out / source.relative_to(ROOT) if source.is_relative_to(ROOT) else out / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        return f"{match[1]}{target.relative_to(out)}"

    template = (build / "template.yaml").read_text()
    template = re.sub(r"^( +CodeUri: )(\S+)$", code, template, flags=re.MULTILINE)
    return re.sub(r"^( +(?:DefinitionUri|Location|LicenseUrl|ReadmeUrl): )(\S+)$", beside, template, flags=re.MULTILINE)


def checksums(out: Path) -> str:
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(out)}\n" for file in files(out))


def main() -> int:
    out = Path(sys.argv[1])
    template = Path(sys.argv[2]).read_text() if len(sys.argv) > 2 else local(ROOT / ".aws-sam/build", out)
    (out / "template.yaml").write_text(template)
    for name in ("stacks", "docs"):
        shutil.copytree(ROOT / name, out / name)
    for name in ("LICENSE", "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, out)
    (out / "SHA256SUMS").write_text(checksums(out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
