import type { WhatIf } from "../../core/model/launch-type.ts";
import { ec2 } from "../launch-types/ec2.ts";

const notOfMixes = ["ec2_spread", "ec2_placement_order"];

/**
 * What holds for the fleet of one type holds for the mix: the same sentences, whose effects are told there. Searching the mix anew for
 * each of them would take ten times as long as finding it.
 */
export const ec2MixedWhatIfs: readonly WhatIf[] = [
  ...ec2.whatIfs.filter(({ code }) => !notOfMixes.includes(code)).map((whatIf) => ({ ...whatIf, without: () => null })),
  {
    code: "ec2_mixed_realised",
    text: () =>
      "ECS itself does not choose this mix: it takes the capacity providers and strategies that the option names, and it holds for these tasks. Its bound is that of every fleet that spreads each service evenly over the zones.",
    without: () => null,
  },
  {
    code: "ec2_mixed_own_cluster",
    text: ({ context }) =>
      (context.settings.capacity?.occupied.length ?? 0) > 0
        ? "The mix is that of a cluster of its own: what is free on instances that run already (cluster.occupied) is not used, where ec2 uses it."
        : null,
    without: () => null,
  },
];
