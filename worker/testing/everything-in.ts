import {
  GetObjectAclCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

export type Everything = Awaited<ReturnType<typeof everythingIn>>;

/** All that can be seen in a bucket of a few objects, to be compared with what it was before: versions, markers, heads, tags, ACLs, uploads. */
export async function everythingIn(s3: S3Client, Bucket: string) {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  const versions = await Promise.all(
    Versions.map(async ({ Key, VersionId, ETag, Size, IsLatest, LastModified }) => {
      const [{ $metadata: _head, ...head }, { TagSet }, acl] = await Promise.all([
        s3.send(new HeadObjectCommand({ Bucket, Key, VersionId })),
        s3.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId })),
        s3.send(new GetObjectAclCommand({ Bucket, Key, VersionId })).then(
          ({ Grants }) => Grants,
          (error: Error) => error.name,
        ),
      ]);
      return { Key, VersionId, ETag, Size, IsLatest, LastModified, head, TagSet, acl };
    }),
  );
  return {
    versions,
    markers: DeleteMarkers.map(({ Key, VersionId }) => ({ Key, VersionId })),
    uploads: Uploads.map(({ Key, UploadId }) => ({ Key, UploadId })),
  };
}
