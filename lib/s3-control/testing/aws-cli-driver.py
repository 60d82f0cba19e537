"""Runs the AWS CLI without starting it anew: takes the arguments of one command a line, and gives its status and output."""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

answers = sys.stdout

for line in sys.stdin:
    # The CLI writes to the bytes below the text.
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = create_clidriver().main(json.loads(line))
        except SystemExit as exit:
            status = exit.code
    texts = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
    print(json.dumps({"status": status, "stdout": texts[0], "stderr": texts[1]}), file=answers, flush=True)
