"""What is on disk, whatever ended the run that wrote it."""

from pathlib import Path

import pytest

from prove.made.journal import InUse, Journal


def test_a_thing_is_on_disk_before_it_is_made(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.making("vpc", "hub", "eu-west-1", "scratch") as made:
        assert '"scratch"' in journal.path.read_text()
        made.id = "vpc-1"
    assert [(entry.kind, entry.id) for entry in journal.left()] == [("vpc", "vpc-1")]


def test_what_failed_while_it_was_made_may_be_there(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(RuntimeError), journal.making("vpc", "hub", "eu-west-1", "scratch"):
        raise RuntimeError("the answer was lost")
    journal.close()
    assert [(entry.name, entry.id) for entry in Journal(tmp_path).left()] == [("scratch", "")]


def test_another_run_goes_on_where_a_crash_cut_a_line_off(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for number in (1, 2, 3):
        with journal.making("queue", "hub", "eu-west-1", f"q{number}") as made:
            made.id = f"q{number}"
    journal.removed(journal.left()[0])
    journal.close()
    with journal.path.open("a") as file:
        file.write('{"number": 4, "kind": "qu')
    again = Journal(tmp_path)
    assert [entry.id for entry in again.left()] == ["q2", "q1"]
    again.finish()
    assert again.left() == []
    assert not again.path.exists()


def test_one_process_at_a_time(tmp_path: Path) -> None:
    first = Journal(tmp_path)
    with pytest.raises(InUse):
        Journal(tmp_path)
    first.close()
    Journal(tmp_path).close()
