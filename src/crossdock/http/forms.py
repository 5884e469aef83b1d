"""Files that a caller sends: `multipart/form-data` as a JSON-like body, the file in Base64."""

from base64 import b64encode

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from crossdock.errors import FieldFault, TooLarge, Unprocessable, UnsupportedMediaType
from crossdock.http.requests import FORM, check_declared_length

LARGEST_FILE = 10 * 1024 * 1024
FORM_OVERHEAD = 64 * 1024
FIELDS = 20


async def file_form(request: Request) -> dict[str, str]:
    """The fields of the form. The file's own name stands in for `file_name` where that is missing.

    Raises `UnsupportedMediaType`, `TooLarge`, or `Unprocessable` for a field that is given twice.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.split(";")[0].strip().lower() != FORM:
        raise UnsupportedMediaType("Content-Type must be multipart/form-data: this write takes a file.")
    check_declared_length(request, LARGEST_FILE + FORM_OVERHEAD)
    try:
        async with request.form(max_files=1, max_fields=FIELDS, max_part_size=FORM_OVERHEAD) as form:
            return await _fields(form)
    except HTTPException as error:
        raise Unprocessable(f"The form was not understood: {error.detail}") from error


async def _fields(form: FormData) -> dict[str, str]:
    sent: dict[str, str] = {}
    for name, value in form.multi_items():
        if name in sent:
            raise Unprocessable(f"{name} is given twice.", [FieldFault(f"/{name}", "is given twice")])
        sent[name] = value if isinstance(value, str) else await _content(value)
        if isinstance(value, UploadFile) and value.filename and "file_name" not in form:
            sent["file_name"] = value.filename
    return sent


async def _content(file: UploadFile) -> str:
    content = await file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise TooLarge(f"The file is over {LARGEST_FILE} bytes (10 MB).", headers={"connection": "close"})
    return b64encode(content).decode()
