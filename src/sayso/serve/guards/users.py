"""Who asks, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Request

Role = Literal["nobody", "reader", "analyst", "admin"]
ROLES: tuple[Role, ...] = ("nobody", "reader", "analyst", "admin")
"""From the one who may least: nobody is who has not come in, a reader looks, an analyst also judges and adds, an admin
also lets others in."""
GIVEN = ROLES[1:]
"""The roles that an account can have."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody at the desk: what they judge bears their `name`."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether they may do what is for `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def limit(self, role: Role) -> User:
        """The same who may do no more than `role` may."""
        return self if not self.may(role) else User(self.name, role)


NOBODY = User("", "nobody")


def find_user(request: Request) -> User:
    """Who asks; the guards put it there."""
    user: User = request.state.user
    return user


def need(role: Role) -> Callable[[Request], User]:
    """A dependency: who asks, refused where they may not do what is for `role`: with 401 nobody, with 403
    anybody else."""

    def find(request: Request) -> User:
        user = find_user(request)
        if user.role == "nobody":
            raise HTTPException(401, "log in first")
        if not user.may(role):
            raise HTTPException(403, f"that is for an {role}" if role != "reader" else "that is for a reader")
        return user

    return find


Reader = Annotated[User, Depends(need("reader"))]
Analyst = Annotated[User, Depends(need("analyst"))]
Admin = Annotated[User, Depends(need("admin"))]
