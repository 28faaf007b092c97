import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { exampleWith } from "../routes/memory-app.ts";

/** What is sent over a socket, and whether it is then left half-said, or Node hangs up on it without a word. */
export interface Hostile {
  readonly kind: string;
  readonly bytes: Buffer;
  readonly isUnfinished: boolean;
}

/** So many requests that nobody means well with, of every kind in turn; the same ones for the same seed. */
export function hostileRequests(count: number, seed: number): readonly Hostile[] {
  const draw = drawing(seed);
  const names = Object.keys(kinds);
  return Array.from({ length: count }, (_, at) => {
    const kind = names[at % names.length] ?? "";
    const said = kinds[kind]?.(draw) ?? "";
    return { kind, bytes: Buffer.isBuffer(said) ? said : Buffer.from(said), isUnfinished: unfinished.includes(kind) };
  });
}

/** Of a list one, of a number one below it. */
interface Draw {
  below(limit: number): number;
  of<Item>(items: readonly Item[]): Item;
}

function drawing(seed: number): Draw {
  let state = seed;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return { below, of: (items) => items[below(items.length)] as never };
}

const unfinished = ["a body that never ends", "headers that never end", "chunks that are none", "a tunnel"];
const writing = [
  "/v1/comparisons",
  "/v1/workloads/x",
  "/v1/rate-cards/x",
  "/v1/load-profiles/x",
  "/v1/links",
  "/v1/keys",
];
const reading = [
  "/v1/comparisons/",
  "/v1/workloads/",
  "/v1/rate-cards/",
  "/v1/load-profiles/",
  "/v1/sheets/",
  "/docs/",
];

