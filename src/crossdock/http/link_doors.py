"""The doors of links. Paths of the organisation's side: the contract's endpoint table, section 1.

`/link/integrations` and `/link/connect` are this service's own: what a connect dialog does between the two
others.
"""

from crossdock.http import link_routes
from crossdock.http.answers import Connected, LinkEnded, LinkToken
from crossdock.http.door import FULL_ACCESS, REFUSALS, Door, query

LINK_REFUSALS = {
    "401": "The link is unknown, used or expired",
    "422": REFUSALS["422"],
    "503": REFUSALS["503"],
}

LINK_DOORS = (
    Door(
        "POST",
        "/link/token",
        link_routes.link_token,
        "Make a link by which somebody else connects an account, or connects one anew",
        audited="link.created",
        needs="key",
        body=link_routes.LINK,
        returns=[LinkToken],
        answers={
            "200": "The link's token, good for 30 minutes and for one account",
            "404": "The organisation has no connection of that id",
            **FULL_ACCESS,
            **REFUSALS,
        },
    ),
    Door(
        "POST",
        "/link/exchange",
        link_routes.link_exchange,
        "Exchange the code that a link ended in for the connection's access token, once",
        audited="connection.token_exchanged",
        needs="key",
        body=link_routes.EXCHANGE,
        returns=[Connected],
        answers={"200": "The connection and its access token", **FULL_ACCESS, **REFUSALS},
    ),
    Door(
        "GET",
        "/link/integrations",
        link_routes.link_integrations,
        "What can be connected with a link, and what has to be filled in for each",
        needs="link",
        parameters=[query("sandbox", "Sandboxes, too", {"type": "boolean"})],
        answers={"200": "The integrations", **LINK_REFUSALS},
    ),
    Door(
        "POST",
        "/link/check",
        link_routes.link_check,
        "Try an account before it is connected: whether it is let in, or may read the list `function`",
        unaudited="Nothing is kept of it",
        keeps_bodies=False,
        needs="link",
        body=link_routes.TRIED,
        answers={
            "200": "What came of it",
            "404": "The link is not for that integration",
            **LINK_REFUSALS,
        },
    ),
    Door(
        "POST",
        "/link/connect",
        link_routes.link_connect,
        "Connect an account with a link; the credentials are tried at the vendor first",
        audited="connection.connected",
        keeps_bodies=False,
        needs="link",
        body=link_routes.ACCOUNT,
        returns=[LinkEnded],
        answers={
            "200": "The code that the organisation exchanges within 10 minutes",
            "404": "The link is not for that integration",
            **LINK_REFUSALS,
        },
    ),
)
