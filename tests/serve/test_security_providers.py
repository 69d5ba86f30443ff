"""Logging in by a provider's word (OpenID Connect), with a small provider on this machine that can also lie."""

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from sayso.errors import Error
from sayso.serve.app import create_guarded
from sayso.serve.desk import Desk
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.providers import Provider, read_provider
from sayso.serve.running import listen
from sayso.settings import Settings, SettingsError, read_settings

SECRET = "the desk's own secret"


class Small:
    """A provider of log-ins. `claims` are what it says of whoever asks, and `lie` changes what it signs."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.calls_itself = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.claims: dict[str, Any] = {"sub": "1234", "email": "eve@news.example", "email_verified": True}
        self.lie: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.sign: Callable[[dict[str, Any]], str] = lambda claims: jwt.encode(
            {"alg": "RS256", "kid": "one"}, claims, self.key
        )
        self.codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discover),
                Route("/authorize", self.authorize),
                Route("/token", self.give, methods=["POST"]),
                Route("/keys", self.tell_keys),
            ]
        )

    async def discover(self, _: Request) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse({"issuer": self.calls_itself, **{k: f"{self.issuer}/{v}" for k, v in ends.items()}})

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}&iss={self.issuer}")

    async def give(self, request: Request) -> Response:
        form = dict(await request.form())
        asked = self.codes.pop(str(form.get("code")), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(form.get("code_verifier")).encode()).digest())
        basic = base64.b64encode(f"desk:{SECRET}".encode()).decode()
        if (
            asked is None
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
            or form.get("redirect_uri") != asked["redirect_uri"]
            or request.headers.get("authorization") != f"Basic {basic}"
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "desk", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = self.sign(self.lie({**claims, **self.claims}))
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    async def tell_keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@pytest.fixture(scope="module")
def running() -> Iterator[Small]:
    """The provider, on this machine."""
    import uvicorn

    listening: socket.socket = listen("127.0.0.1", 0)
    small = Small(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(small.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield small
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def small(running: Small) -> Small:
    """The provider as it is when it does not lie."""
    fresh = Small(running.issuer)
    for name in ("calls_itself", "claims", "lie", "codes"):
        setattr(running, name, getattr(fresh, name))
    running.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, running.key)
    return running


@pytest.fixture
def visitor(desk: Desk, guard: Guard, small: Small) -> Iterator[TestClient]:
    """Asks a desk that lets people log in by the provider."""
    guard.provider = Provider(small.issuer, "desk", SECRET, {"newsroom": "analyst", "it": "admin"}, None)
    with TestClient(create_guarded(desk, guard), follow_redirects=False) as client:
        yield client


def go(visitor: TestClient, next: str = "/") -> str:
    """Go to the provider and log in there; where it leads back to."""
    import httpx

    asked = visitor.get("/login/provider", params={"next": next})
    assert asked.status_code == 303, asked.text
    back = httpx.get(asked.headers["location"]).headers["location"]
    parts = urlsplit(back)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "http://testserver/login/provider/back"
    return f"{parts.path}?{parts.query}"


def test_a_verified_address_opens_the_account_that_has_it(visitor: TestClient, guard: Guard, small: Small) -> None:
    guard.accounts.add("eve", "analyst", email="EVE@news.example")
    assert "/login/provider" in visitor.get("/login").text
    answer = visitor.get(go(visitor, "/stories/x"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories/x")
    assert "eve" in visitor.get("/").text
    assert [(entry.who, entry.what) for _, entry in guard.log.read()] == [("eve", "log in by the provider")]
    # Tied to the subject now: another address of theirs opens it, and theirs opens it to nobody else.
    small.claims = {"sub": "1234", "email": "new@news.example", "email_verified": True}
    assert visitor.get(go(visitor)).status_code == 303
    small.claims = {"sub": "9999", "email": "eve@news.example", "email_verified": True}
    assert visitor.get(go(visitor)).status_code == 403


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_opens_nothing(
    visitor: TestClient, guard: Guard, small: Small, verified: object
) -> None:
    guard.accounts.add("eve", "admin", email="eve@news.example")
    small.claims["email_verified"] = verified
    answer = visitor.get(go(visitor))
    assert answer.status_code == 403 and "sayso_session" not in answer.cookies


def test_groups_give_roles_and_take_them(visitor: TestClient, guard: Guard, small: Small) -> None:
    small.claims |= {"preferred_username": "olga", "groups": ["newsroom", "it", "other"]}
    assert visitor.get(go(visitor)).status_code == 303
    made = guard.accounts.find("olga 2")
    assert made and made.role == "admin" and not made.password
    small.claims["groups"] = "newsroom"
    visitor.cookies.clear()
    assert visitor.get(go(visitor)).status_code == 303
    assert guard.accounts.find("olga 2").role == "analyst"  # type: ignore[union-attr]
    assert guard.accounts.find("olga").role == "analyst"  # type: ignore[union-attr]


def test_strangers_come_in_where_they_may(visitor: TestClient, guard: Guard, small: Small) -> None:
    small.claims = {"sub": "77", "name": "<b>New</b>\u202e comer"}
    assert visitor.get(go(visitor)).status_code == 403
    guard.provider = Provider(small.issuer, "desk", SECRET, {}, "reader")
    assert visitor.get(go(visitor)).status_code == 303
    made = guard.accounts.find("<b>New</b> comer")
    assert made and made.role == "reader"


def other_key(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))


def shared_secret(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


def unsigned(claims: dict[str, Any]) -> str:
    from joserfc.jws import JWSRegistry

    return jwt.encode({"alg": "none"}, claims, OctKey.import_key(SECRET), registry=JWSRegistry(algorithms=["none"]))


@pytest.mark.filterwarnings("ignore:JWS algorithm")
@pytest.mark.parametrize("sign", [other_key, shared_secret, unsigned, lambda _: "", lambda _: "a.b.c"])
def test_what_the_provider_did_not_sign_opens_nothing(
    visitor: TestClient, guard: Guard, small: Small, sign: Callable[[dict[str, Any]], str]
) -> None:
    guard.accounts.add("eve", "admin", email="eve@news.example")
    small.sign = sign
    answer = visitor.get(go(visitor))
    assert answer.status_code == 403 and "sayso_session" not in answer.cookies
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "another desk"},
        {"aud": ["desk", "other"], "azp": "other"},
        {"exp": 1_000_000_000},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
    ],
)
def test_what_is_said_for_somebody_else_opens_nothing(
    visitor: TestClient, guard: Guard, small: Small, lie: dict[str, Any]
) -> None:
    guard.accounts.add("eve", "admin", email="eve@news.example")
    small.lie = lambda claims: {name: value for name, value in (claims | lie).items() if value is not None}
    answer = visitor.get(go(visitor))
    assert answer.status_code == 403 and "sayso_session" not in answer.cookies


def test_a_login_that_was_not_begun_here_is_none(visitor: TestClient, guard: Guard, desk: Desk) -> None:
    """So that nobody works in the account of somebody who sent them a link."""
    guard.accounts.add("eve", "admin", email="eve@news.example")
    back = go(visitor)
    victim = TestClient(create_guarded(desk, guard), follow_redirects=False)
    assert victim.get(back).status_code == 403
    go(victim)
    assert victim.get(back).status_code == 403
    victim.cookies.set("sayso_login", "forged.by.hand", domain="testserver.local")
    assert victim.get(back).status_code == 403


@pytest.mark.parametrize("change", ["state", "code", "iss", "again", "error"])
def test_what_comes_back_changed_opens_nothing(visitor: TestClient, guard: Guard, change: str) -> None:
    guard.accounts.add("eve", "admin", email="eve@news.example")
    where, _, words = go(visitor).partition("?")
    given = {name: value[0] for name, value in parse_qs(words).items()}
    if change == "again":
        assert visitor.get(where, params=given).status_code == 303
    elif change == "error":
        given = {"error": "access_denied", "state": given["state"]}
    else:
        given[change] = "another"
    assert visitor.get(where, params=given).status_code == 403


def test_a_provider_that_calls_itself_otherwise_is_not_asked(visitor: TestClient, small: Small) -> None:
    small.calls_itself = "https://evil.example"
    assert visitor.get("/login/provider").status_code == 403


def test_a_desk_without_a_provider_says_so(guarded: TestClient) -> None:
    assert guarded.get("/login/provider").status_code == 403
    assert guarded.get("/login/provider/back?code=x&state=y").status_code == 403
    assert "/login/provider" not in guarded.get("/login").text


def test_a_provider_is_named_by_settings(tmp_path: Any) -> None:
    given = {"SAYSO_OIDC_ISSUER": "https://id.example", "SAYSO_OIDC_CLIENT": "desk", "SAYSO_OIDC_SECRET": "x"}
    (tmp_path / "sayso.toml").write_text('oidc_roles = "news=analyst, it = admin"\noidc_newcomers = "reader"\n')
    provider = read_provider(read_settings({**given, "HOME": str(tmp_path)}, tmp_path))
    assert provider and (provider.roles, provider.newcomers) == ({"news": "analyst", "it": "admin"}, "reader")
    assert read_provider(Settings()) is None
    for wrong in (
        {"oidc_client": ""},
        {"oidc_secret": ""},
        {"oidc_issuer": "http://id.example"},
        {"oidc_roles": "news=root"},
        {"oidc_newcomers": "nobody"},
    ):
        fields = {"oidc_issuer": "https://id.example", "oidc_client": "desk", "oidc_secret": "x", **wrong}
        with pytest.raises(Error):
            read_provider(Settings(**fields))  # type: ignore[arg-type]
    (tmp_path / "sayso.toml").write_text('oidc_secret = "x"\n')
    with pytest.raises(SettingsError, match="SAYSO_OIDC_SECRET"):
        read_settings({"HOME": str(tmp_path)}, tmp_path)
