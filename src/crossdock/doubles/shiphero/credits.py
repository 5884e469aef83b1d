"""ShipHero's throttle: an account has credits, each operation costs its complexity, and credits come back.

Sources: 4004 credits, 60 back each second, none for `analyze: true`, and charged for what was returned are in
the API Commons rate limits of ShipHero; `code` 30 with `required_credits`, `remaining_credits` and
`time_remaining` in public clients. How the complexity of an operation adds up is ours: `base_cost` and
`most_records`.
"""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    value_from_ast_untyped,
)

from crossdock.doubles.shiphero.declined import Declined

MAX_AVAILABLE = 4004
INCREMENT_RATE = 60
NOT_ENOUGH_CREDITS = 30
PAGE = 100
"""Records of a connection when neither `first` nor `last` says how many."""

QUERY_COST = 1
MUTATION_COST = 10


class Credits:
    """The bucket of one account. `clock` gives seconds and is all that time means here."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = float(MAX_AVAILABLE)
        self._at = clock()

    @property
    def remaining(self) -> int:
        """Whole credits that are left now."""
        return int(self._now_left())

    def _now_left(self) -> float:
        now = self._clock()
        self._left = min(MAX_AVAILABLE, self._left + (now - self._at) * INCREMENT_RATE)
        self._at = now
        return self._left

    def spend(self, amount: int) -> None:
        """Takes credits without asking whether there are enough; never below none."""
        self._left = max(0.0, self._now_left() - amount)

    def demand(self, required: int) -> None:
        """Raises `Declined` with code 30 when fewer than `required` are left."""
        remaining = self.remaining
        if required <= remaining:
            return
        seconds = math.ceil((required - remaining) / INCREMENT_RATE)
        raise Declined(
            "There are not enough credits to perform the requested operation, which requires "
            f"{required} credits, but there are only {remaining} left. In {seconds} seconds you will have "
            "enough credits to perform the operation",
            NOT_ENOUGH_CREDITS,
            required_credits=required,
            remaining_credits=remaining,
            time_remaining=f"{seconds} seconds",
        )


def base_cost(operation: OperationDefinitionNode) -> int:
    """What an operation costs before its connections: 1 for a query, 10 for a mutation."""
    return MUTATION_COST if operation.operation is OperationType.MUTATION else QUERY_COST


def most_records(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> int:
    """How many records the connections of an operation can give at most, each of them a credit."""
    fragments = {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
    mutation = operation.operation is OperationType.MUTATION
    root = schema.mutation_type if mutation else schema.query_type
    return _Records(schema, fragments, variables).of(operation.selection_set, root)


class _Records:
    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = dict(variables)

    def of(self, selected: SelectionSetNode | None, parent: GraphQLNamedType | None) -> int:
        """The records in what is selected of a type."""
        total = 0
        for node in selected.selections if selected else ():
            if isinstance(node, FieldNode):
                total += self._field(node, parent)
            elif isinstance(node, InlineFragmentNode):
                total += self.of(node.selection_set, parent)
            elif isinstance(node, FragmentSpreadNode):
                total += self.of(self._fragments[node.name.value].selection_set, parent)
        return total

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        if not isinstance(parent, GraphQLObjectType) or node.name.value not in parent.fields:
            return 0
        of = get_named_type(parent.fields[node.name.value].type)
        within = self.of(node.selection_set, of)
        if not of.name.endswith("Connection"):
            return within
        page = self._page(node)
        return page + page * within

    def _page(self, node: FieldNode) -> int:
        given = {
            argument.name.value: value_from_ast_untyped(argument.value, self._variables)
            for argument in node.arguments or ()
        }
        asked = given.get("first") or given.get("last") or PAGE
        return int(asked)
