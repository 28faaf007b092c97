/**
 * Memory of reading AmazonEC2's bulk file of a region, above that of the idle process. By hand, for a file of 400 MB made and served
 * on this machine:
 *
 *     node test/price-sources/measure-refresh.ts 400 json
 *
 * Prints `{bytes, rows, refused, seconds, idleMiB, peakMiB, aboveIdleMiB}`. With an address for the third argument it reads that
 * server's file instead of starting one.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { bulkFiles } from "../../api/price-sources/bulk-files.ts";
import { systemClock } from "../../api/price-sources/clock.ts";
import { serve } from "./endpoint.ts";
import { sendOffer, typesFor } from "./offer-file.ts";

/**
 * V8 lets its nursery grow to 128 MiB where nobody says otherwise, and that would be measured, not the reader. Where arguments are given
 * to node itself, these hold.
 */
const limits =
  process.execArgv.length > 0 ? process.execArgv : ["--max-semi-space-size=4", "--heap-growing-percent=15"];
const [size = "400", format = "json", base] = process.argv.slice(2);
const kind = format === "csv" ? "csv" : "json";
if (base === undefined) await serveAndMeasure();
else await measure(base);

/** The reader runs in a process of its own, so that making the file is not measured. */
async function serveAndMeasure(): Promise<void> {
  const types = typesFor(Number(size) * 1_000_000, kind);
  let bytes = 0;
  await using endpoint = await serve(async (response, { path }) => {
    if (path.endsWith("region_index.json")) {
      const currentVersionUrl = "/offers/v1.0/aws/AmazonEC2/20260901000000/us-east-1/index.json";
      response.end(JSON.stringify({ regions: { "us-east-1": { regionCode: "us-east-1", currentVersionUrl } } }));
    } else bytes = await sendOffer(response, types, kind);
  });
  const reader = fork(new URL(import.meta.url), [size, kind, endpoint.address], { execArgv: limits });
  const [measured] = (await Promise.race([once(reader, "message"), once(reader, "exit")])) as [unknown];
  reader.disconnect();
  process.stdout.write(`${JSON.stringify({ bytes, ...(measured as object) })}\n`);
}

async function measure(address: string): Promise<void> {
  const rss = () => process.memoryUsage.rss() / 2 ** 20;
  const idleMiB = rss();
  let peakMiB = idleMiB;
  const watching = setInterval(() => {
    peakMiB = Math.max(peakMiB, rss());
  }, 20);
  const startMs = performance.now();
  const source = bulkFiles({ clock: systemClock, fetch: (url, init) => fetch(url, init), base: address, format: kind });
  let rows = 0;
  let refused = 0;
  for await (const row of source.read({ regions: ["us-east-1"], parts: ["AmazonEC2"] })) {
    if (row.kind === "price") rows++;
    else if (row.kind === "refused") refused += row.count;
  }
  clearInterval(watching);
  peakMiB = Math.max(peakMiB, process.resourceUsage().maxRSS / 1024);
  const seconds = (performance.now() - startMs) / 1000;
  const round = (value: number) => Math.round(value * 10) / 10;
  const figures = { rows, refused, seconds: round(seconds), idleMiB: round(idleMiB), peakMiB: round(peakMiB) };
  process.send?.({ ...figures, aboveIdleMiB: round(peakMiB - idleMiB) });
  process.disconnect?.();
}
