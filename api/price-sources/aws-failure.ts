import { type FailureCode, SourceFailure } from "./source-failure.ts";

/** What was asked of AWS, for the message. */
export interface AwsCall {
  /** `pricing:GetProducts`. */
  readonly permission: string;
  /** `AmazonECS in us-east-1`. */
  readonly about: string;
}

const denied = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"];
const unidentified = [
  ...["CredentialsProviderError", "UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure"],
  ...["InvalidSignatureException", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException"],
  ...["OptInRequired", "MissingAuthenticationToken"],
];
const throttled = ["ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded"];

/** The SDK's error as a failure that says what to do; what the caller aborted stays what it was aborted with. */
export function awsFailure(error: unknown, call: AwsCall, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof SourceFailure) return error;
  const code = codeOf(error);
  return new SourceFailure(`${messages[code](call)} ${said(error)}`.trim(), { code, cause: error });
}

/** Unreadable answers: worth asking for once more, which the SDK does not do. */
export function isUnreadable(error: unknown): boolean {
  return codeOf(error) === "unreadable";
}

function codeOf(error: unknown): FailureCode {
  const name = nameOf(error);
  if (denied.includes(name)) return "access_denied";
  if (unidentified.includes(name)) return "credentials_missing";
  if (throttled.includes(name)) return "throttled";
  const status = statusOf(error);
  if (error instanceof SyntaxError || /pars|unexpected end|unclosed/i.test(textOf(error))) return "unreadable";
  if (status === undefined) return "unreachable";
  // An answer that says 200 and cannot be taken apart.
  return status < 300 ? "unreadable" : "provider_error";
}

const messages: Record<FailureCode, (call: AwsCall) => string> = {
  access_denied: ({ permission, about }) =>
    `AWS refuses to answer for ${about}: the identity in use lacks the permission ${permission} (on resource "*").`,
  credentials_missing: ({ about }) =>
    `AWS does not know who asks for ${about}: there are no valid AWS credentials. The bulk files need none.`,
  throttled: ({ about }) => `AWS still throttles the calls for ${about} after several attempts. Try again later.`,
  provider_error: ({ about }) => `AWS answers the call for ${about} with an error.`,
  unreachable: ({ about }) => `AWS could not be reached for ${about}.`,
  unreadable: ({ about }) => `AWS's answer for ${about} breaks off or is no answer of this call.`,
  not_found: ({ about }) => `AWS has nothing for ${about}.`,
  region_unknown: ({ about }) => `The region is not known: ${about}.`,
  part_unknown: ({ about }) => `The part is not known: ${about}.`,
};

function said(error: unknown): string {
  const text = textOf(error);
  return text === "" ? "" : `(${nameOf(error)}: ${text})`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

function statusOf(error: unknown): number | undefined {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata;
  return metadata?.httpStatusCode;
}
