"""What a connector tells of itself: one `Integration` value, found through its entry point."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crossdock.connector.listing import ListOperation
from crossdock.connector.oauth import OAuthGrant
from crossdock.connector.operation import Option, WriteOperation
from crossdock.connector.pace import Credits, Rate
from crossdock.connector.vendor import (
    Access,
    Account,
    Blame,
    TokenGrant,
    VendorAnswer,
    VendorRequest,
    vendor_words,
)
from crossdock.schemas.actions import IntegrationType
from crossdock.schemas.list_functions import ListFunction


@dataclass(frozen=True, slots=True)
class CredentialField:
    """A thing an account owner fills in. `fault` says what is wrong with a value, or `None`.

    `example` is a value of the right form, with which requests are made up that nobody sends. `default` is
    the value of a field that is not filled in; without one it must be. `where` says where the account's owner
    finds it in the vendor's own pages.
    """

    name: str
    title: str
    description: str
    secret: bool = False
    example: str = "1"
    default: str | None = None
    fault: Callable[[str], str | None] = lambda value: None if value else "must not be empty"
    where: str | None = None


@dataclass(frozen=True, slots=True)
class CredentialCheck:
    """How credentials are tried before they are saved.

    `request(account)` is a harmless read that needs all of them; `accepted(answer)` says whether its
    answer is what the vendor gives a rightful caller; `fields_at_fault` tells, by status, which fields
    a refusal is about; `otherwise` are the fields to name for any other status.
    """

    request: Callable[[Account], VendorRequest]
    accepted: Callable[[VendorAnswer], bool]
    fields_at_fault: Mapping[int, Sequence[str]]
    otherwise: Sequence[str]


def as_it_is(answer: VendorAnswer) -> VendorAnswer:
    """For vendors whose statuses mean what they say."""
    return answer


def nothing_blamed(answer: VendorAnswer) -> Sequence[Blame]:  # noqa: ARG001
    """For vendors that do not say which field they refuse."""
    return ()


@dataclass(frozen=True, slots=True)
class Integration:
    """One vendor system: who it is, how to get in, what can be written and what an account decides."""

    type: IntegrationType
    name: str
    display_name: str
    description: str
    credential_fields: Sequence[CredentialField]
    access: Callable[[Account], Access]
    credential_check: CredentialCheck
    writes: Sequence[WriteOperation[Any]]
    lists: Sequence[ListOperation] = ()
    from_files: Sequence[ListFunction] = ()
    """Lists whose records come in files that are handed over. No sync reads them, and no credentials are
    tried for an integration that has such lists."""
    options: Sequence[Option] = ()
    install_method: Literal["input", "oauth"] = "input"
    words: Callable[[VendorAnswer], str] = vendor_words
    """The vendor's own sentence in a refusal."""
    interpret: Callable[[VendorAnswer], VendorAnswer] = as_it_is
    """An answer with the status that it means, for vendors that put refusals into a 200."""
    blamed: Callable[[VendorAnswer], Sequence[Blame]] = nothing_blamed
    """The places in the request that a refusal is about. They are traced back to the caller's fields."""
    token: TokenGrant | None = None
    oauth: OAuthGrant | None = None
    pace: Credits | Rate | None = None
    """What the vendor lets one account send."""
    passthrough: bool = True
    """Whether callers may send requests of their own to the account's API."""

    @property
    def slug(self) -> str:
        """Type and name in one, as the command line takes it: `wms/ongoing`."""
        return f"{self.type}/{self.name}"

    def secrets(self, account: Account) -> Sequence[str]:
        """The values of an account's secret fields."""
        return [account[one.name] for one in self.credential_fields if one.secret and account.get(one.name)]

    def write(self, action_name: str) -> WriteOperation[Any] | None:
        """The write operation of that action name, or `None` when the integration lacks it."""
        return next((write for write in self.writes if write.action.name == action_name), None)

    def listing(self, function_name: str) -> ListOperation | None:
        """The list operation of that function name, or `None` when the integration lacks it."""
        return next((found for found in self.lists if found.function.name == function_name), None)

    def has_list(self, function: ListFunction) -> bool:
        """Whether the integration has that list; types share the names of functions."""
        return any(found is function for found in self.list_functions)

    @property
    def list_functions(self) -> Sequence[ListFunction]:
        """Every list that the integration has, wherever its records come from."""
        return [*(found.function for found in self.lists), *self.from_files]

    @property
    def available_actions(self) -> Sequence[str]:
        """The names of every list function and every write that the integration has."""
        return [found.name for found in self.list_functions] + [write.action.name for write in self.writes]

    def option(self, name: str) -> Option:
        """The option of that name. Raises `LookupError` when a body names one that is not declared."""
        for option in self.options:
            if option.name == name:
                return option
        raise LookupError(f"{self.slug} declares no option {name}")
