import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { newBacklog } from "../../api/slack/backlog.ts";

describe("what goes on once its request is answered", () => {
  test("begins only when what was being done is done", async () => {
    const backlog = newBacklog(1);
    const told: string[] = [];
    backlog.add(() => Promise.resolve(void told.push("work")));
    await Promise.resolve();
    told.push("answer");
    await backlog.done(1000);

    expect(told).toEqual(["answer", "work"]);
  });

  test("takes two turns at a time, in the order in which they were asked for, also when one fails", async () => {
    const backlog = newBacklog(2);
    const begun: number[] = [];
    let working = 0;
    let most = 0;
    for (const at of [0, 1, 2, 3, 4, 5]) {
      backlog.add(async () => {
        const part = async () => {
          begun.push(at);
          working += 1;
          most = Math.max(most, working);
          await setTimeout(10);
          working -= 1;
          if (at % 2 === 0) throw new Error("failed");
        };
        await backlog.inTurn(part).catch(() => undefined);
      });
    }
    await backlog.done(5000);

    expect([begun, most, working]).toEqual([[0, 1, 2, 3, 4, 5], 2, 0]);
  });

  test("has its turn once no request has come for 50 ms, or after 0.5 s however many come", async () => {
    const backlog = newBacklog(1);
    const waited = async () => {
      const begun = performance.now();
      return await backlog.inTurn(() => Promise.resolve(performance.now() - begun));
    };
    const ask = () => backlog.add(() => Promise.resolve());
    ask();
    const once = await waited();
    const requests = setInterval(ask, 10);
    ask();
    const always = await waited();
    clearInterval(requests);

    expect(once).toBeGreaterThan(45);
    expect(always).toBeGreaterThan(450);
    expect(always).toBeLessThan(5000);
  });

  test("is waited for, and no longer than it is said", async () => {
    const backlog = newBacklog(1);
    let isDone = false;
    backlog.add(async () => {
      await setTimeout(300);
      isDone = true;
    });
    await backlog.done(100);
    expect(isDone).toBe(false);
    await backlog.done(5000);
    expect(isDone).toBe(true);
  });
});
