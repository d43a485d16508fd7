"""What `make release` lays out, and that a release has one version."""

import hashlib
import importlib.util
import re
import subprocess
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from local.aws.stacks import cloudformation_yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "scripts/release.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: ModuleType) -> Path:
    """As `sam build` leaves it: two functions with one package, one with another, workflow and document beside it."""
    monkeypatch.setattr(release, "ROOT", tmp_path)
    build = tmp_path / ".aws-sam/build"
    for name, content in (("One", "a"), ("Two", "a"), ("Three", "b")):
        (build / name / "lib").mkdir(parents=True)
        (build / name / "lib/x.jar").write_text(content)
    for name in ("workflows/w.asl.json", "vpn/document.yaml", "LICENSE"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (build / "template.yaml").write_text("""Metadata:
    LicenseUrl: ../../LICENSE
Globals:
    CodeUri: .
Resources:
      CodeUri: One
      CodeUri: Two
      CodeUri: Three
      DefinitionUri: ../../workflows/w.asl.json
            Location: ../../vpn/document.yaml
""")
    return build


def test_equal_packages_are_one_zip_and_everything_lies_beside_the_template(
    release: ModuleType, build: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    template = release.local(build, out)
    named = re.findall(r"^ +\w+: (\S+)$", template, re.MULTILINE)
    assert named == [
        "LICENSE",
        ".",
        "functions.zip",
        "functions.zip",
        "functions-Three.zip",
        "workflows/w.asl.json",
        "vpn/document.yaml",
    ]
    assert {str(file.relative_to(out)) for file in release.files(out)} == set(named) - {"."}
    with zipfile.ZipFile(out / "functions.zip") as archive:
        assert archive.read("lib/x.jar") == b"a"


def test_the_same_contents_are_the_same_zip(release: ModuleType, build: Path, tmp_path: Path) -> None:
    release.zipped(build / "One", tmp_path / "one.zip")
    (build / "Two/lib/x.jar").touch()
    release.zipped(build / "Two", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_checksums_are_those_that_sha256sum_checks(release: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a folder/file").write_text("x")
    (tmp_path / "SHA256SUMS").write_text(release.checksums(tmp_path))
    assert hashlib.sha256(b"x").hexdigest() in (tmp_path / "SHA256SUMS").read_text()
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)
    (tmp_path / "a folder/file").write_text("y")
    checked = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(checked, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_a_release_has_one_version() -> None:
    poms = [ROOT / "pom.xml", *ROOT.glob("*/pom.xml")]
    found = (re.search(r"<artifactId>peerway</artifactId>\s*<version>(.*?)</version>", pom.read_text()) for pom in poms)
    versions = {version[1] if version else None for version in found}
    versions.add(
        cloudformation_yaml.load(ROOT / "template.yaml")["Metadata"]["AWS::ServerlessRepo::Application"][
            "SemanticVersion"
        ]
    )
    versions.add(re.findall(r"^## \[(\d.*?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[0])
    assert len(versions) == 1, versions


def test_what_the_application_repository_is_told_can_be_published() -> None:
    """As "AWS SAM template Metadata section properties" (Serverless Application Repository developer guide) says."""
    told = cloudformation_yaml.load(ROOT / "template.yaml")["Metadata"]["AWS::ServerlessRepo::Application"]
    assert re.fullmatch(r"[a-zA-Z0-9-]{1,140}", told["Name"])
    assert re.fullmatch(r"[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?", told["Author"])
    assert len(told["Description"]) <= 256 and len(told["Labels"]) <= 10
    assert all((ROOT / told[key]).is_file() for key in ("LicenseUrl", "ReadmeUrl"))
