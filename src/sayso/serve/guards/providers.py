"""Logging in by somebody else's word: OpenID Connect, the code flow with PKCE (RFC 7636), state and nonce.

Whom to believe is set by who runs the desk (`oidc_issuer`), never by who logs in; it may stand in a private network.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sayso.errors import Error
from sayso.serve.guards.accounts import Account, Accounts, check_role
from sayso.serve.guards.logins import RefusedError
from sayso.serve.guards.users import ROLES, Role
from sayso.settings import Settings

TIMEOUT_S = 10.0
LEEWAY_S = 60
"""How far the provider's clock may be from ours."""
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key that only the provider has: none that is made with a secret that is shared, nor "none"."""
GROUPS = ("groups", "roles")
"""Claims that say which groups somebody is in."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for. `subject` is theirs for good; `email` is "" where it was not verified."""

    subject: str
    email: str
    name: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Provider:
    """A provider of log-ins, as OpenID Connect Discovery finds it. `roles` are those of its groups, `newcomers` that of
    who is in none and has no account (None: they are refused). `options` go to the HTTP client."""

    issuer: str
    client: str
    secret: str
    roles: Mapping[str, Role] = field(default_factory=dict)
    newcomers: Role | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def begin(self, back: str) -> tuple[str, dict[str, str]]:
        """Where somebody is sent to log in, and what is to be kept until they come `back`. Raises `Error`."""
        kept = {"nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(48), "back": back}
        with self._ask(back) as client:
            where, kept["state"] = client.create_authorization_url(
                self._discover(client)["authorization_endpoint"], code_verifier=kept["verifier"], nonce=kept["nonce"]
            )
        return where, kept

    def finish(self, kept: Mapping[str, str], given: Mapping[str, str]) -> Vouched:
        """Whom the provider vouches for, by what was kept and what their browser brought back. Raises `Error`."""
        if not kept.get("state") or given.get("state") != kept["state"]:
            raise RefusedError("that log-in was not begun here, or too long ago: begin again")
        if given.get("iss", self.issuer) != self.issuer or not given.get("code"):
            raise RefusedError("the provider did not let you in")
        with self._ask(kept["back"]) as client:
            about = self._discover(client)
            token = client.fetch_token(about["token_endpoint"], code=given["code"], code_verifier=kept["verifier"])
            keys = client.request("GET", about["jwks_uri"], withhold_token=True).json()
        return read_vouched(self.read_claims(token, keys, kept["nonce"]), self.issuer)

    def read_claims(self, token: Mapping[str, Any], keys: Any, nonce: str) -> Mapping[str, Any]:
        """What an id token says, once its signature, issuer, audience, times and nonce are found right."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet

        decoded = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=SIGNED_BY)
        wanted = {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self.client}}
        params = {"nonce": nonce, "client_id": self.client, "access_token": token.get("access_token", "")}
        claims = CodeIDToken(decoded.claims, decoded.header, wanted, params)
        claims.validate(leeway=LEEWAY_S)
        return dict(claims)

    def admit(self, accounts: Accounts, vouched: Vouched) -> Account:
        """The account of who is vouched for, made where groups or `newcomers` let one in. Its role is what the groups
        say now, where they say any. Raises `RefusedError`."""
        said = [self.roles[group] for group in vouched.groups if group in self.roles]
        role = max(said, key=ROLES.index, default=None)
        known = accounts.find_subject(vouched.subject, vouched.email)
        if known is None:
            role = role or self.newcomers
            if role is None:
                raise RefusedError("you have no account here: ask an admin for one")
            return accounts.add(free_name(accounts, vouched), role, subject=vouched.subject)
        if role and role != known.role:
            accounts.set_role(known.name, role)
        return accounts.find(known.name) or known

    def _ask(self, back: str) -> Any:
        """A client that speaks to the provider."""
        from authlib.integrations.httpx_client import OAuth2Client

        options = {"timeout": TIMEOUT_S, "trust_env": False, "follow_redirects": False, **self.options}
        return OAuth2Client(
            self.client,
            self.secret,
            scope="openid email profile",
            redirect_uri=back,
            code_challenge_method="S256",
            **options,
        )

    def _discover(self, client: Any) -> dict[str, str]:
        """Where the provider does what. Raises `Error` where it is another than it was said to be."""
        where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        answer = client.request("GET", where, withhold_token=True)
        about: dict[str, str] = answer.json()
        if about.get("issuer") != self.issuer:
            raise Error(f"{self.issuer} calls itself otherwise: set oidc_issuer to what it calls itself")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            check_secure(str(about.get(name, "")))
        return about


def read_provider(settings: Settings) -> Provider | None:
    """The provider that settings name, if they name one. Raises `Error`."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client or not settings.oidc_secret:
        raise Error("oidc_issuer needs oidc_client and $SAYSO_OIDC_SECRET too")
    check_secure(settings.oidc_issuer)
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client,
        settings.oidc_secret,
        read_roles(settings.oidc_roles),
        check_role(settings.oidc_newcomers) if settings.oidc_newcomers else None,
    )


def read_roles(words: str) -> dict[str, Role]:
    """The roles of groups: "news=analyst, it=admin". Raises `Error`."""
    pairs = [pair.partition("=") for pair in words.split(",") if pair.strip()]
    return {group.strip(): check_role(role.strip()) for group, _, role in pairs}


def check_secure(address: str) -> None:
    """Raise `Error` for an address of a provider that others could listen in on."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Error(f"{address or 'the provider'}: a provider of log-ins is asked by https only")


def read_vouched(claims: Mapping[str, Any], issuer: str) -> Vouched:
    """Whom claims are about."""
    email = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    groups = [group for name in GROUPS for group in as_list(claims.get(name)) if isinstance(group, str)]
    name = str(claims.get("preferred_username") or claims.get("name") or email or "somebody")
    return Vouched(f"{issuer} {claims['sub']}", email, name, tuple(groups))


def as_list(value: Any) -> list[Any]:
    """A list as it is, one value as a list."""
    return value if isinstance(value, list) else [value]


def free_name(accounts: Accounts, vouched: Vouched) -> str:
    """A name for a new account: the one that the provider tells, with a number where somebody has it."""
    printable = "".join(letter for letter in vouched.name if letter.isprintable()).strip()[:56] or "somebody"
    name, number = printable, 1
    while accounts.find(name):
        number += 1
        name = f"{printable} {number}"
    return name
