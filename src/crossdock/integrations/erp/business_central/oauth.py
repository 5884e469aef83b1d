"""Letting an app act for somebody of the tenant: Microsoft Entra's authorization code grant.

Sources, all Microsoft's:
- "Microsoft identity platform and OAuth 2.0 authorization code flow": the two addresses under the tenant,
  PKCE with S256, `offline_access` for a refresh token, and that a renewal needs no scope;
- "Refresh tokens in the Microsoft identity platform": 90 days, a new one with each use; old ones are not
  revoked, so a new one that was lost with its process costs nothing;
- "Access tokens in the Microsoft identity platform": 60 to 90 minutes, which the answer says in seconds;
- "Scopes and permissions": `.default` asks for the delegated permissions that the app is registered with. For
  Business Central that is `Financials.ReadWrite.All`. What the app may do there is what the person may do.
"""

from collections.abc import Collection

from crossdock.connector import Account, vendor_path
from crossdock.connector.oauth import OAuthGrant, Renewal
from crossdock.integrations.erp.business_central.account import API_URL, LOGIN_URL, SCOPE, TOKEN_SECONDS


def _address(account: Account, name: str) -> str:
    return account["login_url"].rstrip("/") + vendor_path(account["tenant_id"], "oauth2", "v2.0", name)


def _own_origins(account: Account) -> Collection[str]:  # noqa: ARG001
    return [API_URL, LOGIN_URL]


GRANT = OAuthGrant(
    asked_first=("tenant_id", "environment", "company_id", "api_url", "login_url"),
    not_wanted=("client_id", "client_secret"),
    scopes=(SCOPE, "offline_access"),
    authorize_url=lambda account: _address(account, "authorize"),
    token_url=lambda account: _address(account, "token"),
    own_origins=_own_origins,
    further={"response_mode": "form_post"},
    renewal=Renewal(lifetime=TOKEN_SECONDS),
)
