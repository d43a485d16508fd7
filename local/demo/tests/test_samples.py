"""Comparing an answer with the expected one."""

from local.demo import samples


def test_the_answer_may_have_more() -> None:
    assert samples.differences({"a": 1}, {"a": 1, "b": 2}) == []


def test_what_is_missing_or_else_is_named_with_its_place() -> None:
    found = samples.differences({"a": {"b": 1, "c": [1, 2]}}, {"a": {"b": 2, "c": [1, 3]}})
    assert found == ["answer.a.b: expected 1, got 2", "answer.a.c[1]: expected 2, got 3"]


def test_a_list_of_another_length_differs() -> None:
    assert samples.differences({"a": [1]}, {"a": []}) == ["answer.a: expected [1], got []"]


def test_a_text_may_be_given_by_its_beginning() -> None:
    assert samples.differences({"a": "route to …"}, {"a": "route to rtb-1"}) == []
    assert samples.differences({"a": "route to …"}, {"a": "no route"}) != []


def test_every_sample_has_an_expected_answer_and_the_other_way_round() -> None:
    events = {path for path in samples.EVENTS.glob("*Function/*.json") if not path.name.endswith(".expected.json")}
    assert events == {samples.event_of(name) for name in samples.names()}
