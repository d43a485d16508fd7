"""The accounts of the local AWS and how a caller shows which one it belongs to.

Both emulators take a 12-digit access key id as "this account, its root user": ministack by itself, moto through
`corrections/account_key.py`. One pair of credentials therefore means the same thing to either of them.
"""

HUB = "123456789012"
"""The hub account. moto's own default account, made ministack's too, so that both agree without any header."""

REGION = "eu-west-1"


def credentials(account: str) -> dict[str, str]:
    """Environment variables with which any AWS client acts as this account's root user."""
    return {"AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "local"}
