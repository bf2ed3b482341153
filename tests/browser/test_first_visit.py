"""The README from the first command to the last, in a real browser, on a real server.

`make run`; search, narrow, open, follow a document, go to the source; in another terminal add a
report, find it without a restart, add it again, change it; take the demo out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "articles" / "000_e6d35a45ef2bf389.txt"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]


@dataclass(frozen=True)
class House:
    """A served home and the command in another terminal."""

    base: str
    home: Path

    def bienban(self, *args: str) -> str:
        command = [str(ROOT / ".venv" / "bin" / "bienban"), "--home", str(self.home), *args]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("first") / "home"
    environment = {**os.environ, "BIENBAN_HOME": str(home), "PORT": "0", "BIENBAN_RATE_LIMIT": "0"}
    server = subprocess.Popen(
        ["make", "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert server.stdout is not None
    said = ""
    while "listening on" not in said:
        line = server.stdout.readline()
        assert line, "make run ended before it said an address"
        said += line
    yield House(re.findall(r"http://\S+", said)[-1], home)
    os.killpg(server.pid, 15)
    server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[(1440, True), (360, True), (1440, False)], ids=["wide", "phone", "no-js"])
def page(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    width, scripts = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="vi-VN", base_url=house.base
    )
    yield context.new_page()
    context.close()


def ask(page: Page, words: str) -> None:
    page.goto("/")
    page.locator("#q").fill(words)
    with page.expect_navigation():
        page.locator("#q").press("Enter")


def follow(page: Page, link: Locator) -> None:
    with page.expect_navigation():
        link.click()


def test_search_narrow_open_follow_source(page: Page) -> None:
    ask(page, "hoi nghi ban thuong vu")
    assert page.locator(".hit").count() >= 5
    assert page.locator(".hit mark").first.inner_text().lower().startswith(("hội", "ban", "thường", "nghị"))
    if page.viewport_size and page.viewport_size["width"] < 700:
        page.locator(".filters summary").first.click()
    follow(page, page.locator(".filters").get_by_role("link", name=re.compile(r"^2023")))
    days = page.locator(".hit .day").all_inner_texts()
    assert days
    assert all("2023" in day for day in days)
    follow(page, page.locator(".hit h3 a").first)
    assert page.locator("h1").count() == 1
    follow(page, page.locator(".text a[href^='/d/']").first)
    assert page.locator("blockquote").count() >= 1
    follow(page, page.locator("main a[href^='/r/']").first)
    source = page.locator("a[rel~=external]").first.get_attribute("href") or ""
    assert source.startswith("https://")
    assert ".example/" in source
    archived = page.locator("a[href*='/source']").first.get_attribute("href") or ""
    answer = page.request.get(archived)
    assert answer.status == 200
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_fact_leads_to_its_sentence(page: Page) -> None:
    ask(page, "ban thường vụ tỉnh ủy")
    follow(page, page.locator(".hit h3 a").first)
    if page.locator(".side .fold summary").first.is_visible():
        page.locator(".side .fold summary").first.click()
    fact = page.locator(".side a[data-p]").first
    target = (fact.get_attribute("href") or "").rpartition("#")[2]
    fact.click()
    assert page.url.endswith("#" + target)
    assert page.locator(f"#{target}").is_visible()


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("duong lien xa")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.locator(".hit h3 a:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/*")
    assert page.locator("h1").count() == 1


def test_suggestions_by_keyboard(browser: Browser, house: House) -> None:
    page = browser.new_context(base_url=house.base, locale="vi-VN").new_page()
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("vi thi")
    page.get_by_role("option", name="Vi Thị Thanh Hà").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.locator('[role="option"][aria-selected="true"]')
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Backspace")
    page.get_by_role("option", name="Vi Thị Thanh Hà").first.wait_for()
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")
    assert "person=" in page.url


OWN = """Hội nghị Ban Thường vụ Tỉnh ủy Lam Khê: Cho ý kiến nhiều nội dung

LKO-Ngày 23/12/2025, đồng chí Bạc Thị Phương Thảo, Bí thư Tỉnh ủy chủ trì hội nghị Ban Thường vụ Tỉnh ủy.

Các đại biểu cho ý kiến vào báo cáo thực hiện Nghị quyết số 901-NQ/TU, ngày 12/12/2024 của Ban Thường vụ Tỉnh ủy.

LÒ THU
"""


@pytest.mark.parametrize("real", [False, True], ids=["own", "real"])
def test_what_is_added_while_serving_is_found(browser: Browser, house: House, tmp_path: Path, real: bool) -> None:
    if real and not REAL.exists():
        pytest.skip("the real report is not beside this checkout")
    file = tmp_path / "bai.txt"
    file.write_text(REAL.read_text(encoding="utf-8") if real else OWN, encoding="utf-8")
    url = f"https://bao.example/{real}.html"
    number, person = ("Nghị quyết 101", "lam thi phuong thanh") if real else ("Nghị quyết 901", "bac thi phuong thao")
    page = browser.new_context(base_url=house.base, locale="vi-VN").new_page()

    def add() -> dict[str, str]:
        line: dict[str, str] = json.loads(house.bienban("add", str(file), "--url", url, "--json"))
        return line

    added = add()
    assert added["status"] == "added"
    for words in (number, person):
        ask(page, words)
        assert (page.locator(".hit h3 a").first.get_attribute("href") or "").startswith(f"/r/{added['id']}")
        assert page.locator(f".hit a[href^='{url}']").count() == 1
    assert add()["status"] == "unchanged"
    file.write_text(file.read_text(encoding="utf-8").replace("đại biểu", "ủy viên"), encoding="utf-8")
    assert (add()["status"], add()["id"]) == ("updated", added["id"])
    ask(page, number)
    assert page.locator(".hit").count() == 1
    page.goto(f"/r/{added['id']}")
    assert "bản 2" in page.locator("#nguon").inner_text()


def test_zz_the_demo_can_be_taken_out(browser: Browser, house: House) -> None:
    house.bienban("demo", "--remove")
    own = [line for line in house.bienban("export").splitlines() if line]
    page = browser.new_context(base_url=house.base, locale="vi-VN").new_page()
    ask(page, "hội nghị")
    assert page.locator(".hit").count() == len(own)
    house.bienban("demo")
