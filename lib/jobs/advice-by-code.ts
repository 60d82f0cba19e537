/** What a person can do about tasks that failed with a code, whatever the operation. Operations have words of their own in `advice`. */
export const adviceByCode: Readonly<Record<string, string>> = {
  // What is missing.
  NoSuchKey:
    "The object was not there any more when its task ran. It may have been deleted or renamed since the list was made, or the manifest's keys are not URL-encoded.",
  NoSuchVersion: "This version of the object does not exist. It may have expired since the manifest was written.",
  NoSuchBucket: "The bucket does not exist on this connection. Check the manifest's first column, and the destination of a copy.",
  NoSuchUpload: "A copy in parts was given up by somebody else, or by a rule of the bucket, before it was done. Run the failed objects again.",
  NoSuchTagSet: "The object has no tags.",
  PermanentRedirect: "The bucket is in another region than the connection. Use a role on a connection to the bucket's own region.",
  TemporaryRedirect: "The store sends requests for this bucket elsewhere, as it does for a new one. Run the failed objects again in an hour.",
  ObjectLockConfigurationNotFoundError: "The bucket has no Object Lock configuration. Object Lock must be on before retention or a legal hold is set.",
  ReplicationConfigurationNotFoundError: "The bucket has no replication rules. Give it some, or take another operation.",

  // What the object, or the store, does not allow.
  PreconditionFailed:
    "The object does not meet the job's conditions, such as “only if modified since”, or was changed while the task ran. It was left alone; run it again if it should be done.",
  InvalidRequest: "The store does not accept this operation for the object. The message says why.",
  InvalidArgument: "The store does not accept one of the operation's parameters. The message says which.",
  InvalidTag: "The store does not accept one of the tags. Some stores allow fewer characters than Amazon S3.",
  MalformedXML: "The store does not understand the request. It may lack what the job asks for; the message says more.",
  InvalidStorageClass: "The store has no such storage class. Clone the job and choose another.",
  InvalidObjectState: "The object is archived. Restore it first, then run the failed objects again.",
  RestoreAlreadyInProgress: "The object is being restored already: there is nothing to do but wait.",
  MethodNotAllowed: "The store does not allow this operation on the object: it may be a delete marker, or the bucket may lack Object Lock.",
  NotImplemented: "The store does not have this operation.",
  EntityTooLarge: "The store does not take an object of this size. The message may say what it takes.",
  EntityTooSmall: "The store does not take parts of this size. Copy the object by another tool, or to another store.",
  KeyTooLongError: "With the prefix in front, the key is longer than the 1,024 bytes that S3 allows.",
  QuotaExceeded: "The store is full, or the account's quota is used up. Make room, then run the failed objects again.",

  // What the endpoint says of itself.
  SlowDown:
    "The store asked to be called less often, and went on asking after several attempts. Set a limit for the connection or the job, or run the failed objects again at a quieter time.",
  ServiceUnavailable: "The store was not available, even after several attempts. Run the failed objects again when it is well.",
  InternalError: "The store had an error of its own, even after several attempts. Run the failed objects again; if it comes back, look at the store's logs.",
  BadGateway: "A proxy could not reach the store, even after several attempts. Run the failed objects again when the store is well.",
  GatewayTimeout: "A proxy waited in vain for the store, even after several attempts. Run the failed objects again when the store is well.",
  RequestTimeout: "The store did not take the request in time, even after several attempts. Check the network between the workers and the store.",
  OperationAborted: "Something else was changing the object or its bucket at that moment. Run the failed objects again.",
  ConditionalRequestConflict: "Something else was writing the object at that moment. Run the failed objects again.",

  // The role's keys.
  InvalidAccessKeyId: "The store does not know the execution role's access key. Give the role a valid key on the Roles page.",
  SignatureDoesNotMatch:
    "The store does not accept the execution role's secret key. Give the role its keys again on the Roles page, and check the connection's region and endpoint.",
  AuthorizationHeaderMalformed: "The connection's region is not the store's. Correct the region on the Connections page.",
  ExpiredToken: "The execution role's session has expired. Give the role its keys again on the Roles page.",
  InvalidToken: "The store does not know the execution role's session token. Give the role its keys again on the Roles page.",
  RequestTimeTooSkewed: "The clock of a worker differs from the store's by too much. Set the worker's clock (NTP), then run the failed objects again.",
  RoleNotFound: "An execution role that the job needs is gone. Have an administrator add it, then run the failed objects again.",

  // Functions and webhooks.
  TemporaryFailure: "The function asked for another try of these objects, ten times over. The message is its own. Run the failed objects again later.",
  PermanentFailure: "The function says that it could not do these objects. The message is its own; the function's log has more.",
  InvalidResponse: "The function did not answer as it has to: docs/functions.md shows how. What it did with the objects is not known.",
  RedirectNotFollowed: "Redirects are not followed. Give the job the URL that answers by itself.",
  RefusedByFunction:
    "The receiver refused the call, and would do so again. Check the URL, and what the receiver's log says; it may be checking signatures with another secret.",
  ResponseTooLarge: "The function answered with more than results need. What it did with the objects is not known.",
  InvocationTimeout: "The function did not answer within the time limit, ten times over. Give the job more time, or fewer objects an invocation.",
  FunctionThrottled:
    "The receiver asked to be called less often, and went on asking. Limit the job's requests, or run the failed objects again at a quieter time.",
  FunctionUnavailable: "The receiver had trouble of its own, even after several attempts. Run the failed objects again when it is well.",
  FunctionUnreachable:
    "The function could not be reached, or hung up. Check its address, its certificate, and that the workers can reach it; the message says more.",
  FunctionNotAllowed: "This installation does not allow that call. An administrator can; the message says where.",
  NotInvoked: "Functions are invoked by jobs only, and by nothing that merely looks. This is an error of Longshore's own: please report it.",
  ForbiddenAddress: "The address is one where machines keep their own credentials. It is never called.",
  ResourceNotFoundException: "Lambda has no such function in that region. Check the ARN, and its version or alias.",
  TooManyRequestsException:
    "Lambda had no room for more invocations, even after several attempts. Raise the function's concurrency, or limit the job's requests.",

  // What Longshore itself finds.
  AclNotReadable: "The store does not say who may use the object, so its grants could not be kept, and it was left as it is. The message says more.",
  AnswerTooLarge: "The store answered with more than any answer should have. Check that the connection's endpoint is an S3 endpoint.",
  BodyDamaged: "The bytes did not arrive as they left, several times over. Check the network, and what stands between the workers and the store.",
  EncryptionNotKept: "The store said yes and kept other encryption than was asked for. Probe the connection again: it may not do this operation rightly.",
  IllegalHeader: "One of the values cannot be sent in a header. Take line breaks and control characters out of it.",
  IncompleteBody: "The object's bytes ended too early, several times over. Check the network, and that the store can read the object itself.",
  Interrupted: "The job ended before the task had taken all its steps. Run the failed objects again.",
  LockNotKept: "The store said yes and kept another lock than was asked for. Probe the connection again: it may not do this operation rightly.",
  MalformedResponse: "What answered speaks no HTTP. Check the address, and what stands between the workers and it.",
  MetadataNotReadable: "The object's own metadata cannot be read back exactly, and would have been damaged, so the object was left as it is.",
  NoParts: "The object was not uploaded in parts, so it has no composite checksum. Ask for the checksum of the full object.",
  NoReplicationRule: "No replication rule of the bucket is for this object. Check the rules' prefixes and tags, and that they are enabled.",
  NoResult: "The answer to several tasks at once did not name this one: what became of the object is not known. Run the failed objects again.",
  NotCurrentVersion: "The manifest names an older version, and this operation works on the newest one only. Name objects without their versions.",
  PartsUnknown: "The store does not tell the sizes of the object's parts. Ask for the checksum of the full object.",
  TooManyTags: "The object would have more than the 10 tags that S3 keeps, so it was left as it is.",
  UnexpectedResponse: "The store answered what S3 would not. Check that the connection's endpoint is an S3 endpoint, and probe the connection.",
  Other: "The store gave too many different reasons to count each by itself. The completion report has them all.",
};
