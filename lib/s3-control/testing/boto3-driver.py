"""Calls S3 Control by boto3: takes one request a line, {"operation", "parameters"}, and gives one answer a line."""

import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "s3control",
    endpoint_url=os.environ["ENDPOINT"],
    config=Config(retries={"total_max_attempts": 1}),
)

for line in sys.stdin:
    request = json.loads(line)
    try:
        output = getattr(client, request["operation"])(**request["parameters"])
        metadata = output.pop("ResponseMetadata")
        answer = {"output": output, "requestId": metadata["RequestId"]}
    except ClientError as error:
        answer = {
            "error": {
                "code": error.response["Error"]["Code"],
                "message": error.response["Error"].get("Message", ""),
                "typed": type(error).__name__ != "ClientError",
                "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            },
            "requestId": error.response["ResponseMetadata"]["RequestId"],
        }
    except Exception as error:  # not an answer of the API: the test fails with its words
        answer = {"failure": repr(error)}
    print(json.dumps(answer, default=lambda value: value.isoformat()), flush=True)
