"""Tags every object of a manifest with S3 Batch Operations, waits for the end, and prints the failures of the report.

Written for AWS: there, leave S3_ENDPOINT and CONTROL_ENDPOINT out of the environment. AWS's usual variables hold the keys;
where S3 itself has others, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY hold those.
"""

import csv
import io
import json
import os
import sys
import time
import uuid

import boto3

environment = os.environ
account = environment["ACCOUNT"]
manifest_bucket, manifest_key = environment["MANIFEST"].split("/", 1)
report_bucket = environment["REPORT_BUCKET"]

s3 = boto3.client(
    "s3",
    endpoint_url=environment.get("S3_ENDPOINT"),
    aws_access_key_id=environment.get("S3_ACCESS_KEY_ID"),
    aws_secret_access_key=environment.get("S3_SECRET_ACCESS_KEY"),
)
control = boto3.client("s3control", endpoint_url=environment.get("CONTROL_ENDPOINT"))

manifest = s3.head_object(Bucket=manifest_bucket, Key=manifest_key)
job_id = control.create_job(
    AccountId=account,
    ConfirmationRequired=False,
    ClientRequestToken=str(uuid.uuid4()),
    Description="tag_photos.py",
    Priority=10,
    RoleArn=environment["ROLE_ARN"],
    Operation={"S3PutObjectTagging": {"TagSet": [{"Key": "year", "Value": "2026"}]}},
    Manifest={
        "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
        "Location": {"ObjectArn": f"arn:aws:s3:::{manifest_bucket}/{manifest_key}", "ETag": manifest["ETag"]},
    },
    Report={
        "Bucket": f"arn:aws:s3:::{report_bucket}",
        "Prefix": "tag-photos",
        "Format": "Report_CSV_20180820",
        "Enabled": True,
        "ReportScope": "AllTasks",
    },
)["JobId"]
print("job", job_id)

while True:
    job = control.describe_job(AccountId=account, JobId=job_id)["Job"]
    progress = job["ProgressSummary"]
    if job["Status"] in ("Complete", "Failed", "Cancelled"):
        break
    time.sleep(1)
print(job["Status"].lower(), progress["NumberOfTasksSucceeded"], "succeeded", progress["NumberOfTasksFailed"], "failed")
for reason in job.get("FailureReasons", []):
    print(reason["FailureCode"], reason["FailureReason"])

report = s3.get_object(Bucket=report_bucket, Key=f"tag-photos/job-{job_id}/manifest.json")
rows = 0
for result in json.load(report["Body"])["Results"]:
    body = s3.get_object(Bucket=result["Bucket"], Key=result["Key"])["Body"].read().decode()
    for bucket, key, version, status, http_status, error, message in csv.reader(io.StringIO(body)):
        rows += 1
        if status != "succeeded":
            print(http_status, error, key)
print("rows", rows)
sys.exit(0 if job["Status"] == "Complete" else 1)
