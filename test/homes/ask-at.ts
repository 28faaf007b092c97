import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * `fetch` at an address, which can also be asked under another name (Host), and can have a body announced (Content-Length) that is not
 * sent: an answer that does not wait for it may else be lost with the connection, which the other side closes.
 */
export function askAt(address: string): Ask {
  return async (path, init = {}) => {
    const url = new URL(path, address);
    const headers = new Headers(init.headers);
    const isOurs = headers.has("Host") || headers.has("Content-Length");
    return isOurs ? await askOverHttp(url, { ...init, headers }) : await fetch(url, init);
  };
}

type Asked = Omit<RequestInit, "headers"> & { readonly headers: Headers };

async function askOverHttp(url: URL, { method = "GET", headers, body }: Asked): Promise<Response> {
  const asked = request(url, { method, headers: Object.fromEntries(headers), agent: false });
  // Once it has answered, the other side may end the connection in whichever way it likes; before that `once` fails.
  asked.on("error", () => undefined);
  if (headers.has("Content-Length")) asked.flushHeaders();
  else asked.end(body);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const fields = Object.entries(answer.headers).map(([name, value]) => [name, `${value}`] as [string, string]);
  const said = await text(answer);
  asked.destroy();
  return new Response(said, { status: answer.statusCode ?? 0, headers: fields });
}
