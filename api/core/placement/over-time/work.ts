import type { Host, ServiceTask } from "../../model/placement-rules.ts";
import { hostRefusals } from "../refusals.ts";

/** A ranking with its attribute or resource by number. */
export type NumberedRanking =
  | { readonly kind: "value"; readonly attribute: number }
  | { readonly kind: "instance" }
  | { readonly kind: "left"; readonly resource: number }
  | { readonly kind: "random" };

/** A task, its names turned into numbers: it is placed many thousand times. */
export interface NumberedTask {
  readonly service: string;
  readonly task: ServiceTask;
  readonly daemon: boolean;
  /** By resource. */
  readonly amounts: Float64Array;
  /** Those resources of which it takes some. */
  readonly takes: Int32Array;
  readonly taskGroup: number;
  /** Up to the first that draws. */
  readonly rankings: readonly NumberedRanking[];
  allows(host: Host): boolean;
}

/** All tasks of the services, with everything that they name numbered. */
export class Work {
  readonly tasks: readonly NumberedTask[];
  readonly resources: readonly string[];
  readonly attributes: readonly string[];
  readonly taskGroups: readonly string[];
  readonly #values: Map<string | undefined, number>[];

  constructor(tasks: readonly ServiceTask[], daemons: readonly string[]) {
    const packed = tasks.flatMap(({ rankings }) =>
      rankings.flatMap((ranking) => (ranking.kind === "binpack" ? [ranking.resource] : [])),
    );
    this.resources = [...new Set([...tasks.flatMap(({ demand }) => Object.keys(demand.resources)), ...packed])].sort();
    const spread = tasks.flatMap(({ rankings }) =>
      rankings.flatMap((ranking) =>
        ranking.kind === "spread" && ranking.attribute !== null ? [ranking.attribute] : [],
      ),
    );
    this.attributes = [...new Set(spread)].sort();
    this.taskGroups = [...new Set(tasks.map(({ group }) => group))];
    this.#values = this.attributes.map(() => new Map());
    this.tasks = tasks.map((task) => this.#numbered(task, daemons.includes(task.service)));
  }

  /** The number of an attribute's value; values get theirs as they turn up. */
  valueOf(attribute: number, value: string | undefined): number {
    const values = this.#values[attribute] as Map<string | undefined, number>;
    const known = values.get(value) ?? values.size;
    values.set(value, known);
    return known;
  }

  #numbered(task: ServiceTask, daemon: boolean): NumberedTask {
    const amounts = Float64Array.from(this.resources, (name) => task.demand.resources[name] ?? 0);
    const drawing = task.rankings.findIndex(({ kind }) => kind === "random");
    return {
      service: task.service,
      task,
      daemon,
      amounts,
      takes: Int32Array.from([...amounts.keys()].filter((at) => (amounts[at] ?? 0) > 0)),
      taskGroup: this.taskGroups.indexOf(task.group),
      rankings: (drawing < 0 ? task.rankings : task.rankings.slice(0, drawing + 1)).map((ranking) => {
        if (ranking.kind === "random") return { kind: "random" };
        if (ranking.kind === "binpack") return { kind: "left", resource: this.resources.indexOf(ranking.resource) };
        if (ranking.attribute === null) return { kind: "instance" };
        return { kind: "value", attribute: this.attributes.indexOf(ranking.attribute) };
      }),
      allows: (host) => hostRefusals(host, { task, provider: null }).length === 0,
    };
  }
}
