import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { root } from "../house/repository.ts";
import { type Endpoint, serve } from "../price-sources/endpoint.ts";
import { sample } from "../price-sources/sample.ts";
import { startServer } from "../server/start-server.ts";

let base: string;
let data: string;
let aws: Endpoint;
/** What AWS's price list file of ECS in us-east-1 says at the moment. */
let offer = offerWithManagedInstances();

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "stowage-"));
  data = join(base, "data");
  await (await openDatabase({ dataDirectory: data })).close();
  aws = await serve((response, { path }) => {
    const regions = { "us-east-1": { regionCode: "us-east-1", currentVersionUrl: "/offer.json" } };
    response.end(path === "/offer.json" ? offer : JSON.stringify({ regions }));
  });
}, 60_000);
afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  rmSync(base, { recursive: true, force: true });
});

/** The list is of 2022; one fee that came later is bundled, and would have vanished. */
function offerWithManagedInstances(): string {
  const list = JSON.parse(sample("bulk/AmazonECS.us-east-1.offer.json"));
  const answer = JSON.parse(sample("getproducts/AmazonECS.ManagedInstances.ap-south-1.json"));
  const { product, terms } = JSON.parse(answer.PriceList[0]);
  const sku: string = product.sku;
  const usagetype = "ECS-Managed-Instances:c6a.2xlarge-management-hours";
  const here = { regionCode: "us-east-1", location: "US East (N. Virginia)", instanceType: "c6a.2xlarge", usagetype };
  list.products[sku] = { ...product, attributes: { ...product.attributes, ...here } };
  list.terms.OnDemand[sku] = JSON.parse(JSON.stringify(terms.OnDemand).replace("0.0069960000", "0.0370000000"));
  return JSON.stringify(list);
}

