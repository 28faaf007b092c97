import { createHmac, timingSafeEqual } from "node:crypto";

/** A request as it came, its body to the byte. */
export interface Signed {
  /** X-Slack-Request-Timestamp and X-Slack-Signature. */
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

/**
 * Whether it was signed with one of these secrets, no more than five minutes from now, before or after:
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSigned({ timestamp = "", signature = "", body }: Signed, secrets: readonly string[], now: Date) {
  // A header that is sent twice arrives with a comma in it, and is neither.
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > secondsMax) return false;
  const given = Buffer.from(signature.slice("v0=".length), "hex");
  return secrets.some((secret) => {
    const ours = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
    return timingSafeEqual(ours, given);
  });
}

const secondsMax = 5 * 60;
