import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differ } from "../../api/core/difference/differ.ts";
import { differenceDocument } from "../../api/present/difference-json.ts";
import { type ComparisonDocument, comparisonDocument, type OptionDocument } from "../../api/present/json.ts";
import { recorded } from "../../api/present/recorded.ts";
import { notified, type SlackBody, shortened } from "../../api/present/slack-blocks.ts";
import { comparisonMessage } from "../../api/present/slack-comparison.ts";
import { differenceMessage } from "../../api/present/slack-difference.ts";
import { listMessage, misunderstoodMessage, noticeMessage, problemsMessage } from "../../api/present/slack-replies.ts";
import { whyMessage } from "../../api/present/slack-why.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";
import { refusals, validated } from "../slack/block-kit.ts";
import { messageText } from "../slack/message-text.ts";
import { goldenRequest } from "../slack/slack-desk.ts";

const [book] = await bundledBooks("us-east-1");
const shop = comparisonDocument(comparisonOf(goldenRequest("shop"), book), { id: "0".repeat(32), engine: "1.0.0" });

/** What people call things: markup, other scripts, signs of several code units, signs that nobody sees, very long names. */
const name = fc.oneof(
  fc.constantFrom(
    "<!channel> *x*",
    "`a` _b_ ~c~",
    "<@U1>",
    "@here &amp; &",
    "שלום עולם",
    "👩‍👩‍👧‍👦 flags 🇩🇪🇫🇷",
    "zero\u200bwidth\u200d",
    "e\u0301".repeat(80),
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 255 }),
  fc.string({ unit: fc.constantFrom("👩‍👩‍👧‍👦", "🇩🇪", "a", "ש"), minLength: 255, maxLength: 600 }),
  fc
    .array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 2000 })
    .map((words) => words.join(" ")),
);
const amount = fc.integer({ min: -1e9, max: 1e9 }).map((cents) => (cents / 100).toFixed(2));

const [first] = shop.options;
const anOption = (first ?? []) as OptionDocument;

const option: fc.Arbitrary<OptionDocument> = fc
  .record({
    id: name,
    isFeasible: fc.boolean(),
    total: fc.integer({ min: 0, max: 1e12 }).map((cents) => (cents / 100).toFixed(2)),
    services: fc.array(name, { minLength: 1, maxLength: 300 }),
    assumptions: fc.array(fc.record({ code: fc.constant("x"), text: name, effect: fc.option(amount) }), {
      maxLength: 40,
    }),
    problems: fc.array(fc.record({ code: fc.constant("x"), path: name, message: name }), {
      minLength: 1,
      maxLength: 40,
    }),
  })
  .map(({ id, isFeasible, total, services, assumptions, problems }) => {
    const [line] = anOption.lineItems;
    const lineItems = line === undefined ? [] : services.map((service) => ({ ...line, service, cost: "1.00" }));
    const runs = services.map((service, at) => ({ service, launchType: `type-${at % 4}`, share: "1" }));
    const fleet = services.map((service) => ({ ...fleetRow, instanceType: service, tasks: [{ service, count: 2 }] }));
    if (isFeasible)
      return { ...anOption, id, total, difference: total, lineItems, runs, fleet, assumptions, problems: [] };
    return {
      ...anOption,
      id,
      total: null,
      difference: null,
      lineItems: [],
      runs,
      fleet: null,
      assumptions: [],
      problems,
    };
  });

const fleetRow = (shop.options.find(({ fleet }) => fleet !== null)?.fleet ?? [])[0] as NonNullable<
  OptionDocument["fleet"]
>[number];

const document: fc.Arbitrary<ComparisonDocument> = fc
  .record({
    options: fc.array(option, { minLength: 1, maxLength: 100 }),
    reasons: fc.array(name, { minLength: 1, maxLength: 20 }),
    isChosen: fc.boolean(),
  })
  .map(({ options, reasons, isChosen }) => {
    const id = options.find(({ total }) => total !== null)?.id ?? null;
    const recommended = id === null || !isChosen ? null : { option: id, reason: reasons.join("; ") };
    return { ...shop, options, cheapest: id, recommended };
  });

const shown = { isSaved: true, stale: null, notes: [], sharedBy: null, value: "{}" };

/** Holds for whatever is put in. */
function holds<Input>(input: fc.Arbitrary<Input>, messageOf: (input: Input) => SlackBody): void {
  fc.assert(
    fc.property(input, (given) => {
      expect(refusals(messageOf(given))).toEqual([]);
    }),
    { numRuns: 100 },
  );
}

