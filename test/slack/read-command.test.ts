import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../api/aws/catalogue.ts";
import { optionIds } from "../../api/core/compare-options.ts";
import { regions } from "../../api/price-sources/regions.ts";
import { commandText } from "../../api/slack/command.ts";
import { readCommand } from "../../api/slack/read-command.ts";

const known = {
  workloads: ["billing", "checkout", "checkout-web", "list", "team-blue-1"],
  options: optionIds({ catalogue }),
  regions,
};

/** The form that a command is best typed in. */
function formOf(text: string): string {
  const read = readCommand(text, known);
  return read.ok
    ? commandText(read.command)
    : `not understood: ${read.misunderstood.slips.map(({ text: slip }) => slip).join(", ")}`;
}

describe("a command is read as", () => {
  test.each([
    ["", "/stowage help"],
    ["?", "/stowage help"],
    ["HELP me", "/stowage help"],
    ["list", "/stowage list"],
    ["list all workloads", "/stowage list"],
    ["checkout", "/stowage checkout"],
    ["Checkout  IN eu-west-1 X2 as of 2026-09-01", "/stowage checkout x2 in eu-west-1 as of 2026-09-01"],
    ["as of 2026-09-01 2× checkout@3, @eu-west-1", "/stowage checkout@3 x2 in eu-west-1 as of 2026-09-01"],
    ["checkout@eu-west-1", "/stowage checkout in eu-west-1"],
    ["checkout us east 2", "/stowage checkout in us-east-2"],
    ["what does checkout cost in Frankfurt?", "/stowage checkout in eu-central-1"],
    ["what would checkout cost in N. Virginia, please?", "/stowage checkout in us-east-1"],
    ["checkout *2", "/stowage checkout x2"],
    ["2 x checkout", "/stowage checkout x2"],
    ["checkout v3", "/stowage checkout@3"],
    ["checkout version 3", "/stowage checkout@3"],
    ["checkout@latest", "/stowage checkout"],
    ["checkout on 1 Sep 2026", "/stowage checkout as of 2026-09-01"],
    ["checkout asof 2026/9/1", "/stowage checkout as of 2026-09-01"],
    ["checkout on 01.09.2026", "/stowage checkout as of 2026-09-01"],
    ["checkout for 8760 hours", "/stowage checkout for 8760h"],
    ["checkout for a year", "/stowage checkout for 8760h"],
    ["checkout fargate, EC2 spot", "/stowage checkout fargate, ec2-spot"],
    ["checkout spot ok", "/stowage checkout interruptible"],
    ["“list”", '/stowage "list"'],
    ["'list'@2", '/stowage "list"@2'],
    ["team-blue-1", "/stowage team-blue-1"],
    ["6x 0.5vcpu 1gb arm 12h/day", "/stowage 6x 0.5vcpu 1gb arm 12h/day"],
    ["6 × .5 vCPU, 1 GiB graviton 12 h a day", "/stowage 6x 0.5vcpu 1gb arm 12h/day"],
    ["6x0.5vcpu 1024mb ARM64 12h daily", "/stowage 6x 0.5vcpu 1gb arm 12h/day"],
    ["512 cpu 1024 MiB 6 tasks windows", "/stowage 6x 0.5vcpu 1gb windows"],
    ["2 cores 4g x86_64 8h on weekdays", "/stowage 1x 2vcpu 4gb x86 8h on weekdays"],
    ["x86 3x 1vcpu 2gb", "/stowage 3x 1vcpu 2gb x86"],
    ["1vcpu 2gb 200h/month interruptible", "/stowage 1x 1vcpu 2gb 200h/month interruptible"],
    ["diff checkout@4 vs checkout@3", "/stowage diff checkout@3 vs checkout@4"],
    ["diff checkout vs checkout@3", "/stowage diff checkout@3 vs checkout"],
    ["checkout@2 vs @3", "/stowage diff checkout@2 vs checkout@3"],
    ["compare checkout with billing", "/stowage diff checkout vs billing"],
    ["compare checkout", "/stowage checkout"],
    ["checkout in us-east-1 vs in eu-west-1", "/stowage diff checkout in us-east-1 vs checkout in eu-west-1"],
    ["why checkout ec2", "/stowage why checkout ec2"],
    ["ec2 why checkout", "/stowage why checkout ec2"],
    ["<https://checkout|checkout> x2", "/stowage checkout x2"],
    ["check\u200bout\u00a0x2", "/stowage checkout x2"],
  ])("%j: %s", (text, form) => {
    expect(formOf(text)).toBe(form);
  });

  test("and its own form is read as the same", () => {
    const texts = [
      "checkout@3 x2 interruptible in eu-west-1 as of 2026-09-01 for 168h fargate, ec2",
      "6x 0.5vcpu 1gb arm windows 12h/day",
    ];

    expect(texts.map((text) => formOf(formOf(text).replace("/stowage ", "")))).toEqual(texts.map(formOf));
  });
});

