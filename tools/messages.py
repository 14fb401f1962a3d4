"""Gather the words of the interface and compile their translations.

Messages are written in Chinese; the one catalogue is English. The compiled file is kept in the repository, so that a
machine without gettext can run the portal; a test holds it against its source.
"""

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "gongkai"


def main() -> int:
    """Run Django's makemessages and compilemessages over the package."""
    manage = [sys.executable, "-m", "gongkai", "manage"]
    (PACKAGE / "locale").mkdir(exist_ok=True)
    for words in (
        ["makemessages", "-l", "en", "--no-location", "--no-wrap", "--ignore", "tests/*"],
        ["compilemessages", "-l", "en"],
    ):
        subprocess.run([*manage, *words], cwd=PACKAGE, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
