from local.aws.ministack_child.workflows.retries import interval


def test_the_interval_grows_up_to_its_limit() -> None:
    retrier = {"IntervalSeconds": 1, "BackoffRate": 2, "MaxDelaySeconds": 10}
    assert [interval(retrier, retries) for retries in range(6)] == [1, 2, 4, 8, 10, 10]


def test_full_jitter_is_anything_up_to_the_interval() -> None:
    retrier = {"IntervalSeconds": 4, "JitterStrategy": "FULL"}
    waits = [interval(retrier, 1) for _ in range(200)]
    assert 0 <= min(waits) < 2 and 6 < max(waits) <= 8
