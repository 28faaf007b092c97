import { describe, expect, test } from "vitest";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";
import { withUnitPrices } from "../../core/sample-book.ts";
import { fargateTask } from "./request.ts";

const [book] = await bundledBooks("us-east-1");
const arn = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";

function withKeys(keys: readonly (string | undefined)[], configuration: object = {}) {
  return {
    ...{ region: "us-east-1", options: ["fargate"] },
    taskDefinitions: [fargateTask("web")],
    services: keys.map((kmsKeyId, at) => ({
      ...{ serviceName: `web-${at}`, taskDefinition: "web" },
      volumeConfigurations: [{ name: "data", managedEBSVolume: { sizeInGiB: 10, kmsKeyId } }],
    })),
    cluster: { configuration },
  };
}

function answered(asked: object, prices = book) {
  const { total, problems, assumptions, charges } = optionOf(comparisonOf(asked, prices), "fargate");
  const kms = assumptions.filter(({ text }) => text.includes("KMS") || text.includes("kms"));
  const own = charges.filter(({ sku }) => sku === "kms/key").map(({ quantity }) => quantity.toFixed());
  return { total: total?.toFixed(2), problems, kms: kms.map(({ code, text }) => `${code}: ${text}`), own };
}

describe("KMS keys", () => {
  test("of volumes and of the cluster are named as not in the total, which is what it is without them", () => {
    const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: arn };
    const keyless = answered(withKeys([undefined]));

    for (const asked of [withKeys([arn]), withKeys([undefined], { managedStorageConfiguration })]) {
      const { total, problems, kms } = answered(asked);
      expect([total, problems]).toEqual([keyless.total, []]);
      expect(kms).toEqual([
        expect.stringMatching(/^kms_not_counted: Calls to KMS are not counted/),
        expect.stringMatching(
          /^not_priced: Not in the total: KMS keys of your own, since no price for kms\/key .*us-east-1/,
        ),
      ]);
    }
    expect(keyless.kms).toEqual([]);
  });

  test("count each once, whoever names them, and AWS's own none", () => {
    const priced = withUnitPrices(book, { "kms/key": { price: "1", unit: "Count-Month" } });
    const executeCommandConfiguration = { kmsKeyId: arn, logging: "OVERRIDE" };

    expect(answered(withKeys([arn, arn, `${arn}9`], { executeCommandConfiguration }), priced).own).toEqual(["2"]);
    expect(answered(withKeys(["alias/aws/ebs", "arn:aws:kms:us-east-1:1:alias/aws/ebs"]), priced).own).toEqual([]);
  });

  test("leave no trace in the answer", () => {
    expect(JSON.stringify(comparisonOf(withKeys([arn]), book))).not.toContain("0a1b2c3d");
  });
});
