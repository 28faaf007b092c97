import type { Service } from "../core/model/workload.ts";

/** A repository of a private ECR registry. */
export interface EcrRepository {
  /** With the account and the region. */
  readonly name: string;
  /** Null: the reference holds a placeholder there. */
  readonly region: string | null;
}

/** The repositories of private ECR registries among the images of a task, and how many images there are at all, each once. */
export function imagesOf({ taskDefinition }: Service): { count: number; repositories: readonly EcrRepository[] } {
  const images = new Set(taskDefinition.containers.flatMap(({ image }) => (image === null ? [] : [nameOf(image)])));
  const repositories = [...images].flatMap((name) => {
    const ecr = privateEcr.exec(name);
    return ecr === null
      ? []
      : [{ name, region: /^[a-z]{2,}(-[a-z]+)+-\d$/.test(ecr[1] ?? "") ? (ecr[1] ?? null) : null }];
  });
  return { count: images.size, repositories };
}

const privateEcr = /^[^/]*\.dkr\.ecr(?:-fips)?\.([^./]+)\.[^/]+\//;

/** Without tag and digest. */
function nameOf(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}
