"""People who sign in, by organisation. E-mail addresses are in lower case; times are UTC epoch seconds."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from crossdock.storage.people_tables import invitations, sessions, sign_in_failures, users
from crossdock.storage.tables import organisations
from crossdock.storage.upsert import insert_for


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person. `has_password` is false until an invitation was taken."""

    id: str
    organisation_id: str
    organisation: str
    email: str
    name: str
    role: str
    has_password: bool
    created_at: float
    disabled_at: float | None
    last_sign_in: float | None


def add_user(db: sa.Connection, organisation_id: str, email: str, name: str, role: str) -> str:
    """Stores a person without a password; the id."""
    user_id = str(uuid4())
    db.execute(
        users.insert().values(
            id=user_id,
            organisation_id=organisation_id,
            email=email,
            name=name,
            role=role,
            created_at=time.time(),
        )
    )
    return user_id


def user_by_id(db: sa.Connection, user_id: str) -> UserRow | None:
    """The person of that id."""
    found = _users(db, users.c.id == user_id)
    return found[0] if found else None


def user_by_email(db: sa.Connection, email: str) -> UserRow | None:
    """The person with that address."""
    found = _users(db, users.c.email == email)
    return found[0] if found else None


def users_of(db: sa.Connection, organisation_id: str) -> Sequence[UserRow]:
    """The people of an organisation, in the order of their names."""
    return _users(db, users.c.organisation_id == organisation_id)


def all_users(db: sa.Connection) -> Sequence[UserRow]:
    """Everybody, in the order of their names."""
    return _users(db, sa.true())


def _users(db: sa.Connection, condition: sa.ColumnElement[bool]) -> list[UserRow]:
    query = (
        sa.select(
            users.c.id,
            users.c.organisation_id,
            organisations.c.name,
            users.c.email,
            users.c.name,
            users.c.role,
            users.c.password.is_not(None),
            users.c.created_at,
            users.c.disabled_at,
            users.c.last_sign_in,
        )
        .join(organisations)
        .where(condition)
        .order_by(users.c.name, users.c.id)
    )
    return [UserRow(*row) for row in db.execute(query)]


def is_first_start(db: sa.Connection) -> bool:
    """Whether nobody can sign in yet."""
    return db.execute(sa.select(users.c.id).where(users.c.password.is_not(None)).limit(1)).first() is None


def password_of(db: sa.Connection, email: str) -> tuple[str, str] | None:
    """The id and the password's hash of the person with that address, who is not disabled and has one."""
    able = (users.c.email == email) & users.c.disabled_at.is_(None) & users.c.password.is_not(None)
    row = db.execute(sa.select(users.c.id, users.c.password).where(able)).first()
    return None if row is None else (row.id, row.password)


def change_user(db: sa.Connection, user_id: str, values: Mapping[str, Any]) -> None:
    """Changes `name`, `role`, `password`, `disabled_at` or `last_sign_in`."""
    db.execute(users.update().where(users.c.id == user_id).values(**values))


def delete_user(db: sa.Connection, user_id: str) -> None:
    """Removes a person, with sessions and invitations."""
    db.execute(users.delete().where(users.c.id == user_id))


def lock_admins(db: sa.Connection, organisation_id: str) -> Sequence[str]:
    """The ids of the admins who can sign in; others who ask so wait for this transaction."""
    able = (
        (users.c.organisation_id == organisation_id)
        & (users.c.role == "admin")
        & users.c.disabled_at.is_(None)
        & users.c.password.is_not(None)
    )
    return db.scalars(sa.select(users.c.id).where(able).with_for_update()).all()


def add_session(db: sa.Connection, digest: bytes, user_id: str, now: float) -> None:
    """Stores a session that begins."""
    db.execute(sessions.insert().values(digest=digest, user_id=user_id, created_at=now, seen_at=now))


def session_user(
    db: sa.Connection, digest: bytes, begun_after: float, seen_after: float
) -> tuple[UserRow, float] | None:
    """Who has that session and when it was last seen, if the session and the person are still good."""
    row = db.execute(
        sa.select(sessions.c.user_id, sessions.c.seen_at).where(
            sessions.c.digest == digest,
            sessions.c.created_at > begun_after,
            sessions.c.seen_at > seen_after,
        )
    ).first()
    user = None if row is None else user_by_id(db, row.user_id)
    if row is None or user is None or user.disabled_at is not None:
        return None
    return user, row.seen_at


def see_session(db: sa.Connection, digest: bytes, now: float) -> None:
    """Notes that a session was used."""
    db.execute(sessions.update().where(sessions.c.digest == digest).values(seen_at=now))


def end_session(db: sa.Connection, digest: bytes) -> None:
    """Ends a session."""
    db.execute(sessions.delete().where(sessions.c.digest == digest))


def end_sessions_of(db: sa.Connection, user_id: str, but: bytes = b"") -> None:
    """Ends the sessions of a person, but for one."""
    db.execute(sessions.delete().where(sessions.c.user_id == user_id, sessions.c.digest != but))


def add_invitation(db: sa.Connection, digest: bytes, user_id: str | None, expires_at: float) -> None:
    """Stores an invitation, in place of those that the person had. Without one it is to the first start."""
    if user_id is not None:
        db.execute(invitations.delete().where(invitations.c.user_id == user_id))
    db.execute(invitations.insert().values(digest=digest, user_id=user_id, expires_at=expires_at))


def take_invitation(db: sa.Connection, digest: bytes, now: float) -> tuple[str | None] | None:
    """Whom an invitation is for, once and before it expires; `None` otherwise."""
    good = (invitations.c.digest == digest) & (invitations.c.expires_at > now)
    taken = db.execute(invitations.delete().where(good).returning(invitations.c.user_id)).first()
    return None if taken is None else (taken.user_id,)


def end_first_start(db: sa.Connection) -> None:
    """Makes every code of the first start worthless."""
    db.execute(invitations.delete().where(invitations.c.user_id.is_(None)))


def note_attempt(db: sa.Connection, digest: bytes, now: float, span: float, most: int) -> float | None:
    """Counts an attempt to sign in before its password is looked at, so that many at once count as many.

    `None` when it may go on; the time of the last that might when there were `most` of them in a row, each
    within `span` seconds of the one before.
    """
    kept = sign_in_failures.c
    recent = kept.last_at >= now - span
    insert = insert_for(db.dialect.name, sign_in_failures).values(digest=digest, failures=1, last_at=now)
    counted = insert.on_conflict_do_update(
        index_elements=["digest"],
        set_={
            "failures": sa.case((recent, kept.failures + 1), else_=1),
            "last_at": sa.case((recent & (kept.failures >= most), kept.last_at), else_=now),
        },
    ).returning(kept.failures, kept.last_at)
    row = db.execute(counted).one()
    return float(row.last_at) if row.failures > most else None


def forget_attempts(db: sa.Connection, digest: bytes) -> None:
    """Somebody signed in: the attempts before count no more."""
    db.execute(sign_in_failures.delete().where(sign_in_failures.c.digest == digest))


def sweep_people(db: sa.Connection, now: float, sessions_before: float, failures_before: float) -> None:
    """Forgets invitations, sessions and attempts that are of no use any more."""
    db.execute(invitations.delete().where(invitations.c.expires_at < now))
    db.execute(sessions.delete().where(sessions.c.created_at < sessions_before))
    db.execute(sign_in_failures.delete().where(sign_in_failures.c.last_at < failures_before))
