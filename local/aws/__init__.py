"""The local AWS: moto for EC2, STS, SSM and Organizations, ministack for the rest, corrected and watched."""
