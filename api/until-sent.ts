/** The response, and when the last of what it streams is sent, or nobody wants it any more: what it is made from must last until then. */
export function untilSent(response: Response): { readonly answered: Response; readonly sent: Promise<void> } {
  if (response.body === null || response.headers.get("Content-Type") !== "application/jsonl") {
    return { answered: response, sent: Promise.resolve() };
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const sent = response.body.pipeTo(writable).catch(() => undefined);
  return { answered: new Response(readable, response), sent };
}
