import type { z } from "zod";
import type { LoadBalancer } from "../../core/model/workload.ts";
import { keptAs, objectOf, text, whole } from "./fields.ts";
import { hashedText, hashOf, readHashed } from "./hashed.ts";

const hashedName = () =>
  keptAs(text(), (value) => {
    const name = text().parse(value);
    return name === null ? null : hashedText({ kind: "load-balancer", region: null, hash: hashOf(name) });
  });

/** Of which only the balancer is kept: what kind it is, and its name hashed. */
const listenerRule = keptAs(text(), (value) => {
  const { kind, hash } = listenerOf(text().parse(value));
  return kind === null || hash === null ? null : hashedText({ kind, region: null, hash });
});

/** An item of `loadBalancers` (botocore ecs 2014-11-13, LoadBalancer). Its names are hashed before they leave this folder. */
export const loadBalancer = objectOf({
  targetGroupArn: hashedName(),
  loadBalancerName: hashedName(),
  containerPort: whole({ min: 0, max: 65_535, unit: null }),
  advancedConfiguration: objectOf({ productionListenerRule: listenerRule }),
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
  const { kind, hash } = listenerOf(advancedConfiguration?.productionListenerRule ?? null);
  return {
    hash: hash ?? hashOf(loadBalancerName ?? targetGroupArn ?? path),
    kind: kind ?? kindUnsaid(targetGroupArn, loadBalancerName),
    containerPort,
  };
}

/** The balancer that a listener's rule names. */
function listenerOf(rule: string | null): { kind: "application" | "network" | null; hash: string | null } {
  const kept = readHashed(rule ?? "");
  if (kept?.kind === "application" || kept?.kind === "network") return { kind: kept.kind, hash: kept.hash };
  const [, kind, balancer] = listener.exec(rule ?? "") ?? [];
  if (balancer === undefined) return { kind: null, hash: null };
  return { kind: kind === "app" ? "application" : "network", hash: hashOf(balancer) };
}

function kindUnsaid(targetGroupArn: string | null, loadBalancerName: string | null): LoadBalancer["kind"] {
  return targetGroupArn === null && loadBalancerName !== null ? "classic" : null;
}