describe("whatever things are called and however many there are, Slack takes", () => {
  test("a comparison", () => {
    holds(fc.tuple(document, name), ([one, title]) =>
      comparisonMessage(one, { ...shown, title, notes: [title], stale: title }),
    );
    holds(fc.tuple(document, name), ([one, title]) =>
      comparisonMessage(one, { ...shown, title, isSaved: false, sharedBy: "U1" }),
    );
  });

  test("an explanation", () => {
    holds(fc.tuple(document, name), ([one, title]) => {
      const [explained = anOption] = one.options;
      return whyMessage(one, { title, option: explained, url: "https://stowage.example.com/v1/sheets/x.txt" });
    });
  });

  test("a difference", () => {
    holds(fc.tuple(name, name, fc.array(name, { minLength: 1, maxLength: 60 })), ([was, is, services]) => {
      const [line] = anOption.lineItems;
      const lines = line === undefined ? [] : services.map((service) => ({ ...line, service, costExact: "3" }));
      const other = {
        ...shop,
        options: shop.options.map((one) => ({ ...one, totalExact: "999", total: "999.00", lineItems: lines })),
      };
      const difference = differenceDocument(differ({ was: recorded(shop), is: recorded(other) }));
      return differenceMessage(difference, {
        titles: { was, is },
        url: "https://stowage.example.com/v1/comparisons/a/diff/b",
      });
    });
  });

  test("a list, what was misunderstood, problems and notices", () => {
    const listed = fc.record({ name, version: fc.nat(), storedAt: fc.constant("2026-11-26T00:00:00Z") });
    const slip = fc.record({ text: name, why: name });
    const problem = fc.record({ path: name, message: name });
    holds(fc.array(listed, { maxLength: 500 }), (all) => listMessage(all, "https://stowage.example.com/v1/workloads"));
    holds(fc.tuple(fc.array(name), fc.array(slip, { minLength: 1 }), name), ([understood, slips, nearest]) =>
      misunderstoodMessage({ understood, slips, nearest }),
    );
    holds(fc.tuple(name, fc.array(problem, { minLength: 1, maxLength: 1000 })), ([title, all]) =>
      problemsMessage(title, all),
    );
    holds(fc.tuple(name, name), ([bold, rest]) => noticeMessage(bold, rest));
  });
});

describe("what does not fit", () => {
  test("is said to be more: 500 workloads are 40 and 460 more, with a link", () => {
    const all = Array.from({ length: 500 }, (_, at) => ({
      name: `w${at}`,
      version: 1,
      storedAt: "2026-11-26T00:00:00Z",
    }));
    const text = messageText(validated(listMessage(all, "https://stowage.example.com/v1/workloads")));

    expect(text).toContain("*500 saved workloads*");
    expect(text).toContain("(and 460 more)");
    expect(text).toContain("(https://stowage.example.com/v1/workloads)");
    expect(text).toMatch(/ w39 +@1 +2026-11-26\n/);
    expect(text).not.toMatch(/ w40 /);
  });

  test("is said to be more: 30 problems are 4 and 26 more", () => {
    const problems = Array.from({ length: 30 }, (_, at) => ({ path: `services[${at}]`, message: "Name it." }));

    expect(messageText(validated(problemsMessage("checkout", problems)))).toContain(
      "services[3]: Name it.\n\n(and 26 more)",
    );
  });

  test("of a text ends after a whole word, and of a word after a whole sign", () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 20, max: 200 }), (text, most) => {
        const short = shortened(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
        const isCut = text.length > most;
        expect(short.endsWith("…")).toBe(isCut || text.endsWith("…"));
        const kept = isCut ? short.replace(/ ?…$/, "") : text;
        const signs = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(
          ({ index }) => index,
        );
        expect([...signs, text.length]).toContain(kept.length);
        const next = isCut && short.endsWith(" …") ? text.slice(kept.length) : " ";
        expect(next).toMatch(/^\s/);
      }),
    );
    expect(shortened("alpha beta gamma", 12)).toBe("alpha beta …");
    expect(shortened("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 25)).toBe("👩‍👩‍👧‍👦👩‍👩‍👧‍👦…");
  });
});

test("<!channel> *x* is text wherever it is said", () => {
  const hostile = "<!channel> *x* `y` @here";
  const message = validated(
    misunderstoodMessage({ understood: [hostile], slips: [{ text: hostile, why: "is none" }], nearest: hostile }),
  );

  expect(JSON.stringify(message)).not.toContain("mrkdwn");
  expect(messageText(message)).toContain(`“${hostile}” is none.`);
  expect(notified(hostile)).toBe("&lt;!channel&gt; ∗x∗ ˋyˋ ＠here");
});
