"""What Lambda tells a handler about its surroundings."""

import uuid


class Context:
    """The attributes that handlers and their tools read."""

    function_name = "nabij-local"
    function_version = "$LATEST"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:000000000000:function:nabij-local"

    def __init__(self) -> None:
        self.aws_request_id = uuid.uuid4().hex

    def get_remaining_time_in_millis(self) -> int:
        return 60_000
