import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../api/aws/catalogue.ts";
import { estimate } from "../../api/core/estimate.ts";
import type { Comparison } from "../../api/core/model/comparison.ts";
import { Exact } from "../../api/core/model/exact.ts";
import { fraction } from "../../api/core/model/fraction.ts";
import type { InstanceLife } from "../../api/core/model/placement.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import type { Workload } from "../../api/core/model/workload.ts";
import { comparisonDocument } from "../../api/present/json.ts";
import { bundledBooks } from "./bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "./comparison-of.ts";
import { faultsOf } from "./placement-checker.ts";
import { type RandomRequest, randomRegions, randomRequest } from "./random-request.ts";

const books = new Map((await bundledBooks(...randomRegions)).map((book) => [book.region, book]));

describe("whatever is asked,", () => {
  test("shown lines and shown allocation sum to the shown total, exact lines to the exact total", () => {
    forAll((request) => {
      for (const option of documentOf(answerTo(request)).options.filter(({ feasible }) => feasible)) {
        const { id, total, totalExact, lineItems, allocation } = option;
        expect([id, sum(lineItems.map(({ cost }) => cost)).toFixed(2)]).toEqual([id, total]);
        expect([id, sum(allocation.map(({ cost }) => cost)).toFixed(2)]).toEqual([id, total]);
        expect([id, sum(lineItems.map(({ costExact }) => costExact)).toFixed()]).toEqual([id, totalExact]);
      }
    });
  });

  test("an option is feasible with a total, or has problems and no total, lines or fleet", () => {
    forAll((request) => {
      for (const { problems, total, charges, fleet, allocation } of answerTo(request).options) {
        const isFeasible = problems.length === 0;
        expect(total !== null).toBe(isFeasible);
        expect(isFeasible || charges.length + allocation.length + (fleet?.length ?? 0) === 0).toBe(true);
      }
    });
  });

  test("options are sorted by total, the feasible ones first, and the cheapest is the first", () => {
    forAll((request) => {
      const { options, cheapest } = answerTo(request);
      const totals = options.map(({ total }) => total?.toNumber() ?? Number.POSITIVE_INFINITY);
      expect(totals).toEqual([...totals].sort((a, b) => a - b));
      expect(cheapest).toBe(options[0]?.total == null ? null : options[0].id);
    });
  });

  test("what is recommended is published, no more than any such option, and on Spot only by leave", () => {
    forAll((request) => {
      const { options, recommended } = answerTo(request);
      const safe = options.filter(({ total, spotWithoutLeave }) => total !== null && spotWithoutLeave.length === 0);
      const published = safe.filter(({ charges }) => charges.every(({ price }) => !price.estimated));
      expect(recommended?.option).toBe(published[0]?.id);
    });
  });

  test("the same request gives the same bytes", () => {
    forAll((request) => {
      const again = comparisonOf(structuredClone(request), bookOf(request));
      expect(JSON.stringify(documentOf(again))).toBe(JSON.stringify(documentOf(answerTo(request))));
    }, 60);
  });

  test("the order of services and task definitions changes no total", () => {
    forAll((request) => {
      const services = [...request.services].reverse();
      const taskDefinitions = [...request.taskDefinitions].reverse();
      const reversed = comparisonOf({ ...request, services, taskDefinitions }, bookOf(request));
      expect(totalsOf(reversed)).toEqual(totalsOf(answerTo(request)));
    }, 60);
  });

  test("half the hours cost half as much, where nothing runs by the clock", () => {
    forAll((request) => {
      const { runs: _, ...always } = request;
      const [whole, half] = [730, 365].map((hours) => comparisonOf({ ...always, hours }, bookOf(request)));
      const twice = half?.options.map(({ id, total }) => [id, total?.times(2).toFixed(8)]).sort();
      expect(twice).toEqual(whole?.options.map(({ id, total }) => [id, total?.toFixed(8)]).sort());
    }, 30);
  });

  test("the best mix costs no more than any option it may use, which are those at published prices", () => {
    forAll((request) => {
      const answer = answerTo(request);
      const mayUseSpot = workloadOf(request).services.every(({ interruptible }) => interruptible);
      const mixable = catalogue.launchTypes.filter(({ inMixes }) => inMixes);
      const pure = mixable.filter(({ purchaseOption }) => mayUseSpot || purchaseOption === "on-demand");
      const isPublished = (id: string) => optionOf(answer, id).charges.every(({ price }) => !price.estimated);
      const mixed = optionOf(answer, "mixed").total?.toNumber() ?? Number.POSITIVE_INFINITY;
      const dearer = pure.filter(
        ({ id }) => isPublished(id) && mixed > (optionOf(answer, id).total?.toNumber() ?? Number.POSITIVE_INFINITY),
      );
      expect(dearer.map(({ id }) => id)).toEqual([]);
    });
  });
});

