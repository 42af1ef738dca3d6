"""Where the templates, the static files and the message catalogues are."""

from pathlib import Path

import server


def folder() -> Path:
    """Return the folder of `templates`, `static` and `translations`: packed, or the checkout."""
    package = Path(server.__file__).parent
    packed = package / "_web"
    return packed if (packed / "templates").is_dir() else package.parent
