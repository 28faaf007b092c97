import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import type { LoadBalancer } from "../../core/model/workload.ts";
import { objectOf, text, whole } from "./fields.ts";

/** An item of `loadBalancers` (botocore ecs 2014-11-13, LoadBalancer). Its names are hashed before they leave this folder. */
export const loadBalancer = objectOf({
  targetGroupArn: text(),
  loadBalancerName: text(),
  containerPort: whole({ min: 0, max: 65_535, unit: null }),
  advancedConfiguration: objectOf({ productionListenerRule: text() }),
});
type Item = NonNullable<z.output<typeof loadBalancer>>;

/** Each once. Path: of the service, which has one that is not named for itself. */
export function loadBalancersOf(items: readonly (Item | null)[], path: string): LoadBalancer[] {
  const all = items
    .filter((item) => item !== null)
    .filter((item) => Object.values(item).some((value) => value !== null))
    .map((item) => loadBalancerOf(item, path));
  return [...new Map(all.map((one) => [one.hash, one])).values()];
}

/** In the ARN of a listener or its rule: `…:listener-rule/app/shop/50dc6c495c0c9188/…`. */
const listener = /:listener(?:-rule)?\/(app|net)\/([^/]+\/[^/]+)/;

/** A name beside a target group says which balancer the group is on; a name alone stands for a Classic Load Balancer (LoadBalancer.loadBalancerName). */
function loadBalancerOf(
  { targetGroupArn, loadBalancerName, containerPort, advancedConfiguration }: Item,
  path: string,
): LoadBalancer {
  const [, kind, balancer] = listener.exec(advancedConfiguration?.productionListenerRule ?? "") ?? [];
  const name = balancer ?? loadBalancerName ?? targetGroupArn ?? path;
  return {
    hash: bytesToHex(sha256(utf8ToBytes(name))),
    kind:
      kind === undefined ? kindUnsaid(targetGroupArn, loadBalancerName) : kind === "app" ? "application" : "network",
    containerPort,
  };
}

function kindUnsaid(targetGroupArn: string | null, loadBalancerName: string | null): LoadBalancer["kind"] {
  return targetGroupArn === null && loadBalancerName !== null ? "classic" : null;
}
