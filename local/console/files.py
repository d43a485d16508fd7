"""What the browser loads: the page beside this file, and two libraries that `make setup` has installed."""

import os
from pathlib import Path

PAGE = Path(__file__).parent / "page"
CACHE = Path(os.environ.get("PEERWAY_CACHE") or Path.home() / ".cache" / "peerway")
LIBRARIES = {
    "purify.js": "dompurify/dist/purify.es.mjs",
    "marked.js": "marked/lib/marked.esm.js",
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}


def find(path: str) -> tuple[str, bytes] | None:
    """Content type and content of what the page is made of. Only files named here can be had, whatever the path is."""
    if path == "/":
        path = "/index.html"
    if path.startswith("/lib/") and path[5:] in LIBRARIES:
        file = CACHE / "npm" / "node_modules" / LIBRARIES[path[5:]]
    elif path[1:] in {file.name for file in PAGE.iterdir()}:
        file = PAGE / path[1:]
    else:
        return None
    return TYPES[Path(path).suffix], file.read_bytes()
