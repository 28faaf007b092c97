import type { Volume } from "../../core/model/workload.ts";
import { flag, listOf, objectOf, presence, text, unsaid } from "./fields.ts";

/** Volumes of a task definition (botocore ecs 2014-11-13, Volume): a name, and where the data is. */
export const volumes = listOf(
  objectOf({
    name: text(),
    host: objectOf({ sourcePath: unsaid(text()) }),
    dockerVolumeConfiguration: presence(),
    efsVolumeConfiguration: presence(),
    fsxWindowsFileServerVolumeConfiguration: presence(),
    s3filesVolumeConfiguration: presence(),
    configuredAtLaunch: flag(),
  }).transform((volume, context): Volume | null => {
    if (volume === null) return null;
    const kinds: Volume["kind"][] = [];
    if (volume.host !== null && volume.host.sourcePath !== null) kinds.push("host");
    if (volume.dockerVolumeConfiguration) kinds.push("docker");
    if (volume.efsVolumeConfiguration) kinds.push("efs");
    if (volume.fsxWindowsFileServerVolumeConfiguration) kinds.push("fsx-windows");
    if (volume.s3filesVolumeConfiguration) kinds.push("s3-files");
    if (volume.configuredAtLaunch) kinds.push("configured-at-launch");
    if (kinds.length > 1) {
      const message = `says ${kinds.join(" and ")} of one volume: leave the one that is meant`;
      context.addIssue({ code: "custom", message, params: { code: "conflicting_values" } });
    }
    return { name: volume.name ?? "", kind: kinds[0] ?? "bind" };
  }),
);
