import { comparisonExample } from "../../../api/routes/comparison-example.ts";
import { posting } from "../../routes/memory-app.ts";
import { putting, type Visitor } from "../visitor.ts";
import { aBatch } from "./batch-cases.ts";
import { aList } from "./import-cases.ts";

/** What the cases ask for, made in a home: ids and addresses by the names that cases have for them. */
export async function prepare({ ask, json, newKey }: Visitor): Promise<Readonly<Record<string, string>>> {
  const compared = async (changes: object) => {
    const { id } = await json<{ readonly id: string }>(
      "/v1/comparisons",
      posting({ ...comparisonExample, options: ["fargate"], ...changes }),
    );
    return id;
  };
  const linked = (target: object) =>
    json<{ readonly id: string; readonly url: string }>("/v1/links", { ...posting(target), expected: 201 });
  const named = {
    web: comparisonExample,
    doomed: comparisonExample,
    orphan: { ...comparisonExample, rateCard: "gone" },
  };
  for (const kind of ["rate-cards", "load-profiles"]) {
    const body = kind === "rate-cards" ? { discounts: [] } : { unit: "vCPU", constant: 1 };
    for (const name of ["web", "doomed", "gone"]) await ask(`/v1/${kind}/${name}`, putting(body));
  }
  for (const [name, body] of Object.entries(named)) {
    await json(`/v1/workloads/${name}`, { ...putting(body), expected: 201 });
  }
  await json("/v1/workloads/web", putting({ ...comparisonExample, hours: 24 }));
  const comparison = await compared({});
  const sheet = await linked({ comparison });
  const orphanSheet = await linked({ workload: "orphan", ownPrices: true });
  await ask("/v1/rate-cards/gone", { method: "DELETE" });
  const keys = await json<{ readonly id: string }>("/v1/keys", {
    ...posting({ name: "doomed", scope: "read" }),
    expected: 201,
  });
  const batched = async () => {
    const headers = { "Content-Type": "application/jsonl", Prefer: "respond-async" };
    const begun = await json<{ readonly batch: string }>("/v1/batches", {
      ...{ method: "POST", headers, body: aBatch },
      expected: 202,
    });
    return begun.batch;
  };
  const imported = async () => {
    const headers = { "Content-Type": "text/csv", Prefer: "respond-async" };
    const init = { method: "POST", headers, body: aList, expected: 202 };
    return (await json<{ readonly import: string }>("/v1/imports", init)).import;
  };
  return {
    import: await imported(),
    doomedImport: await imported(),
    batch: await batched(),
    doomedBatch: await batched(),
    comparison,
    otherComparison: await compared({ hours: 24 }),
    inYuan: await compared({ region: "cn-north-1" }),
    sheet: sheet.url,
    orphanSheet: orphanSheet.url,
    doomedLink: (await linked({ comparison })).id,
    doomedKey: keys.id,
    unseenKey: await newKey("admin"),
    readKey: await newKey("read"),
    spentKey: await newKey("admin"),
  };
}

/** The text with what was prepared in the place of its name. */
export function filledIn(text: string, made: Readonly<Record<string, string>>): string {
  return text.replace(/<(\w+)>/g, (_, name) => {
    const value = made[name];
    if (value === undefined) throw new Error(`Nothing was prepared under the name ${name}`);
    return value;
  });
}
