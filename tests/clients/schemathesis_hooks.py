"""What schemathesis is told about Orion beyond the document."""

import uuid

import schemathesis

KEY = "Idempotency-Key"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives each request a key of its own.

    The tool sends the same key and body again in other sequences. Orion then answers with what it answered first, as it must, and what that
    answer names may have been deleted in between: the tool would report a created resource that cannot be found.
    Keys that the document forbids go out as they are.
    """
    sent = (case.headers or {}).get(KEY)
    if isinstance(sent, str) and 1 <= len(sent) <= 255 and sent.isascii() and sent.isprintable():
        case.headers[KEY] = str(uuid.uuid4())
