"""A 12-digit access key id is that account's root user.

Not AWS behaviour but ministack's convention, brought to moto: moto knows only keys it has issued, and takes any other
for its default account. With this, one pair of credentials acts for one account on both emulators.
"""

import re

from moto.core.responses import BaseResponse

_moto_decides = BaseResponse.get_current_account
_ACCOUNT_KEY = re.compile(r"Credential=(\d{12})/")


def _account_of(self: BaseResponse) -> str:
    key = _ACCOUNT_KEY.search(self.headers.get("Authorization", ""))
    return key.group(1) if key else _moto_decides(self)


BaseResponse.get_current_account = _account_of  # type: ignore[method-assign]
