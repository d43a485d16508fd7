"""A 12-digit access key id is that account's root user."""

from local.aws.local_aws import LocalAws


def test_both_emulators_take_the_same_credentials_for_the_same_account(aws: LocalAws) -> None:
    assert aws.client("sts", "444455556666").get_caller_identity()["Account"] == "444455556666"
    bus = aws.client("events", "444455556666").create_event_bus(Name="theirs")["EventBusArn"]
    assert bus.split(":")[4] == "444455556666"
