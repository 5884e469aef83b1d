"""The bodies of an account's writes as typed dictionaries, made by datamodel-code-generator."""

from collections.abc import Mapping
from typing import Any

import orjson

from crossdock.errors import Unavailable

NOTHING = '"""No write of this account has a body."""\n'
EXTRA = 'pip install "crossdock[codegen]"'


def models_of(document: Mapping[str, Any]) -> str:
    """The source of a module with a `TypedDict` for each component of a write-info document.

    Accepted values are literals, what may be left out is `NotRequired`. Raises `Unavailable` when the
    generator is not installed.
    """
    if not document["components"]["schemas"]:
        return NOTHING
    try:
        from datamodel_code_generator import (  # noqa: PLC0415  (an extra, and slow to import)
            InputFileType,
            LiteralType,
            OpenAPIScope,
            PythonVersion,
            generate,
        )
        from datamodel_code_generator.enums import DataModelType  # noqa: PLC0415
        from datamodel_code_generator.format import Formatter  # noqa: PLC0415
    except ImportError as error:
        raise Unavailable(f"Generating code needs datamodel-code-generator: {EXTRA}") from error
    made = generate(
        orjson.dumps(document).decode(),
        input_file_type=InputFileType.OpenAPI,
        input_filename="write-info",
        output_model_type=DataModelType.TypingTypedDict,
        target_python_version=PythonVersion.PY_311,
        openapi_scopes=[OpenAPIScope.Schemas],
        enum_field_as_literal=LiteralType.All,
        use_schema_description=True,
        use_field_description=True,
        use_standard_collections=True,
        use_union_operator=True,
        use_closed_typed_dict=False,
        disable_timestamp=True,
        formatters=[Formatter.BUILTIN],
    )
    return str(made)