test("only the options asked for are priced, and the baseline always", () => {
  const idsOf = (options: readonly string[] | null) => {
    const plain = {
      family: "web",
      cpu: "256",
      memory: "512",
      networkMode: "awsvpc",
      containerDefinitions: [{ name: "web" }],
    };
    const comparison = comparisonOf(
      { region: "us-east-1", taskDefinitions: [plain], options },
      bookOf({ region: "us-east-1" }),
    );
    return comparison.options.map(({ id }) => id).sort();
  };

  expect(idsOf(null)).toEqual(["as-configured", "ec2", "ec2-mixed", "ec2-spot", "fargate", "fargate-spot", "mixed"]);
  expect(idsOf(["ec2"])).toEqual(["as-configured", "ec2"]);
  expect(idsOf(["mixed", "fargate", "as-configured"])).toEqual(["as-configured", "fargate", "mixed"]);
});

describe("on instances,", () => {
  test("every task is placed once and no instance is over any limit", () => {
    let checked = 0;
    forAll((request) => {
      const workload = workloadOf(request);
      for (const { fleet, services, option } of fleetsOf(request, workload)) {
        const { settings, periodSeconds } = workload;
        const faults = faultsOf({ fleet, services, settings, book: bookOf(request), periodSeconds });
        expect([option.id, faults]).toEqual([option.id, []]);
        checked += fleet.length;
      }
    });
    expect(checked).toBeGreaterThan(500);
  });

  test("the total is the instances' hours and their volumes' at the book's prices", () => {
    forAll((request) => {
      for (const id of ["ec2", "ec2-spot"]) {
        const { fleet, total } = optionOf(answerTo(request), id);
        const expected = billOf(fleet ?? [], id, bookOf(request));
        expect((total ?? new Exact(0)).minus(expected).abs().toNumber()).toBeLessThan(1e-9);
      }
    });
  });
});

const answers = new Map<string, Comparison>();

/** The same requests for every property, since the seed is one; each is answered once. */
function forAll(property: (request: RandomRequest) => void, numRuns = 120): void {
  fc.assert(fc.property(randomRequest, property), { seed: 2, numRuns });
}

function answerTo(request: RandomRequest): Comparison {
  const key = JSON.stringify(request);
  const answer = answers.get(key) ?? comparisonOf(request, bookOf(request));
  answers.set(key, answer);
  return answer;
}

function bookOf({ region }: Pick<RandomRequest, "region">): PriceBook {
  const book = books.get(region);
  if (book === undefined) throw new Error(`No book of ${region} was read`);
  return book;
}

function documentOf(comparison: Comparison) {
  return comparisonDocument(comparison, { id: "id", engine: "1" });
}

function totalsOf({ options }: Comparison): Record<string, string | undefined> {
  return Object.fromEntries(options.map(({ id, total }) => [id, total?.toFixed()]).sort());
}

/** Every fleet of every feasible option, with the services that must be on it. */
function* fleetsOf(request: RandomRequest, workload: Workload) {
  const byName = new Map(workload.services.map((service) => [service.name, service]));
  for (const option of answerTo(request).options.filter(({ total }) => total !== null)) {
    const plan = { workload, assignments: option.runs.map((run) => ({ ...run, share: shareOf(run.share) })) };
    const { parts } = estimate(plan, { book: bookOf(request), catalogue });
    expect(parts.flatMap(({ instances }) => instances)).toEqual(option.fleet ?? []);
    const daemons = option.runs.filter(
      ({ service, launchType }) => isOnInstances(launchType) && byName.get(service)?.daemon,
    );
    for (const { launchType, instances } of parts.filter((part) => part.instances.length > 0)) {
      const assigned = option.runs.filter((run) => run.launchType === launchType.id);
      const names = new Set([...assigned, ...daemons].map(({ service }) => service));
      yield { option, fleet: instances, services: workload.services.filter(({ name }) => names.has(name)) };
    }
  }
}

function isOnInstances(launchType: string): boolean {
  return launchType === "ec2" || launchType === "ec2-spot";
}

function shareOf(written: string) {
  const [numerator = "0", denominator = "1"] = written.split("/");
  return fraction(BigInt(numerator), BigInt(denominator));
}

/** At least 60 s of each instance, and 30 GiB of gp3 for as long as it lives, prorated by 730 hours. */
function billOf(fleet: readonly InstanceLife[], id: string, { prices }: PriceBook) {
  const unitPrice = (sku: string) => prices.get(sku)?.[0]?.unitPrice ?? new Exact(Number.NaN);
  const gib = unitPrice("ebs/gp3/storage").times(30).div(730);
  return sum(
    fleet.map(({ instanceType, count, startSeconds, endSeconds }) => {
      const seconds = endSeconds - startSeconds;
      const hours = new Exact(Math.max(60, seconds)).div(3600).times(unitPrice(`${id}/linux/${instanceType}`));
      return gib.times(seconds).div(3600).plus(hours).times(count).toFixed();
    }),
  );
}

function sum(amounts: readonly string[]) {
  return amounts.reduce((total, amount) => total.plus(amount), new Exact(0));
}
