import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { catalogue } from "../../api/aws/catalogue.ts";
import { billed, estimate } from "../../api/core/estimate.ts";
import { withDefault } from "../../api/core/model/add-on.ts";
import { one } from "../../api/core/model/fraction.ts";
import type { Plan } from "../../api/core/model/launch-type.ts";
import { rebilling } from "../../api/core/rebilling.ts";
import { bundledBooks } from "./bundled-books.ts";
import { workloadOf } from "./comparison-of.ts";
import { randomRequest } from "./random-request.ts";

const books = await bundledBooks("us-east-1", "eu-west-1");
const inputs = [...new Set(catalogue.addOns.flatMap((addOn) => addOn.inputs))];
const given = fc.constantFrom(
  {},
  { cluster: { supportPercent: 10 } },
  { cluster: { staffHoursPerMonth: 3, natGateways: 2 } },
  { everyService: { internetGB: 20_000, requestsPerSecond: 40 }, cluster: { natGateways: 1 } },
);

const goldens = ["full-bill", "shop", "nginx-ec2"].map((name) =>
  JSON.parse(readFileSync(new URL(`../golden/${name}/input.json`, import.meta.url), "utf8")),
);
const requests = fc.oneof(randomRequest, randomRequest, fc.constantFrom(...goldens));

/** The plan of a request with everything on one launch type. */
function planOf(request: object, launchType: string): Plan {
  const workload = workloadOf(request);
  return { workload, assignments: workload.services.map(({ name }) => ({ service: name, launchType, share: one })) };
}

test("with any amount of any input a run is billed as if all of it were metered and rated anew, to the last decimal", () => {
  const launchTypes = fc.constantFrom("fargate", "fargate-spot", "ec2", "eks-ec2");
  let [changed, unpriced] = [0, 0];
  fc.assert(
    fc.property(requests, launchTypes, given, fc.constantFrom(...books), (request, launchType, usage, book) => {
      const market = { book, catalogue };
      const priced = estimate(planOf({ ...request, region: book.region, usage }, launchType), market);
      const rebill = rebilling(priced, market);
      for (const input of inputs) {
        for (const amount of [input.against, input.max, 0, 1]) {
          const { whole } = priced;
          const workload = withDefault(whole.workload, input, amount);
          const anew = billed({ ...priced, whole: { ...whole, workload } }, market);
          const { total, unpriced: problems } = rebill(input, amount) ?? {
            total: priced.total,
            unpriced: priced.unpriced.length,
          };
          expect([input.name, amount, total.toFixed(), problems]).toEqual([
            ...[input.name, amount, anew.total.toFixed(), anew.unpriced.length],
          ]);
          if (!anew.total.eq(priced.total)) changed += 1;
          if (problems > priced.unpriced.length) unpriced += 1;
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(changed).toBeGreaterThan(500);
  expect(unpriced).toBeGreaterThan(10);
});
