/**
 * The refresh of a region in workerd with a limit on its JavaScript heap. By hand, for 1,300 instance types and a limit of 96 MiB, on a
 * Postgres server that a database may be made on:
 *
 *     TEST_DATABASE_URL=postgres://... npm run --silent bench:worker -- 1300 96
 *
 * V8 ends workerd where the heap would have to grow beyond the limit. Prints `{types, heapMiB, done, runs, seconds, longestSeconds, idleMiB, peakMiB, aboveIdleMiB}`
 * for a refresh where all is new, and for one where nothing has changed; the memory is that of the whole process.
 */
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase } from "../db/engines.ts";
import { bundleWorker } from "./bundle.ts";
import { largeAws } from "./large-aws.ts";
import { type LimitedWorkerd, startLimited } from "./limited-workerd.ts";

const [types = 1300, heapMiB = 96] = process.argv.slice(2).map(Number);
const own = await createDatabase();
try {
  await prepareServer(own.url);
  const { script } = await bundleWorker();
  await using aws = await largeAws(types);
  const settings = {
    ...{ STOWAGE_REFRESH_REGIONS: "us-east-1", STOWAGE_REFRESH_SECONDS: "1" },
    ...{ STOWAGE_PRICE_ENDPOINT: aws.address, AWS_ACCESS_KEY_ID: "nobody", AWS_SECRET_ACCESS_KEY: "nobody's" },
  };
  // The second is a refresh of its own, since it is planned otherwise, and compares with what the first has written.
  for (const STOWAGE_REFRESH_SOURCE of ["api,ec2,savings-plans", "savings-plans,ec2,api"]) {
    const told = { ...settings, STOWAGE_REFRESH_SOURCE };
    await using workerd = await startLimited(script, told, { databaseUrl: own.url, heapMiB });
    process.stdout.write(`${JSON.stringify({ types, heapMiB, ...(await measure(workerd)) })}\n`);
  }
} finally {
  await own.drop();
}

/** One refresh in as many runs as it takes. */
async function measure(workerd: LimitedWorkerd): Promise<object> {
  const idleMiB = workerd.memory().nowMiB;
  const startMs = performance.now();
  let peakMiB = idleMiB;
  let longestSeconds = 0;
  for (let runs = 1; ; runs++) {
    const runMs = performance.now();
    const line = await workerd.trigger();
    longestSeconds = Math.max(longestSeconds, Math.round((performance.now() - runMs) / 1000));
    if (line === null) return { done: false, runs, idleMiB, peakMiB };
    peakMiB = workerd.memory().peakMiB;
    const { refresh } = line as { readonly refresh: string | Readonly<Record<string, unknown>> };
    if (refresh === "to be continued") continue;
    const seconds = Math.round((performance.now() - startMs) / 1000);
    const { named: _, ...counts } = typeof refresh === "string" ? { ...line } : refresh;
    return { done: true, runs, seconds, longestSeconds, idleMiB, peakMiB, aboveIdleMiB: peakMiB - idleMiB, ...counts };
  }
}
