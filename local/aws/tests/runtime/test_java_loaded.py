"""The built functions, with their classes loaded before."""

import os
from pathlib import Path

import pytest

from local.aws.runtime import java_loaded, java_runtime
from local.aws.stacks import cloudformation_yaml
from local.rig.rig import BUILD

pytestmark = pytest.mark.skipif(not (BUILD / "template.yaml").exists(), reason="needs `make build`")


def test_every_handler_can_be_made_and_gives_its_classes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = cloudformation_yaml.load(BUILD / "template.yaml")["Resources"]
    package = (BUILD / resources["AdmitFunction"]["Properties"]["CodeUri"]).resolve()
    monkeypatch.setattr(java_runtime, "loaded", lambda: tmp_path)  # functions of other rigs start from the real one
    old, kept = tmp_path / "old", tmp_path / "kept"
    old.mkdir()
    kept.mkdir()
    os.utime(old, (0, 0))
    name = java_loaded.name_of(package)
    assert java_loaded.load(package, name, resources) == []
    cache = (java_runtime.loaded() / name / "functions.aot").read_bytes()
    assert len(cache) > 10_000_000
    # What no sample meets in an empty account: of the functions' own policies, and of the service role's.
    for shape in ("NetworkAclEntry", "AuthorizeSecurityGroupIngressResponse"):
        assert f"software/amazon/awssdk/services/ec2/model/{shape}$BuilderImpl".encode() in cache
    assert kept.is_dir() and not old.exists()


def test_a_package_that_changes_is_another_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = java_loaded.name_of(tmp_path)
    assert java_loaded.name_of(tmp_path) == before
    (tmp_path / "a").write_text("2")
    assert java_loaded.name_of(tmp_path) != before
