"""What a run costs: AWS's list prices in one place. A sandbox's own prices may differ; none of the parts is large."""

from dataclasses import dataclass

AS_OF = "list prices of eu-west-1 in 2025"
HOUR = {
    "t4g.nano": 0.0046,  # "Amazon EC2 On-Demand Pricing"
    "public IPv4 address": 0.005,  # "Amazon VPC Pricing"
    "customer managed key": 1.0 / 730,  # "AWS Key Management Service Pricing": $1 a month
    "alarm": 0.10 / 730,  # "Amazon CloudWatch Pricing": $0.10 a month
}
THOUSAND_TRANSITIONS = 0.025  # "AWS Step Functions Pricing"
MILLION_EVENTS = 1.00  # "Amazon EventBridge pricing": events put on a bus of another account
GB_SECOND = 0.0000133334  # "AWS Lambda Pricing", arm64


@dataclass(frozen=True)
class Cost:
    what: str
    dollars: float


def of_a_run(hours: float) -> list[Cost]:
    """`hours`: how long a run that goes well takes, from making to removed."""
    return [
        Cost(f"3 instances t4g.nano for {hours:g} h", 3 * HOUR["t4g.nano"] * hours),
        Cost(f"2 public IPv4 addresses for {hours:g} h", 2 * HOUR["public IPv4 address"] * hours),
        Cost(f"a key of KMS and 7 alarms for {hours:g} h", (HOUR["customer managed key"] + 7 * HOUR["alarm"]) * hours),
        Cost("some 600 state transitions", 0.6 * THOUSAND_TRANSITIONS),
        Cost("some 500 invocations of functions, 2 s each", 500 * 2 * GB_SECOND),
        Cost(f"some 300 forwarded events ({AS_OF}; free tiers not counted)", 300 / 1_000_000 * MILLION_EVENTS),
    ]