describe("what is not understood", () => {
  test.each([
    ["chekout", "chekout", "/stowage checkout"],
    ["chekout in eu-wst-1 ec3", "chekout, in eu-wst-1, ec3", "/stowage checkout in eu-west-1 ec2"],
    ["checkout 3", "3", "/stowage checkout@3"],
    ["checkout on 09/01/2026", "on 09/01/2026", "/stowage checkout"],
    ["checkout as of 2026-02-30", "as of 2026-02-30", "/stowage checkout"],
    ["checkout billing", "workload billing", "/stowage checkout"],
    ["checkout in eu-west-1 in us-east-1", "region us-east-1", "/stowage checkout in eu-west-1"],
    ["checkout 0.5vcpu", "0.5vcpu", "/stowage checkout"],
    ["x1.5 checkout", "x1.5", "/stowage checkout x2"],
    ["1vcpu 2gb 30h/day", "30h/day", "/stowage 1x 1vcpu 2gb"],
    ["0.3vcpu 1gb", "0.3vcpu", "/stowage 1x 0.5vcpu 1gb"],
    ["0.5vcpu", "", "/stowage 1x 0.5vcpu 1gb"],
    ["diff checkout", "", "/stowage diff checkout@1 vs checkout"],
    ["0.5vcpu 1gb 6", "6", "/stowage 6x 0.5vcpu 1gb"],
    ["6x 0.5vcpu 1gb @3", "version 3", "/stowage 6x 0.5vcpu 1gb"],
    ["why checkout ec2 fargate", "fargate", "/stowage why checkout ec2"],
    ["in eu-west-1", "", "/stowage billing in eu-west-1"],
    ["nothing-like-it", "nothing-like-it", "/stowage list"],
    ["&lt;!channel&gt; *x*", "<!channel>, *x*", "/stowage list"],
  ])("%j: it is %j, and the nearest is %s", (text, slips, nearest) => {
    const read = readCommand(text, known);

    expect(read.ok ? null : read.misunderstood.slips.map((slip) => slip.text).join(", ")).toBe(slips);
    expect(read.ok ? null : read.misunderstood.nearest).toBe(nearest);
  });

  test("comes with what was", () => {
    expect(readCommand("checkout x2 in eu-west-1 ec3", known)).toEqual({
      ok: false,
      misunderstood: {
        understood: ["workload checkout", "2 times", "region eu-west-1"],
        slips: [{ text: "ec3", why: "says nothing to me" }],
        nearest: "/stowage checkout x2 in eu-west-1 ec2",
      },
    });
  });

  test("is none of the nearest forms", () => {
    const texts = ["chekout in eu-wst-1 ec3", "checkout 3", "0.5vcpu", "diff checkout", "x1.5 checkout", "0.3vcpu 1gb"];
    const forms = texts.map((text) => {
      const read = readCommand(text, known);
      return read.ok ? "" : read.misunderstood.nearest;
    });

    expect(forms.map((form) => formOf(form.replace("/stowage ", "")))).toEqual(forms);
  });
});

/** Words of every kind, and such as are none. */
const word = fc.oneof(
  fc.constantFrom(
    "checkout",
    "chekout",
    "list",
    "help",
    "why",
    "diff",
    "compare",
    "vs",
    "with",
    "and",
    "?",
    '"',
    '"list"',
  ),
  fc.constantFrom(
    "in",
    "@",
    "eu-west-1",
    "eu-wst-1",
    "in us east 1",
    "@eu-west-1",
    "as of",
    "2026-09-01",
    "09/01/2026",
    "for",
    "on",
  ),
  fc.constantFrom(
    "x2",
    "2x",
    "x1.5",
    "3",
    "@3",
    "v3",
    "6 tasks",
    "0.5vcpu",
    "0.3 vcpu",
    "512 cpu",
    "1gb",
    "0.3mb",
    "arm",
    "x86",
  ),
  fc.constantFrom(
    "windows",
    "12h/day",
    "30h/day",
    "8h on weekdays",
    "8760h",
    "a year",
    "ec2",
    "ec3",
    "fargate",
    "spot",
    "spot ok",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

test("whatever is typed is understood, or has a nearest form that is, and that is read as itself", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 9 }), fc.constantFrom(" ", ", ", ""), (words, between) => {
      const text = words.join(between);
      const read = readCommand(text, known);
      const form = read.ok ? commandText(read.command) : read.misunderstood.nearest;
      expect(formOf(form.replace("/stowage ", ""))).toBe(form);
      expect(read.ok || read.misunderstood.slips.length > 0).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
