import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands before a Postgres server and can be shut, as if the server were shutting down. */
export interface DatabaseGate {
  /** Of the same database, by way of the gate. */
  readonly url: string;
  /** Ends every connection, and turns away new ones until it is opened again. */
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

export async function gateBefore(databaseUrl: string): Promise<DatabaseGate> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isShut = false;
  const server = createServer((asking) => {
    hold(asking);
    if (isShut) return turnAway(asking);
    const asked = connect(Number(port || 5432), hostname);
    hold(asked);
    asking.pipe(asked).pipe(asking);
    asking.once("close", () => asked.destroy());
    asked.once("close", () => asking.destroy());
  });
  const hold = (socket: Socket) => {
    sockets.add(socket);
    // A connection that breaks is what the gate is for.
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  };
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    shut: () => {
      isShut = true;
      endAll();
    },
    open: () => {
      isShut = false;
    },
    close: async () => {
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Says what a server says that is shutting down (57P03, cannot_connect_now), once it has been asked anything: an ErrorResponse of
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
function turnAway(asking: Socket): void {
  asking.once("data", (first) => {
    const isForTls = first.length === 8 && first.readInt32BE(4) === tlsRequest;
    if (!isForTls) return refuse(asking);
    asking.write("N");
    asking.once("data", () => refuse(asking));
  });
}

function refuse(asking: Socket): void {
  asking.write(errorResponse);
  // Miniflare's Hyperdrive brings the process down when its client says goodbye to a server that has hung up already.
  setTimeout(() => asking.end(), 250);
}

const tlsRequest = 80_877_103;

const errorResponse = message("E", "SFATAL\0VFATAL\0C57P03\0Mthe database system is shutting down\0\0");

function message(type: string, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
