import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly target: string | null;
  readonly authorization: string | null;
  readonly body: string;
}

export type Answer = (response: ServerResponse, asked: Asked) => void | Promise<void>;

/** A server on a free port of this machine, and what it was asked for. */
export interface Endpoint extends AsyncDisposable {
  readonly address: string;
  readonly asked: Asked[];
}

export async function serve(answer: Answer): Promise<Endpoint> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { "x-amz-target": target, authorization } = request.headers;
    const call = {
      ...{ method: request.method ?? "", path: request.url ?? "", body },
      ...{ target: target === undefined ? null : `${target}`, authorization: authorization ?? null },
    };
    asked.push(call);
    await answer(response, call);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** One answer after the other, the last one again and again. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let turn = 0;
  return (response, asked) => answers[Math.min(turn++, answers.length - 1)]?.(response, asked);
}

export function reply(status: number, body: string, type = "application/x-amz-json-1.1"): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": type }).end(body);
  };
}

/** Says how long the answer is, sends a part of it and hangs up. */
export function hangUpAfter(bytes: number, body: string): Answer {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": `${Buffer.byteLength(body)}` });
    response.write(body.slice(0, bytes), () => response.destroy());
  };
}

/** Ends properly, in the middle of the text. */
export function cutShort(bytes: number, body: string, type?: string): Answer {
  return reply(200, body.slice(0, bytes), type);
}

/** A few bytes at a time, each in a turn of its own. */
export function trickle(body: string, piece: number): Answer {
  return async (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    for (let at = 0; at < body.length; at += piece) {
      response.write(body.slice(at, at + piece));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };
}

/** Takes the call and never answers. */
export const silence: Answer = () => undefined;
