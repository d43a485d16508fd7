"""Who belongs to the organisation."""

from moto.organizations.models import organizations_backends


def organization_of(account: str) -> str | None:
    """The id of the organisation that an account belongs to, as its management account or a member."""
    for management_account, backends in list(organizations_backends.items()):
        for backend in backends.values():
            if backend.org and account in (management_account, *(member.id for member in backend.accounts)):
                return str(backend.org.id)
    return None
