import type { Whole } from "../core/model/add-on.ts";
import type { TaskLife } from "../core/model/demand.ts";
import { type Fraction, fraction, multiply } from "../core/model/fraction.ts";
import type { PriceBook } from "../core/model/price-book.ts";
import type { VolumeSpecification } from "../core/model/settings.ts";
import type { Usage } from "../core/model/usage.ts";
import type { Service, StorageClaim } from "../core/model/workload.ts";
import { meterVolumes, type VolumeLife } from "./ebs-volume.ts";
import { runningServices } from "./running-services.ts";

interface Claimed {
  readonly service: Service;
  readonly claim: StorageClaim;
  /** Of what several services claim together. */
  readonly part: Fraction;
}

/** Claims of services of which tasks run, each service with its equal part of those that it shares. */
export function claimsOf(whole: Pick<Whole, "running">): readonly Claimed[] {
  const all = runningServices(whole).flatMap(({ service }) =>
    (service.claims ?? []).map((claim) => ({ service, claim })),
  );
  const users = Map.groupBy(all, ({ claim }) => claim.name);
  return all.map((one) => ({ ...one, part: fraction(1, users.get(one.claim.name)?.length ?? 1) }));
}

/**
 * Block volumes that tasks claim. One for all tasks is there for the whole period; one for each from when there are so many tasks on, as a
 * StatefulSet keeps claims by default; one with each for its life. Source: kubernetes.io, StatefulSet (persistentVolumeClaimRetentionPolicy).
 */
export function meterClaimedVolumes(whole: Pick<Whole, "running" | "workload">, book: PriceBook): Usage[] {
  const { periodSeconds } = whole.workload;
  return claimsOf(whole).flatMap(({ service, claim, part }) => {
    if (claim.volume === null) return [];
    const volume = withinLimits(claim.volume, book);
    const of = { service: service.name, purpose: "claimed volumes", endSeconds: periodSeconds };
    return livesOf(service, claim, whole).flatMap((life) =>
      meterVolumes(volume, { ...of, ...life }, book).map((usage) => ({
        ...usage,
        quantity: multiply(usage.quantity, part),
      })),
    );
  });
}

type Life = Pick<VolumeLife, "count" | "startSeconds"> & { readonly endSeconds?: number };

function livesOf(service: Service, { kept }: StorageClaim, { running }: Pick<Whole, "running">): readonly Life[] {
  if (kept === "for all") return [{ count: 1, startSeconds: 0 }];
  // Tasks that are shared out over launch types have the same lives on each.
  const lives = running
    .map(({ tasks }) => tasks.filter(({ task }) => task.service === service).map(({ life }) => life))
    .find((own) => own.length > 0);
  if (kept === "for each") return peaks(lives ?? []);
  return lives ?? [];
}

/** Each time there are more tasks than ever before. */
function peaks(lives: readonly TaskLife[]): Life[] {
  const changes = lives
    .flatMap(({ count, startSeconds, endSeconds }) => [
      { at: startSeconds, count },
      { at: endSeconds, count: -count },
    ])
    .sort((a, b) => a.at - b.at || a.count - b.count);
  const found: Life[] = [];
  let [now, most] = [0, 0];
  for (const { at, count } of changes) {
    now += count;
    if (now <= most) continue;
    found.push({ count: now - most, startSeconds: at });
    most = now;
  }
  return found;
}

/** IOPS by the GiB go no further than the type does. Source: kubernetes-sigs/aws-ebs-csi-driver docs/parameters.md. */
function withinLimits(volume: VolumeSpecification, book: PriceBook): VolumeSpecification {
  const most = book.limits.get(`ebs/${volume.type}/max-iops`)?.value.toNumber();
  if (volume.iops === null || most === undefined) return volume;
  return { ...volume, iops: Math.min(volume.iops, most) };
}
