"""The page in a real browser: without scripts, by keyboard, narrow and wide, light and dark."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Dialog, Page, sync_playwright
from waitress.server import create_server

from tests.web.conftest import addressed

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = (
    "/",
    "/search?q=hội&year=2023",
    "/search?q=12-NQ/TU",
    "/search?q=khongcogi&year=2023",
    "/search?q=a&from=31/6/2023",
    "/r/nuoc-sach",
    "/r/hoi-dong-truong",
    "/r/da-go",
    "/r/khong-co",
    "/d/12-NQ/TU",
    "/about",
    "/help",
)

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]


@pytest.fixture(scope="module")
def house(app: Flask) -> Iterator[str]:
    """The address of the page, served as in earnest."""
    server = create_server(app, host="127.0.0.1", port=0, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def plain(browser: Browser, house: str) -> Iterator[Page]:
    """A page of a Vietnamese reader without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", base_url=house)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_fits_without_sideways_scroll(browser: Browser, house: str, ids: dict[str, str], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", base_url=house)
    page = context.new_page()
    for address in PAGES:
        page.goto(addressed(address, ids))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()


@pytest.mark.parametrize(("width", "theme", "locale"), [(320, "light", "en-GB"), (1440, "dark", "vi-VN")])
def test_can_be_used_by_all(
    browser: Browser, house: str, ids: dict[str, str], width: int, theme: Literal["light", "dark"], locale: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        locale=locale,
        base_url=house,
        bypass_csp=True,  # axe is a script
    )
    page = context.new_page()
    for address in PAGES:
        page.goto(addressed(address, ids))
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
    context.close()


def test_search_narrow_open_follow_and_go_to_the_source(plain: Page) -> None:
    plain.goto("/")
    plain.locator("#q").fill("mường cọ")
    plain.keyboard.press("Enter")
    plain.locator(".filters").get_by_role("link", name="Ban Thường vụ Tỉnh ủy Lam Khê").click()
    assert plain.locator(".hit").count() == 1
    plain.locator(".hit h3 a").click()
    plain.get_by_role("link", name="Sở Tài chính").click()
    assert plain.url.endswith("#d5-2")
    lit = plain.locator("#d5-2").evaluate("one => getComputedStyle(one).textDecorationLine")
    assert lit == "underline"
    source = plain.locator("#nguon a[rel=external]").get_attribute("href") or ""
    assert source.startswith("https://baolamkhe.example/tin/nuoc-sach.html#:~:text=")
    plain.locator(".text").get_by_role("link", name="Nghị quyết số 12-NQ/TU").click()
    assert plain.locator("blockquote").count() == 3


def test_by_keyboard_alone(plain: Page) -> None:
    plain.goto("/search?q=hội")
    plain.keyboard.press("Tab")
    assert plain.locator(":focus").inner_text() == "Đến nội dung chính"
    plain.keyboard.press("Enter")
    plain.keyboard.press("Tab")
    inside = plain.locator("main a:focus, main summary:focus")
    assert inside.count() == 1, "the skip link leads past the head"


def test_a_choice_of_theme_stays(plain: Page) -> None:
    plain.goto("/about")
    plain.get_by_role("button", name="Tối").click()
    assert plain.url.endswith("/about")
    assert plain.locator("html").get_attribute("data-theme") == "dark"
    plain.get_by_role("button", name="English").click()
    assert plain.locator("h1").inner_text() == "About"


def test_the_archived_page_runs_nothing(browser: Browser, house: str, ids: dict[str, str]) -> None:
    context = browser.new_context(base_url=house)
    page = context.new_page()
    alerts: list[str] = []

    def heard(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    page.goto(addressed("/r/nuoc-sach/source", ids))
    assert "Tuyến ống dẫn cho 86 hộ." in page.locator("body").inner_text()
    page.get_by_role("button", name="Gửi").click()
    assert page.url.endswith("/source") and alerts == []
    context.close()


def test_the_policy_blocks_nothing_of_ours(browser: Browser, house: str, ids: dict[str, str]) -> None:
    context = browser.new_context(base_url=house)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in ("/", "/search?q=hội", "/r/nuoc-sach", "/d/12-NQ/TU", "/help"):
        page.goto(addressed(address, ids))
        face = page.locator("h1").first.evaluate("one => getComputedStyle(one).lineHeight")
        assert face != "normal", "the style sheet was not used"
    assert said == []
    context.close()