function head(line: string, headers: readonly string[] = []): string {
  return [`${line} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");
}

function sent(draw: Draw, body: Buffer | string, headers: readonly string[] = []): Buffer {
  const path = draw.of(writing);
  const method = /workloads|cards|profiles/.test(path) ? "PUT" : "POST";
  const bytes = Buffer.from(body);
  const lines = ["Content-Type: application/json", `Content-Length: ${bytes.length}`, ...headers];
  return Buffer.concat([Buffer.from(head(`${method} ${path}`, lines)), bytes]);
}

const json = JSON.stringify;
const evilNames = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "then",
  "hasOwnProperty",
  "\u0000",
  "\uD800",
  "",
];
const evilTexts = [
  "\u0000",
  "a\u0000b",
  "\uD800",
  "\u202E",
  "'; drop table comparison; --",
  "$(id)",
  "%00",
  "{{7*7}}",
  "../../etc/passwd",
];
const evilNumbers = [
  "1e400",
  "-1e400",
  "9".repeat(400),
  "1e-400",
  "-0",
  "0.1e1",
  "9007199254740993",
  "1E+2",
  "00",
  "0x1",
  "NaN",
];
const regexBombs = [
  "(a+)+$",
  "(a|aa)*b",
  "(?=a)",
  "((((((((((.*)*)*)*)*)*)*)*)*)*)",
  "[",
  "\\",
  "(x+x+)+y",
  `${"(".repeat(3000)}a`,
  "a{1000}{1000}",
];
const yamlBombs = [
  "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e]",
  "&a [*a]",
  "!!js/function 'function(){}'",
  "? ? ? ? ? ?",
  "- ".repeat(5000),
  "{".repeat(20_000),
  "kind: Pod\n__proto__: {x: 1}\nspec: !!binary '%%%'",
  "kind: Deployment\n<<: *nobody",
];

const kinds: Readonly<Record<string, (draw: Draw) => Buffer | string>> = {
  "JSON cut off anywhere": (draw) => {
    const whole = json(comparisonExample);
    return sent(draw, whole.slice(0, draw.below(whole.length)));
  },
  "JSON with a byte changed": (draw) => {
    const bytes = Buffer.from(json(comparisonExample));
    bytes[draw.below(bytes.length)] = draw.below(256);
    return sent(draw, bytes);
  },
  "another encoding": (draw) =>
    sent(draw, Buffer.from(`\uFEFF${json(comparisonExample)}`, draw.of(["utf16le", "latin1"] as const)), [
      draw.of(["Content-Encoding: gzip", "Content-Encoding: br", "X-Nothing: 1"]),
    ]),
  "bytes that are no UTF-8": (draw) => sent(draw, Buffer.from(Array.from({ length: 200 }, () => draw.below(256)))),
  "a number out of all bounds": (draw) => {
    const field = draw.of(["hours", "monthHours", "seed", "simulations", "asOf", "effort"]);
    return sent(draw, json(exampleWith({ request: { [field]: "HERE" } })).replace('"HERE"', draw.of(evilNumbers)));
  },
  "a size out of all bounds": (draw) =>
    sent(draw, json(exampleWith({ service: { desiredCount: "HERE" } })).replace('"HERE"', draw.of(evilNumbers))),
  nesting: (draw) => {
    const depth = draw.of([100, 10_000, 200_000]);
    const [open, close] = draw.of([
      ["[", "]"],
      ['{"a":', "}"],
    ] as const);
    return sent(draw, `{"services":${open.repeat(depth)}1${close.repeat(depth)}}`);
  },
  "names that objects have already": (draw) => {
    const name = json(draw.of(evilNames));
    const [where, by] = draw.of([
      ['"region"', `${name}:{"polluted":true},"region"`],
      ['"family"', `${name}:1,"family"`],
    ] as const);
    return sent(draw, json(comparisonExample).replace(where, by));
  },
  "text that databases and shells trip over": (draw) => {
    const text = draw.of(evilTexts);
    return sent(
      draw,
      json(
        draw.of<object>([
          exampleWith({ request: { region: text } }),
          exampleWith({ service: { serviceName: text } }),
          exampleWith({ definition: { family: text } }),
          exampleWith({ service: { tags: { [text]: text } } }),
          exampleWith({ request: { rateCard: text } }),
          exampleWith({ service: { load: { profile: text } } }),
          exampleWith({ request: { snapshot: text } }),
          { workload: text },
          { comparison: text },
          { [text]: text },
        ]),
      ),
    );
  },
  "the wrong type in the place of a field": (draw) => {
    const field = draw.of([
      "region",
      "taskDefinitions",
      "services",
      "runs",
      "cluster",
      "usage",
      "options",
      "commitments",
      "period",
    ]);
    return sent(
      draw,
      json(exampleWith({ request: { [field]: draw.of<unknown>([null, 1, "x", [], {}, [[]], [null], true]) } })),
    );
  },
  "a regular expression that takes for ever": (draw) =>
    sent(
      draw,
      json({
        ...exampleWith({
          definition: { requiresCompatibilities: ["EC2"], networkMode: "bridge" },
          service: {
            placementConstraints: [
              { type: "memberOf", expression: `attribute:ecs.instance-type =~ ${draw.of(regexBombs)}` },
            ],
          },
        }),
        options: ["ec2"],
      }),
    ),
  "YAML that grows": (draw) =>
    sent(draw, json({ region: "us-east-1", manifests: draw.of<unknown>([draw.of(yamlBombs), [draw.of(yamlBombs)]]) })),
  "a text of nearly 5 MiB": (draw) =>
    draw.below(4) === 0
      ? sent(draw, json(exampleWith({ definition: { family: "x".repeat(5_000_000) } })))
      : sent(draw, json(exampleWith({ request: { region: "x".repeat(50_000) } }))),
  "a body that is too large": (draw) =>
    draw.below(4) === 0 ? sent(draw, Buffer.alloc(5_300_000, 0x20)) : sent(draw, ""),
  "a way out of the folder": (draw) =>
    head(
      `GET ${draw.of(reading)}${draw.of(["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/package.json", "....//....//x", "..\\..\\x", "%c0%ae%c0%ae/x"])}`,
    ),
  "an address with what no address has": (draw) =>
    head(
      `GET ${draw.of(reading)}${draw.of(["%00", "a%00b", "%", "%zz", "%ff%fe", "%ed%a0%80", "x'--", "a%0d%0aSet-Cookie:x", "%F0%9F%92%A9", "\u0001"])}`,
    ),
  "a query with what no query has": (draw) =>
    head(
      `GET ${draw.of(["/v1/prices", "/v1/workloads", "/v1/workloads/x/versions", "/v1/snapshots", "/v1/workloads/x/comparison", "/v1/rate-cards"])}?${draw.of(["limit", "cursor", "sku", "region", "asOf", "snapshot", "purge", "options"])}=${draw.of(["%00", "-1", "1e9", "9".repeat(99), "%ff", "%", "[]", "AAAA", "MQ%3D%3D", "NaN", "__proto__", "%25", "%5c", "a&limit=2&limit=3"])}`,
    ),
  "a long address": (draw) => head(`GET /v1/comparisons/${"a".repeat(draw.of([300, 7000, 70_000]))}`),
  "a method that is not for here": (draw) =>
    head(
      `${draw.of(["DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "HEAD", "BREW", "get"])} ${draw.of([...writing, "/healthz", "/metrics", "*"])}`,
    ),
  "a tunnel": () => head("CONNECT example.com:443"),
  "junk in the headers": (draw) =>
    head("GET /v1/workloads", [
      draw.of([
        `X-Junk: ${"j".repeat(20_000)}`,
        "X-Request-Id: <script>alert(1)</script>",
        `Accept: ${"text/html;q=0.1,".repeat(800)}`,
        "Accept: ;;;,,,q=",
        "If-None-Match: \u0001",
        'If-Match: W/""""',
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked, gzip",
        "traceparent: 00-zz-zz-zz",
        "No colon here",
        ": no name",
        "Folded: a\r\n b",
        "Cookie: \u00ff\u00fe",
      ]),
    ]),
  "many headers": () =>
    head(
      "GET /v1/workloads",
      Array.from({ length: 1500 }, (_, at) => `X-${at}: ${at}`),
    ),
  "a key of the wrong shape": (draw) =>
    head("GET /v1/workloads", [
      `Authorization: ${draw.of(["Bearer", "Bearer ", "Bearer stw_", `Bearer stw_${"a".repeat(9000)}`, "Basic YTpi", "Bearer stw_link_x", "Bearer \u00e9\u00e9", "Bearer a b c", "bearer stw_x_y_z"])}`,
    ]),
  "a link of the wrong shape": (draw) =>
    head(
      `GET /v1/sheets/${draw.of(["stw_link_", "x.json", `stw_link_${"b".repeat(3000)}.csv`, "stw_link_%00.csv", ".xlsx", "stw_link_a.exe"])}`,
    ),
  "chunks that are none": (draw) =>
    `${head("POST /v1/comparisons", ["Content-Type: application/json", "Transfer-Encoding: chunked"])}${draw.of(["zz\r\nabc\r\n0\r\n\r\n", "-5\r\nabc\r\n", "ffffffffffffffff\r\na", "5\r\nab\r\n0\r\n\r\n", '5;ext=\u0000\r\n{"a":\r\n0\r\n\r\n', "\r\n\r\n\r\n"])}`,
  "two lengths": () =>
    `${head("POST /v1/comparisons", ["Content-Type: application/json", "Content-Length: 2", "Transfer-Encoding: chunked"])}0\r\n\r\n`,
  "no HTTP at all": (draw) => Buffer.from(Array.from({ length: 300 }, () => draw.below(256))),
  "a request behind a request": () =>
    `${head("GET /healthz").replace("close", "keep-alive").repeat(20)}GARBAGE\r\n\r\n`,
  "a body that never ends": (draw) =>
    `${head(`POST ${draw.of(writing)}`, ["Content-Type: application/json", "Content-Length: 1000000"])}{"region":`,
  "headers that never end": () => "POST /v1/comparisons HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
};
