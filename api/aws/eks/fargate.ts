import type { Admission, Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Service } from "../../core/model/workload.ts";
import { architecturesOf } from "../ec2/admit.ts";
import type { FargateSize } from "../fargate/size.ts";
import { refusal } from "../task-rules.ts";
import { type PodRequest, podRequest } from "./pod.ts";

/**
 * A pod on EKS Fargate and the size it is billed at: the first that holds its requests and the memory of the Kubernetes components.
 * Source: awsdocs EKS user guide 2024, nodes/fargate-pod-configuration.adoc, nodes/fargate.adoc.
 */
export function admitToEksFargate(service: Service, context: Context): Admission {
  const task = service.taskDefinition;
  const size = podSize(podRequest(task), context);
  const storage = task.ephemeralStorageGiB === null ? {} : { "ephemeral-storage": task.ephemeralStorageGiB };
  return {
    problems: [...refusalsOf(service, context), ...(size === null ? [tooLarge(service)] : [])],
    mendable: [],
    demand: {
      resources: { cpu: size?.cpuUnits ?? 0, memory: size?.memoryMiB ?? 0, ...storage },
      exclusive: [],
      kinds: ["x86_64"],
    },
  };
}

/** Null: no size is large enough. */
export function podSize({ millicpu, memoryMiB }: PodRequest, { book }: Context): FargateSize | null {
  const needed = memoryMiB + limitOf(book, "eks-fargate/added-memory-mib");
  const most = limitOf(book, "eks-fargate/max-cpu-units");
  const holding = book.taskSizes.filter(
    (row) =>
      row.operatingSystems.includes("linux") &&
      row.cpuUnits <= most &&
      row.cpuUnits * 1000 >= millicpu * 1024 &&
      row.memoryMiB >= needed,
  );
  const [first] = holding.sort((a, b) => a.cpuUnits - b.cpuUnits || a.memoryMiB - b.memoryMiB);
  return first === undefined ? null : { cpuUnits: first.cpuUnits, memoryMiB: first.memoryMiB };
}

function tooLarge({ taskDefinition: task }: Service): Problem {
  const message = `${task.id} requests more than any pod on EKS Fargate has. Split it or run it on nodes.`;
  return refusal("fargate_size_too_large", fieldPath(task.path, "cpu"), message);
}

function refusalsOf(service: Service, { book }: Context): Problem[] {
  const task = service.taskDefinition;
  const most = limitOf(book, "eks-fargate/ephemeral-storage/max-request-gib");
  const storage = `asks for more than ${most} GiB of ephemeral storage, the most a pod on EKS Fargate gets`;
  const broken: Omit<Rule, "breaks">[] = [
    ...rules.filter(({ breaks }) => breaks(service)),
    ...((task.ephemeralStorageGiB ?? 0) > most
      ? [{ code: "ephemeral_storage_size", field: "ephemeralStorage", what: storage }]
      : []),
  ];
  return broken.map(({ code, field, what }) => refusal(code, fieldPath(task.path, field), `${task.id} ${what}.`));
}

interface Rule {
  readonly code: string;
  readonly field: string;
  readonly breaks: (service: Service) => boolean;
  readonly what: string;
}

const rules: readonly Rule[] = [
  {
    code: "daemon_unsupported",
    field: "",
    breaks: ({ daemon }) => daemon,
    what: "runs on every node, and EKS Fargate has none. Make it a sidecar",
  },
  {
    code: "windows_unsupported",
    field: "",
    breaks: ({ taskDefinition }) => taskDefinition.operatingSystem === "windows",
    what: "runs on Windows, which EKS Fargate does not",
  },
  {
    code: "architecture_unsupported",
    field: "",
    breaks: (service) => !architecturesOf(service).includes("x86_64"),
    what: "runs on ARM64 only, which EKS Fargate does not have. Build its image for X86_64 too",
  },
  {
    code: "gpu_unsupported",
    field: "",
    breaks: ({ taskDefinition }) => taskDefinition.containers.some(({ gpus }) => gpus > 0),
    what: "asks for a GPU, and EKS Fargate has none. Run it on nodes",
  },
  {
    code: "privileged_unsupported",
    field: "",
    breaks: ({ taskDefinition }) => taskDefinition.containers.some(({ privileged }) => privileged),
    what: "is privileged, which EKS Fargate does not allow. Run it on nodes",
  },
  {
    code: "network_mode_unsupported",
    field: "networkMode",
    breaks: ({ taskDefinition: task }) =>
      task.networkMode === "host" || (task.podRequest !== undefined && task.networkMode === "bridge"),
    what: "uses its node's network or ports, which EKS Fargate does not allow. Give it a network of its own",
  },
  {
    code: "volume_unsupported",
    field: "volumes",
    breaks: ({ taskDefinition }) => taskDefinition.volumes.some(({ kind }) => kind !== "bind" && kind !== "efs"),
    what: "has a volume that EKS Fargate cannot mount. Use EFS or the pod's own storage",
  },
];
