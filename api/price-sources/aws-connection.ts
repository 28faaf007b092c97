import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { backoffMs, type Clock } from "./clock.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** How the AWS clients reach AWS. */
export interface AwsConnection {
  readonly clock: Clock;
  /** Left out: the SDK's default chain (environment, profile, role of the machine). Workers have none of these. */
  readonly credentials?: AwsCredentials | undefined;
  /** Of a proxy or a stand-in, for every service and region; left out: AWS's own. */
  readonly endpoint?: string | undefined;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export const attemptsMax = 5;
/** Of silence, before a connection counts as dead. */
const requestTimeoutMs = 60_000;
const connectionTimeoutMs = 10_000;

/** Options that every client takes: the SDK's standard retries, five attempts with full jitter. */
export function clientOptions({ clock, credentials, endpoint }: AwsConnection, region: string) {
  return {
    region,
    retryStrategy: new ConfiguredRetryStrategy(attemptsMax, (attempt: number) => backoffMs(attempt, clock)),
    requestHandler: { requestTimeout: requestTimeoutMs, connectionTimeout: connectionTimeoutMs },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials: withoutUndefined(credentials) }),
  };
}

/** A client of the SDK, as far as its attempts can be held up. */
interface Throttleable {
  readonly middlewareStack: {
    add(
      middleware: <Args, Output>(next: (args: Args) => Promise<Output>) => (args: Args) => Promise<Output>,
      options: { step: "finalizeRequest"; priority: "low"; name: string },
    ): void;
  };
}

/** Every attempt takes a token, retries too: the middleware stands behind the SDK's own retries. */
export function holdUp(client: Throttleable, bucket: TokenBucket): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      await bucket.take();
      return next(args);
    },
    { step: "finalizeRequest", priority: "low", name: "tokenBucket" },
  );
}

function withoutUndefined({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
