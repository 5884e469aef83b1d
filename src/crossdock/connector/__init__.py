"""The kit that a connector is written with. It knows the vocabulary and nothing else of Crossdock."""

from crossdock.connector.bulk import BulkReading, JobState
from crossdock.connector.integration import CredentialCheck, CredentialField, Integration
from crossdock.connector.listing import ListOperation, ListPage, Span
from crossdock.connector.operation import Asked, Choices, LeftOut, LookUp, Option, Rule, WriteOperation
from crossdock.connector.pace import Credits, Rate
from crossdock.connector.vendor import (
    Access,
    Account,
    Blame,
    Reads,
    Token,
    TokenGrant,
    VendorAnswer,
    VendorRequest,
    vendor_path,
)
from crossdock.errors import FieldFault, NotFound, OutcomeUnknown, Unprocessable

__all__ = [
    "Access",
    "Account",
    "Asked",
    "Blame",
    "BulkReading",
    "Choices",
    "CredentialCheck",
    "CredentialField",
    "Credits",
    "FieldFault",
    "Integration",
    "JobState",
    "LeftOut",
    "ListOperation",
    "ListPage",
    "LookUp",
    "NotFound",
    "Option",
    "OutcomeUnknown",
    "Rate",
    "Reads",
    "Rule",
    "Span",
    "Token",
    "TokenGrant",
    "Unprocessable",
    "VendorAnswer",
    "VendorRequest",
    "WriteOperation",
    "vendor_path",
]
