import { describe, expect, test } from "vitest";
import { checkAgainstBook } from "../../api/aws/check.ts";
import { type Settings, unsetSettings } from "../../api/core/model/settings.ts";
import { aBook, anInstanceType } from "../core/sample-book.ts";
import { aWorkload } from "../core/sample-workload.ts";

const book = aBook([], {
  instanceTypes: ["m9.large", "m9.xlarge", "c9.large"].map((name) => anInstanceType({ name })),
});

describe("instance types that the request names", () => {
  test("are fine where the region has them", () => {
    expect(checked({ instanceTypes: ["m9.large"], excludedInstanceTypes: ["c9.large"] })).toEqual([]);
    expect(checked({})).toEqual([]);
  });

  test("are a problem each where it has not, at their place, with others of the family", () => {
    const problems = checked({ instanceTypes: ["m9.large", "m9.lagre"], excludedInstanceTypes: ["zz.large"] });

    expect(problems).toEqual([
      {
        code: "instance_type_unknown",
        path: "cluster.instanceTypes[1]",
        message:
          'us-east-1 has no instance type "m9.lagre" in price snapshot sample. Of that family it has m9.large, m9.xlarge.',
      },
      {
        code: "instance_type_unknown",
        path: "cluster.excludedInstanceTypes[0]",
        message: 'us-east-1 has no instance type "zz.large" in price snapshot sample.',
      },
    ]);
  });
});

function checked(settings: Partial<Settings>) {
  return checkAgainstBook(aWorkload([], { settings: { ...unsetSettings, ...settings } }), book);
}
