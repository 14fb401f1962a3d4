"""The pictures in the documents, taken of the running portal in the system's Chromium."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.bench import portal

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PICTURES = {"home": "/", "report": "/reports/hongkou-2019/#check"}
SIZE = {"width": 1280, "height": 900}  # pixels


def main() -> int:
    """Take every picture anew."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        print("Chromium is not installed. As root run `make system`.", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, portal(folder) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, locale="zh-CN")  # type: ignore[arg-type]
        for name, path in PICTURES.items():
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
            page.screenshot(path=IMAGES / f"{name}.png")
            print(f"docs/images/{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
