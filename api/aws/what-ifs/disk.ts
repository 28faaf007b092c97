import { amountOf } from "../../core/model/add-on.ts";
import type { Context, WhatIf, WhatIfFacts } from "../../core/model/launch-type.ts";
import type { InstanceLife } from "../../core/model/placement.ts";
import type { VolumeSpecification } from "../../core/model/settings.ts";
import type { Service } from "../../core/model/workload.ts";
import { imageMB } from "../image-pulls.ts";
import { withSettings } from "../plan-changes.ts";

type DiskOf = (context: Context) => VolumeSpecification;

const mbPerGiB = 1024;

/** The default disk of every instance, and whose default it is. */
export function diskAssumed(code: string, diskOf: DiskOf, whose: string): WhatIf {
  return {
    code,
    text: ({ context }) => {
      if (context.settings.rootVolume !== null) return null;
      const { sizeGiB, type } = diskOf(context);
      return `Each instance has a root volume of ${sizeGiB} GiB ${type}, ${whose} (cluster.rootVolume).`;
    },
    without: (plan, context) => withSettings(plan, { rootVolume: { ...diskOf(context), sizeGiB: 0 } }),
  };
}

/** Images and bind mounts share the disk: tasks are placed by their bind mounts alone, so that images may not fit beside them. */
export function diskFull(code: string, diskOf: DiskOf): WhatIf {
  return {
    code,
    text: (facts) => {
      const { sizeGiB } = diskOf(facts.context);
      const fullest = fullestOf(facts);
      if (fullest === null || fullest.mountsGiB + fullest.imagesGiB <= sizeGiB) return null;
      const { instanceType, mountsGiB, imagesGiB } = fullest;
      const rounded = Math.ceil(imagesGiB * 10) / 10;
      return `The root volume of ${sizeGiB} GiB does not hold what goes on it: on the fullest instance (${instanceType}) ${mountsGiB} GiB of bind mounts (localDiskGiB) and ${rounded} GiB of images (imageMB), which take more unpacked, as does the system. Effect: against one of ${sizeFor(fullest)} GiB (cluster.rootVolume).`;
    },
    without: (plan, context, facts) => {
      const fullest = fullestOf(facts);
      return fullest && withSettings(plan, { rootVolume: { ...diskOf(context), sizeGiB: sizeFor(fullest) } });
    },
  };
}

interface OnDisk {
  readonly instanceType: string;
  readonly mountsGiB: number;
  readonly imagesGiB: number;
}

function sizeFor({ mountsGiB, imagesGiB }: OnDisk): number {
  return Math.ceil(mountsGiB + imagesGiB);
}

/** Null: there are no instances to pay for. */
function fullestOf({ tasks, instances, context }: WhatIfFacts): OnDisk | null {
  const services = tasks.map(({ service }) => service);
  const all = instances
    .filter(({ existing, spare }) => !existing && !spare)
    .map((life) => ({
      instanceType: life.instanceType,
      mountsGiB: life.used["local-disk"] ?? 0,
      imagesGiB: imagesOn(life, services, context) / mbPerGiB,
    }));
  return all.reduce<OnDisk | null>((most, one) => (most === null || sizeFor(one) > sizeFor(most) ? one : most), null);
}

/** In MB. Which tasks were on one that came and went is not kept: it may have had the images of all. */
function imagesOn({ tasks }: InstanceLife, services: readonly Service[], context: Context): number {
  const names = new Set(tasks.map(({ service }) => service));
  const there = tasks.length === 0 ? services : services.filter(({ name }) => names.has(name));
  const sizes = new Map<string, number>();
  for (const service of there) {
    const images = service.taskDefinition.containers.map(({ image }) => image ?? service.name);
    const key = [...new Set(images)].sort().join("\n");
    sizes.set(key, Math.max(sizes.get(key) ?? 0, amountOf(context, imageMB, service)));
  }
  return [...sizes.values()].reduce((sum, mb) => sum + mb, 0);
}
