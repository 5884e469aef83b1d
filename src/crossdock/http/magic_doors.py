"""The doors of magic links: the contract's endpoint table, section 1. `/link/magic` is this service's own."""

from crossdock.http import magic_routes
from crossdock.http.answers import LinkFollowed, MagicLinks, OneMagicLink
from crossdock.http.door import FULL_ACCESS, REFUSALS, Door

MISSING = {"404": "The organisation has no magic link of that id"}

MAGIC_DOORS = (
    Door(
        "GET",
        "/magic-links",
        magic_routes.listed,
        "The organisation's magic links",
        needs="key",
        returns=[MagicLinks],
        answers={"200": "The magic links", **REFUSALS},
    ),
    Door(
        "POST",
        "/magic-links",
        magic_routes.create,
        "Make a URL by which somebody connects one account; the URL is answered this once",
        audited="magic_link.created",
        needs="key",
        body=magic_routes.WANTED,
        returns=[OneMagicLink],
        answers={
            "200": "The magic link with its URL",
            "404": "The organisation has no connection of that id",
            **FULL_ACCESS,
            **REFUSALS,
        },
    ),
    Door(
        "GET",
        "/magic-links/{magic_link_id}",
        magic_routes.one,
        "One magic link",
        needs="key",
        returns=[OneMagicLink],
        answers={"200": "The magic link", **MISSING, **REFUSALS},
    ),
    Door(
        "DELETE",
        "/magic-links/{magic_link_id}",
        magic_routes.withdraw,
        "Withdraw a magic link",
        audited="magic_link.deleted",
        needs="key",
        answers={"200": "Withdrawn", **MISSING, **FULL_ACCESS, **REFUSALS},
    ),
    Door(
        "POST",
        "/link/magic",
        magic_routes.follow,
        "A link for whoever has the URL of a magic link",
        audited="magic_link.followed",
        keeps_bodies=False,
        body=magic_routes.FOLLOWED,
        returns=[LinkFollowed],
        answers={
            "200": "The link's token",
            "401": "The magic link is unknown, used, expired or withdrawn",
            "422": REFUSALS["422"],
            "503": REFUSALS["503"],
        },
    ),
)
