"""The doors of connecting by OAuth. All are this service's own."""

from crossdock.http import link_routes, oauth_routes
from crossdock.http.door import REFUSALS, Door, query
from crossdock.http.link_doors import LINK_REFUSALS

TEXT = {"type": "string"}

OAUTH_DOORS = (
    Door(
        "POST",
        "/link/oauth",
        oauth_routes.begin,
        "Where to send an account's owner, who agrees at the vendor",
        unaudited="Nothing is connected by it yet",
        keeps_bodies=False,
        needs="link",
        body=link_routes.ACCOUNT,
        answers={
            "200": "The address, and a handle to ask by how it ended",
            "404": "That system cannot be connected so with this link",
            **LINK_REFUSALS,
        },
    ),
    Door(
        "GET",
        "/link/oauth/callback",
        oauth_routes.callback,
        "Where the vendor sends the account's owner back to",
        audited="connection.connected",
        keeps_bodies=False,
        parameters=[query("state", "Of the way that began", TEXT), query("code", "From the vendor", TEXT)],
        answers={
            "200": "The account is connected",
            "401": "The state is forged, used or expired, or the vendor did not sign",
            "422": "The vendor did not agree, or gave no token",
            "503": REFUSALS["503"],
        },
    ),
    Door(
        "POST",
        "/link/oauth/callback",
        oauth_routes.callback_by_form,
        "Where the vendor has the browser of the account's owner post to",
        audited="connection.connected",
        keeps_bodies=False,
        body=oauth_routes.CAME_BACK,
        answers={
            "200": "The account is connected",
            "401": "The state is forged, used or expired, or the vendor did not sign",
            "413": "The body is over the limit",
            "422": "The vendor did not agree, or gave no token",
            "503": REFUSALS["503"],
        },
    ),
    Door(
        "POST",
        "/link/oauth/result",
        oauth_routes.result,
        "How it ended, which is told once",
        unaudited="It only tells",
        keeps_bodies=False,
        body=oauth_routes.HANDLE,
        answers={
            "200": "waiting, connected with the code to be exchanged, or refused",
            "401": "The handle is not known",
            "422": REFUSALS["422"],
            "503": REFUSALS["503"],
        },
    ),
)
