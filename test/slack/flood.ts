import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import type { FakeSlack } from "./fake-slack.ts";
import { command, responseUrlIn, signed } from "./from-slack.ts";

/** Sends so many commands at once: how long each took to be acknowledged, in milliseconds, the shortest first. */
export async function flood(
  url: string,
  texts: readonly string[],
): Promise<{ milliseconds: number[]; paths: string[] }> {
  const bodies = texts.map((text) => command({ text }));
  const milliseconds = await Promise.all(
    bodies.map(async (body) => {
      const request = signed(body);
      const begun = performance.now();
      const answer = await fetch(`${url}/slack/commands`, request);
      const said = await answer.text();
      if (answer.status !== 200 || said !== "") throw new Error(`${answer.status} ${said}`);
      return performance.now() - begun;
    }),
  );
  return {
    milliseconds: milliseconds.sort((a, b) => a - b),
    paths: bodies.map((body) => new URL(responseUrlIn(body)).pathname),
  };
}

/** Waits until each of these has an answer, and a while longer for such as are answered twice. */
export async function answered({ taken }: FakeSlack, paths: readonly string[], secondsMax: number): Promise<string[]> {
  const until = Date.now() + secondsMax * 1000;
  while (paths.some((path) => !taken.has(path)) && Date.now() < until) await setTimeout(50);
  await setTimeout(500);
  return paths.flatMap((path) => taken.get(path) ?? []);
}

export async function expectOnce(slack: FakeSlack, paths: readonly string[], secondsMax: number): Promise<string[]> {
  const messages = await answered(slack, paths, secondsMax);
  const counts = paths.map((path) => slack.taken.get(path)?.length ?? 0);
  expect(counts).toEqual(new Array(paths.length).fill(1));
  return messages;
}
