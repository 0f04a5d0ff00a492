"""The pages in Debian's Chromium: they fit a phone, ask nothing of the network and switch language."""

from __future__ import annotations

import pytest

from troth.cli.main import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The demo's pages."""
    where = tmp_path_factory.mktemp("demo")
    with pytest.raises(SystemExit) as left:
        main(["demo", "--pages", "-o", str(where), "--json"])
    assert not left.value.code
    return where


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "name", ["today.html", "guest-liu-jianping--*.html", "client-sun-desheng--*.html"]
)
def test_page_fits_and_stays_offline(chromium, folder, name, width):
    """No sideways scrolling, no request beyond the file itself, no message on the console."""
    page = chromium.new_page(viewport={"width": width, "height": 900})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(next(folder.glob(name)).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(asked) == 1
    assert not said
    page.close()


def test_language_switches_without_script(chromium, folder):
    """Choosing the other language shows its words and hides the first ones."""
    page = chromium.new_page(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page.goto(next(folder.glob("guest-liu-jianping--*.html")).as_uri())
    heading = page.locator("h1:visible")
    first = heading.inner_text()
    page.locator("label:visible", has_text="English" if "信任" in first else "中文").first.click()
    assert heading.count() == 1
    assert ("信任" in heading.inner_text()) != ("信任" in first)
    page.close()
