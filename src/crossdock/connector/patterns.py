"""Regular expressions for JSON Schema that several vendors need."""

INT32_PATTERN = (
    r"^([1-9][0-9]{0,8}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}|2147[0-3][0-9]{5}"
    r"|21474[0-7][0-9]{4}|214748[0-2][0-9]{3}|2147483[0-5][0-9]{2}|21474836[0-3][0-9]|214748364[0-7])$"
)
"""A positive 32-bit integer written as a string: 1 to 2147483647, no sign, no leading zero."""

INT32_TEXT = {"pattern": INT32_PATTERN, "description": "a number from 1 to 2147483647, written as a string"}
"""JSON Schema of such a string."""

INT32_MAX = 2_147_483_647
