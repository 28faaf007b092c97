import { BodyIncomplete, BodyTooLarge } from "../batching/body-lines.ts";

/** The same bytes; reading on errs with `BodyTooLarge` where there are more, and with `BodyIncomplete` where the connection ends first. */
export function limitedBody(body: ReadableStream<Uint8Array>, bytesMax: number): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.length;
        if (bytes <= bytesMax) return controller.enqueue(value);
      } catch (cause) {
        throw new BodyIncomplete("The body broke off", { cause });
      }
      await reader.cancel();
      throw new BodyTooLarge("The body is over its limit");
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
