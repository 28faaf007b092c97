import type { AddOn, Whole } from "../../core/model/add-on.ts";
import { fraction } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

/** Keys of one's own in KMS that the documents name: each by the month that it is there. AWS's own cost nothing. */
export const encryptionKeysAddOn: AddOn = {
  id: "encryption-keys",
  label: "KMS keys",
  reference: "https://aws.amazon.com/kms/pricing/",
  inputs: [],
  shared: true,
  meterAll(whole) {
    const key = { sku: "kms/key", service: null, description: "KMS keys of your own" };
    return [periodUsage(whole.workload).kept(key, fraction(keysOf(whole).size))];
  },
  assumptions(whole) {
    if (keysOf(whole).size === 0) return [];
    const text =
      "Calls to KMS are not counted, neither those with the keys that the documents name nor those with keys of secrets, parameters, images and logs, which no document names.";
    return [{ code: "kms_not_counted", text }];
  },
  example: {
    id: "KMS-1",
    source: "https://aws.amazon.com/kms/pricing/ (a key costs $1 a month; the sum is arithmetic)",
    given: "two keys for a month, one of a volume and one of the cluster's ephemeral storage, at $1 each",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      services: [
        {
          ...{ serviceName: "one", taskDefinition: "one" },
          volumeConfigurations: [{ name: "data", managedEBSVolume: { sizeInGiB: 10, kmsKeyId: "key-1" } }],
        },
      ],
      cluster: { configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: "key-2" } } },
    },
    option: "fargate",
    unitPrices: { "kms/key": { price: "1", unit: "Count-Month" } },
    lines: { "kms/key": "2.00" },
  },
};

function keysOf(whole: Whole): ReadonlySet<string> {
  const ofServices = runningServices(whole).flatMap(({ service }) => service.encryptionKeys ?? []);
  return new Set([...ofServices, ...(whole.workload.settings.encryptionKeys ?? [])]);
}
