import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { readSettings, urlOf } from "../../api/settings.ts";

test("with nothing set the server is on 127.0.0.1:8787 with its data in .stowage", () => {
  const database = { dataDirectory: ".stowage" };
  const limits = {
    threads: Math.max(1, availableParallelism() - 1),
    queueMax: 64,
    secondsMax: 60,
    requestsPerMinute: 600,
  };
  const host = { port: 8787, host: "127.0.0.1", loopback: true };
  const settings = { ...host, database, staleAfterDays: 365, retentionDays: null, refresh: null, limits, slack: null };

  expect(readSettings({})).toEqual({ settings });
  expect(readSettings({ PORT: "", HOST: "", DATABASE_URL: "", STOWAGE_DATA: "" })).toEqual({ settings });
});

test("what is set is taken", () => {
  const said = {
    PORT: "80",
    HOST: "::1",
    STOWAGE_DATA: "/srv/stowage",
    STOWAGE_STALE_AFTER_DAYS: "30",
    STOWAGE_RETENTION_DAYS: "90",
  };
  expect(readSettings(said)).toMatchObject({
    settings: {
      port: 80,
      host: "::1",
      database: { dataDirectory: "/srv/stowage" },
      staleAfterDays: 30,
      retentionDays: 90,
    },
  });
  expect(readSettings({ DATABASE_URL: "postgresql://db/stowage", STOWAGE_DATA: "/srv/stowage" })).toMatchObject({
    settings: { database: { databaseUrl: "postgresql://db/stowage" } },
  });
});

describe("what cannot be used is told by name:", () => {
  test.each([
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["PORT", "0x50"],
    ["PORT", " 80"],
    ["HOST", "http://127.0.0.1"],
    ["HOST", "127.0.0.1, 192.168.0.10"],
    ["STOWAGE_STALE_AFTER_DAYS", "a year"],
    ["STOWAGE_THREADS", "0"],
    ["STOWAGE_QUEUE", "many"],
    ["STOWAGE_CALCULATION_SECONDS", "1.5"],
    ["STOWAGE_RETENTION_DAYS", "0"],
    ["STOWAGE_RETENTION_DAYS", "1.5"],
    ["DATABASE_URL", "localhost:5432"],
    ["DATABASE_URL", "https://db.example/stowage"],
  ])("%s=%s", (name, value) => {
    expect(readSettings({ [name]: value })).toEqual({
      mistakes: [expect.stringMatching(`^${name} must be [^\n]+\\.$`)],
    });
  });

  test("all at once", () => {
    expect(readSettings({ PORT: "a", HOST: "b c", DATABASE_URL: "c" })).toMatchObject({ mistakes: { length: 3 } });
  });

  test("Slack's too", () => {
    expect(readSettings({ SLACK_TEAMS: "T0OURS" })).toMatchObject({ mistakes: { length: 1 } });
    expect(readSettings({ SLACK_TEAMS: "T0OURS", SLACK_SIGNING_SECRETS: "0123456789abcdef" })).toMatchObject({
      settings: { slack: { teams: ["T0OURS"] } },
    });
  });

  test("a database's password is not repeated", () => {
    expect(JSON.stringify(readSettings({ DATABASE_URL: "mysql://u:pa55word@db/stowage" }))).not.toContain("pa55word");
  });
});

test.each([
  ["127.0.0.1", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.0.10", false],
  ["localhost.evil.example", false],
])("HOST=%s is for this machine alone: %s", (HOST, loopback) => {
  expect(readSettings({ HOST })).toMatchObject({ settings: { host: HOST, loopback } });
});

test("a server that listens everywhere is reached on loopback", () => {
  expect(urlOf({ host: "0.0.0.0", port: 8787 })).toBe("http://127.0.0.1:8787");
  expect(urlOf({ host: "::", port: 8787 })).toBe("http://[::1]:8787");
});

test("an IPv6 address stands in brackets", () => {
  expect(urlOf({ host: "::1", port: 8787 })).toBe("http://[::1]:8787");
  expect(urlOf({ host: "localhost", port: 80 })).toBe("http://localhost:80");
});
