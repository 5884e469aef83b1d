"""The goods owner, in Ongoing's words: the company whose goods an account is about."""

from crossdock.connector import Account


def goods_owner_id(account: Account) -> int:
    """The number that calls to Ongoing name, parameter and field `goodsOwnerId` of the specification."""
    return int(account["goods_owner_id"])
