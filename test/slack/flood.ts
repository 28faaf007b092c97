import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { FakeSlack } from "./fake-slack.ts";
import { command, responseUrlIn, signed } from "./from-slack.ts";

export interface Flooded {
  /** Until each was acknowledged, the shortest first. */
  readonly milliseconds: readonly number[];
  /** Where the answers are posted to, in the order of the commands. */
  readonly paths: readonly string[];
}

/** Sends the commands all at once, each over a connection of its own. */
export async function flood(url: string, commands: readonly string[]): Promise<Flooded> {
  const bodies = commands.map((text) => command({ text }));
  const requests = bodies.map((body) => signed(body));
  const agent = new Agent({ keepAlive: true });
  const milliseconds = await Promise.all(requests.map((each) => acknowledged(`${url}/slack/commands`, each, agent)));
  agent.destroy();
  return {
    milliseconds: milliseconds.sort((a, b) => a - b),
    paths: bodies.map((body) => new URL(responseUrlIn(body)).pathname),
  };
}

type Signed = ReturnType<typeof signed>;

async function acknowledged(url: string, { method, headers, body }: Signed, agent: Agent): Promise<number> {
  const begun = performance.now();
  return await new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (answer) => {
      let said = "";
      answer.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      answer.on("end", () => {
        if (answer.statusCode === 200 && said === "") resolve(performance.now() - begun);
        else reject(new Error(`${answer.statusCode}: ${said}`));
      });
    });
    asked.on("error", reject).end(body);
  });
}

/** The messages that came to each of these, once there is one for each, and a while later. */
export async function answersTo(
  { taken }: FakeSlack,
  { paths }: Flooded,
  secondsMax: number,
): Promise<readonly (readonly string[])[]> {
  const until = Date.now() + secondsMax * 1000;
  while (paths.some((path) => !taken.has(path)) && Date.now() < until) await setTimeout(50);
  await setTimeout(500);
  return paths.map((path) => taken.get(path) ?? []);
}

/** So many commands, of which no two are the same comparison. */
export function comparisons(from: number, count: number, options = ""): string[] {
  return Array.from({ length: count }, (_, at) => `${from + at}x 0.5vcpu 1gb${options}`);
}
