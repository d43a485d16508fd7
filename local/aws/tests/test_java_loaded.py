"""The built functions, with their classes loaded before."""

import shutil
from pathlib import Path

import pytest

from local.aws import cloudformation_yaml, java_loaded, java_runtime
from local.rig.rig import BUILD

pytestmark = pytest.mark.skipif(not (BUILD / "template.yaml").exists(), reason="needs `make build`")


def test_every_handler_can_be_made_and_gives_its_classes() -> None:
    functions = {name: resource["Properties"] for name, resource in cloudformation_yaml.load(BUILD / "template.yaml")["Resources"].items()
                 if resource["Type"] == "AWS::Serverless::Function"}
    package = (BUILD / functions["AdmitFunction"]["CodeUri"]).resolve()
    shutil.rmtree(java_runtime.loaded() / java_loaded.name(package), ignore_errors=True)
    assert java_loaded.load(package, {name: properties["Handler"] for name, properties in functions.items()}) == []
    assert (java_runtime.loaded() / java_loaded.name(package) / "functions.aot").stat().st_size > 10_000_000


def test_a_package_that_changes_is_another_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = java_loaded.name(tmp_path)
    assert java_loaded.name(tmp_path) == before
    (tmp_path / "a").write_text("2")
    assert java_loaded.name(tmp_path) != before
