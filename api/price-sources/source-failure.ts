/** Why a part could not be read; nothing of it was handed out. */
export type FailureCode =
  | "access_denied"
  | "credentials_missing"
  | "not_found"
  | "provider_error"
  | "region_unknown"
  | "part_unknown"
  | "throttled"
  | "unreachable"
  | "unreadable";

/** A source could not be read; `message` is for people and names the way out. */
export class SourceFailure extends Error {
  override readonly name = "SourceFailure";
  readonly code: FailureCode;

  constructor(message: string, options: ErrorOptions & { readonly code: FailureCode }) {
    super(message, options);
    this.code = options.code;
  }
}
