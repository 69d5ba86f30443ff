"""Pages of log-in and accounts in a real browser: they work, axe finds nothing, nothing scrolls sideways."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from sayso.serve.app import create_guarded
from sayso.serve.desk import Desk
from sayso.serve.guards.guards import Guard
from sayso.serve.running import listen, make_config
from sayso.serve.servers import make_server

WHERE = ("/account", "/accounts", "/accounts/log")
SWANS = "two tame swans in Alta"


@pytest.fixture
def guarded_address(desk: Desk, guard: Guard) -> Iterator[str]:
    """Where a real server serves a desk with accounts."""
    listening = listen("127.0.0.1", 0)
    where = f"127.0.0.1:{listening.getsockname()[1]}"
    guard.hosts = frozenset({where})
    server = make_server(make_config(create_guarded(desk, guard)))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    yield f"http://{where}"
    server.should_exit = True
    running.join(10)


def log_in(page: Any, address: str, where: str = "/account") -> None:
    page.goto(address + where)
    page.fill("input[name=name]", "Ada")
    page.fill("input[name=password]", SWANS)
    page.keyboard.press("Enter")
    page.wait_for_url(address + where)


def test_somebody_logs_in_makes_a_token_and_logs_out(page: Any, guarded_address: str, guard: Guard) -> None:
    log_in(page, guarded_address)
    page.fill("input[name=label]", "nightly import")
    page.select_option("select[name=scope]", "write")
    page.click("button:text('Make a token')")
    secret = page.inner_text(".made code")
    found = guard.tokens.find(secret)
    assert found and (found.name, found.role) == ("ada", "analyst")
    page.click("button:text('Revoke')")
    page.wait_for_load_state()
    assert guard.tokens.find(secret) is None
    page.click("button:text('Log out')")
    page.wait_for_url(guarded_address + "/login")
    page.goto(guarded_address + "/accounts")
    assert "/login?next=" in page.url
    assert page.locator("nav").count() == 0


def test_an_admin_lets_somebody_in_and_changes_their_role(page: Any, guarded_address: str, guard: Guard) -> None:
    log_in(page, guarded_address, "/accounts")
    page.fill("form[action='/accounts'] input[name=name]", "eve")
    page.fill("form[action='/accounts'] input[name=password]", "five wild geese over Bergen")
    page.click("button:text('Add account')")
    page.wait_for_selector("text=eve")
    line = page.locator(".people li", has_text="eve")
    line.locator("summary").press("Enter")
    line.locator("select").select_option("analyst")
    line.locator("text=Give role").click()
    page.wait_for_selector(".people li:has-text('eve') .badge:has-text('analyst')")
    assert guard.accounts.find("eve").role == "analyst"  # type: ignore[union-attr]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, guarded_address: str, guard: Guard, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    guard.tokens.make("ada", "read", 1, "nightly import")
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()

    def look(where: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"

    page.goto(f"{guarded_address}/login")
    look("/login")
    page.fill("input[name=name]", "ada")
    page.fill("input[name=password]", "a wrong one")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wrong")
    look("/login, refused")
    log_in(page, guarded_address)
    for where in WHERE:
        page.goto(guarded_address + where)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        look(where)
    context.close()


def test_nothing_scrolls_sideways_on_a_phone(browser: Any, guarded_address: str, guard: Guard) -> None:
    guard.tokens.make("ada", "read", 1, "w" * 64)
    guard.log.write("w" * 64, "w" * 90, "w" * 90, "2001:db8:1234:5678:1234:5678:1234:5678")
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(f"{guarded_address}/login")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    log_in(page, guarded_address)
    for where in WHERE:
        page.goto(guarded_address + where)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main .button, main summary, main input, main select')]"
            ".map(e => e.getBoundingClientRect()).filter(r => r.width && (r.width < 24 || r.height < 24)).length"
        )
        assert small == 0, where
    context.close()


def test_what_the_desk_of_one_user_says_of_accounts(page: Any, address: str) -> None:
    page.goto(f"{address}/account")
    assert "sayso accounts add" in page.inner_text("main")
    page.goto(f"{address}/accounts")
    assert "no log-in" in page.inner_text("main")
