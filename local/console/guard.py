"""Who may ask: this page, in a browser on this machine, and nobody else's page.

What is asked can start repairs. A page of somebody else's that is open in the same browser reaches 127.0.0.1 as well,
and by DNS rebinding even under a name of its own. What it cannot do is to send another Host or Origin than its own
(both are forbidden header names of the Fetch standard), or JSON to another origin without a preflight request, which
is never answered.
"""

from collections.abc import Mapping


def refusal(method: str, headers: Mapping[str, str], port: int) -> str | None:
    """Why this request is not answered; None if it is."""
    own = {f"127.0.0.1:{port}", f"localhost:{port}"}
    host = headers.get("Host", "")
    if host not in own:
        return f"this is {' or '.join(sorted(own))}, and was asked as {host!r}"
    origin = headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return f"asked by a page of {origin!r}; only its own page may"
    if method != "GET":
        if origin is None:
            return "no Origin: only its own page may ask for that"
        if headers.get("Content-Type", "").split(";")[0].strip() != "application/json":
            return "the Content-Type has to be application/json"
    return None
