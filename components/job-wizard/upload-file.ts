import type { UploadedManifest } from "#lib/browse/browse-views.ts";
import { ApiError, errorOf } from "../api-client.ts";

interface FileUpload {
  connectionId: string;
  bucket: string;
  key: string;
  file: File;
  /** @param share of the file that was sent, 0 to 1 */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file through the console; fetch does not tell how far it is. @throws ApiError */
export function uploadFile({ connectionId, bucket, key, file, onProgress, signal }: FileUpload): Promise<UploadedManifest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/connections/${encodeURIComponent(connectionId)}/upload?${new URLSearchParams({ bucket, key })}`);
    request.setRequestHeader("content-type", "text/csv");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as UploadedManifest);
      else reject(errorOf(request.responseText, request.status));
    };
    request.onerror = () => reject(new ApiError("Unreachable", "The connection to the console broke off. Nothing was kept: upload the file again.", [], 0));
    request.onabort = () => reject(new ApiError("Aborted", "The upload was cancelled. Nothing was kept.", [], 0));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
