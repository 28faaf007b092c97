/** A process of its own that takes the data directory named on its command line, says so, and holds it until it is killed. */

import { storeComparison } from "../../db/comparisons.ts";
import { openDatabase } from "../../db/connect.ts";
import { takeDataDirectory } from "../../db/data-directory.ts";

const [path = "", how] = process.argv.slice(2);
if (how === "database") {
  const opened = await openDatabase({ dataDirectory: path });
  opened.announce("http://127.0.0.1:8787");
  await storeComparison(opened.database, { id: "kept", body: "through kill -9", ownPrices: false });
} else {
  takeDataDirectory(path).announce("http://127.0.0.1:8787");
}
process.stdout.write("held\n");
// A blocked event loop must not lose the lock.
if (how === "blocked") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
setInterval(() => undefined, 60_000);
