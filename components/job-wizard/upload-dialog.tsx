"use client";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { parseBucket, s3Path } from "#lib/browse/s3-location.ts";
import { maxUploadBytes, uploadKeyFor, uploadKeyProblem } from "#lib/browse/upload-limits.ts";
import { BucketInput } from "../s3-browser/bucket-input.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { formatBytes } from "../ui/number.tsx";
import { Progress } from "../ui/progress.tsx";
import { sentence } from "../ui/sentence.ts";
import { uploadFile } from "./upload-file.ts";

interface UploadDialogProps {
  onClose: () => void;
  connectionId: string;
  /** To begin with. */
  bucket: string;
  /** @param path `s3://bucket/key` */
  onUploaded: (path: string) => void;
}

/** Puts a CSV from the person's computer into a bucket, through the console. Mounted while open. */
export function UploadDialog({ onClose, connectionId, bucket: first, onUploaded }: UploadDialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const [bucketText, setBucketText] = useState(first);
  const [key, setKey] = useState("");
  const [share, setShare] = useState(0);
  const [tried, setTried] = useState(false);
  const stopping = useRef<AbortController | null>(null);
  const wrong = problems(file, bucketText, key);
  const upload = useMutation({
    mutationFn: async () => {
      if (!file) throw new Error("There is no file");
      stopping.current = new AbortController();
      setShare(0);
      return uploadFile({ connectionId, bucket: parseBucket(bucketText) ?? "", key, file, onProgress: setShare, signal: stopping.current.signal });
    },
    onSuccess: (made) => {
      onUploaded(s3Path(made.bucket, made.key));
      onClose();
    },
  });
  const close = () => {
    stopping.current?.abort();
    onClose();
  };
  const submit = () => {
    setTried(true);
    if (!wrong.file && !wrong.bucket && !wrong.key) upload.mutate();
  };
  const shown = (name: keyof typeof wrong) => (tried ? wrong[name] : undefined);
  return (
    <Dialog
      open
      sticky
      onOpenChange={(next) => !next && close()}
      title="Upload a CSV"
      description={`Up to ${formatBytes(maxUploadBytes)}, plain or in gzip. It goes through the console into the bucket, and becomes the manifest.`}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" onClick={submit} loading={upload.isPending}>
            Upload
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field label="File" required htmlFor="upload-file" error={shown("file")} help="One row for each object: bucket,key. No header.">
          <Input
            id="upload-file"
            type="file"
            accept=".csv,.gz,text/csv,application/gzip"
            className="py-1.5"
            disabled={upload.isPending}
            onChange={(event) => {
              const chosen = event.target.files?.[0] ?? null;
              setFile(chosen);
              if (chosen) setKey(uploadKeyFor(chosen.name, new Date()));
            }}
          />
        </Field>
        <Field label="Bucket" required htmlFor="upload-bucket" error={shown("bucket")}>
          <BucketInput id="upload-bucket" value={bucketText} onChange={setBucketText} connectionId={connectionId} title="Choose the bucket for the CSV" />
        </Field>
        <Field label="Key" required htmlFor="upload-key" error={shown("key")} help="An upload makes a new object; it overwrites none.">
          <Input id="upload-key" mono autoComplete="off" spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} />
        </Field>
        {upload.isPending && (
          <div>
            <Progress value={share * 100} label="Uploading the CSV" className="h-2" />
            <p className="mt-1.5 text-note text-text-muted tabular-nums">
              {share < 1 ? `${Math.floor(share * 100)}% of ${formatBytes(file?.size ?? 0)}` : "Sent; the endpoint is storing it…"}
            </p>
          </div>
        )}
        {upload.error && (
          <Alert tone="danger" title="The CSV was not uploaded">
            {upload.error.message}
          </Alert>
        )}
      </div>
    </Dialog>
  );
}

function problems(file: File | null, bucket: string, key: string): { file?: string; bucket?: string; key?: string } {
  const keyProblem = key.trim() === "" ? "Write the key that the CSV is to have" : uploadKeyProblem(key);
  return {
    ...(!file
      ? { file: "Choose a file" }
      : file.size === 0
        ? { file: "The file is empty. A manifest has one row for each object" }
        : file.size > maxUploadBytes && { file: `The file has ${formatBytes(file.size)}. Put it into S3 another way` }),
    ...(parseBucket(bucket) === null && {
      bucket: bucket.trim() === "" ? "Choose a bucket" : "A bucket's name has 3 to 63 letters, digits, dots and hyphens",
    }),
    ...(keyProblem !== null && { key: sentence("The key", keyProblem) }),
  };
}
