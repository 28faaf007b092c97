import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyLines } from "../../api/batching/body-lines.ts";

const limits = { bodyBytesMax: 1000, lineBytesMax: 10 };

async function linesOf(chunks: readonly string[], given = limits): Promise<(string | null)[]> {
  const body = ReadableStream.from(chunks.map((chunk) => new TextEncoder().encode(chunk)));
  const lines: (string | null)[] = [];
  for await (const { number, bytes } of bodyLines(body, given)) {
    expect(number).toBe(lines.length + 1);
    lines.push(bytes && new TextDecoder().decode(bytes));
  }
  return lines;
}

test("lines are the same however the body arrives", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "ü"), maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(40), { maxLength: 5 }), async (whole, cuts) => {
      const at = [0, ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b)];
      const chunks = at.map((from, index) => whole.slice(from, at[index + 1]));
      expect(await linesOf(chunks, { ...limits, lineBytesMax: 80 })).toEqual(whole.split("\n"));
    }),
    { seed: 20261126 },
  );
});

test("a line of 10 bytes is one, of 11 it is null, and the next is whole again", async () => {
  expect(await linesOf(["0123456789\n0123", "456789", "0\nnext"])).toEqual(["0123456789", null, "next"]);
});

test("more than 1,000 bytes end the reading, and so does a body that breaks off", async () => {
  await expect(linesOf(["\n".repeat(600), "\n".repeat(401)])).rejects.toThrow("over its limit");
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
  await expect(bodyLines(broken, limits).next()).rejects.toMatchObject({ name: "BodyIncomplete" });
});