/** `npm run prices --` without npm, and without anything of this machine's environment. */
async function prices(...words: readonly string[]) {
  const child = spawn(process.execPath, ["--liftoff-only", join(root, "scripts/prices.ts"), ...words], {
    cwd: base,
    env: { STOWAGE_DATA: data, STOWAGE_PRICE_ENDPOINT: aws.address, AWS_EC2_METADATA_DISABLED: "true", HOME: base },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output, errors };
}

const bulk = ["refresh", "--region", "us-east-1", "--source", "bulk", "--parts", "AmazonECS"];
const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("npm run prices --", () => {
  test("refresh reads AWS's files and says what is new, what has changed and by how much", async () => {
    const { code, output, errors } = await prices(...bulk);
    expect(errors).toBe("Reading AmazonECS of us-east-1\n10 rows read, comparing\n");
    expect(output).toMatch(
      /^Snapshot [0-9a-f]{16} is written\.\nPrices: 0 new, 2 changed, 8 unchanged, 0 vanished\.\n/,
    );
    expect(output).toContain("fargate/windows/x86_64/vcpu      0.046552  →  0.09148  +96.5 %  USD/vCPU-Hour");
    expect(code).toBe(0);
  }, 60_000);

  test("refresh with the same files again writes nothing and exits with 0", async () => {
    const { code, output } = await prices(...bulk);
    expect(output).toMatch(
      /^Nothing has changed: no new snapshot\.\nPrices: 0 new, 0 changed, 10 unchanged, 0 vanished\./,
    );
    expect(code).toBe(0);
  }, 60_000);

  test("refresh keeps back by name what has vanished or jumped, takes the rest, and exits with 1", async () => {
    const whole = offer;
    offer = whole.replace('"0.0404800000"', '"0.4048000000"').replaceAll("Fargate-GB-Hours", "Fargate-Other-Hours");
    const { code, output, errors } = await prices(...bulk, "--json");
    const report = JSON.parse(output) as { refusals: { code: string; sku: string }[]; snapshot: string | null };
    expect(report.refusals.map((refusal) => `${refusal.code} ${refusal.sku}`)).toEqual([
      "jump fargate/linux/x86_64/vcpu",
      "vanished fargate/linux/x86_64/memory",
    ]);
    expect(report.snapshot).toBeNull();
    expect(errors).toBe("");
    const again = await prices(...bulk, "--dry-run");
    offer = whole;
    expect(again.errors).toContain("2 prices kept back; the old ones stay:");
    expect(again.errors).toContain("  jump: us-east-1 fargate/linux/x86_64/vcpu: 0.04048 would become 0.4048 USD.");
    expect(widest(again.errors)).toBeLessThanOrEqual(80);
    expect([code, again.code]).toEqual([1, 1]);
  }, 60_000);

  test("refresh takes Fargate Spot prices from an operator's file, with the date that is in it", async () => {
    const file = join(base, "spot.csv");
    const header = "region,architecture,vcpu_price,memory_price,date,source\n";
    writeFileSync(file, `${header}us-east-1,x86_64,0.0131,0.00144,2026-11-20,pricing page\n`);
    const { code, output } = await prices(
      "refresh",
      "--region=us-east-1",
      "--source=fargate-spot-file",
      `--file=${file}`,
    );
    expect(output).toContain("Prices: 0 new, 2 changed, 0 unchanged, 0 vanished.");
    expect(code).toBe(0);
  }, 60_000);

  test("refresh without credentials says so, offers the files that need none, and exits with 1", async () => {
    const { code, output, errors } = await prices("refresh", "--region", "us-east-1", "--source", "savings-plans");
    expect(output).toContain("Nothing could be read, and nothing is changed.");
    expect(errors).toContain("credentials_missing: AWS does not know who asks for Savings Plans rates");
    expect(errors).toContain("Without credentials there is --source bulk or savings-plans-files.");
    expect(code).toBe(1);
  }, 60_000);

  test("show and snapshots ask the server that holds the data, and refresh names it and exits with 1", async () => {
    const server = await startServer({ STOWAGE_DATA: data });
    const shown = await prices("show", "--region", "us-east-1", "--sku", "fargate*");
    expect(shown.output).toContain("fargate-spot/linux/x86_64/vcpu        0.0131  vCPU-Hour  2026-11-20  [");
    expect(shown.output).toContain("  0.01264355 to 0.0131, median 0.01288561, 5 observations since 2021-01-10\n");
    expect(shown.output).toContain("fargate/linux/x86_64/vcpu            0.04048  vCPU-Hour  2026-09-11  [");
    expect(shown.output).toContain("pricing page (");
    const listed = await prices("snapshots");
    expect(listed.output.match(/^[0-9a-f]{16} /gm)).toHaveLength(3);
    expect(listed.output).toContain("  bundled with Stowage");
    const refused = await prices(...bulk);
    expect(refused.errors).toContain(`is in use by process ${server.pid} (${server.url}). Stop that process`);
    expect(refused.errors).toContain("STOWAGE_REFRESH");
    expect([shown.code, listed.code, refused.code]).toEqual([0, 0, 1]);
    await server.stop();
  }, 60_000);

  test("show and coverage keep within 100 columns, whatever the SKU", async () => {
    const { output } = await prices("show", "--region", "us-east-1");
    expect(output.split("\n").length).toBeGreaterThan(5000);
    expect(widest(output)).toBeLessThanOrEqual(100);
  }, 60_000);

  test.each([
    [["refresh"], "Say either --region R[,R] or --all."],
    [["refresh", "--region", "mars-1"], 'There is no region "mars-1" that AWS publishes prices for.'],
    [["show", "--region", "us-east-1", "--as-of", "2026-02-30"], "--as-of must be a day such as 2026-10-01."],
    [["reload"], "Usage: npm run --silent prices -- <command>"],
  ])("%j makes no sense: exit code 2", async (words, said) => {
    const { code, output, errors } = await prices(...words);
    expect(errors.split("\n")[0]).toBe(said);
    expect([code, output]).toEqual([2, ""]);
  });
});
