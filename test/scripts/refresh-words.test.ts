import { expect, test } from "vitest";
import { readRefreshWords } from "../../scripts/prices/refresh-words.ts";

test("regions and sources are parted by commas or said several times, each taken once", () => {
  expect(
    readRefreshWords(["--region", "us-east-1,eu-west-1", "--region", "us-east-1", "--source", "api, ec2"]),
  ).toEqual({
    ...{ regions: ["us-east-1", "eu-west-1"], sources: ["api", "ec2"], file: undefined, parts: undefined },
    ...{ dryRun: false, maxRatio: undefined, allOrNothing: false, json: false },
  });
});

test("without a source it is the API, and --all is every region", () => {
  expect(readRefreshWords(["--all", "--max-ratio", "1.5", "--all-or-nothing"])).toMatchObject({
    ...{ regions: null, sources: ["api"], maxRatio: "1.5", allOrNothing: true },
  });
});

test.each([
  [[], /^Say either --region/],
  [["--all", "--region", "us-east-1"], /^Say either --region/],
  [["--all", "--source", "gossip"], /^There is no source "gossip"\. Known: api, bulk, ec2, /],
  [["--all", "--source", "fargate-spot-file"], /go together\.$/],
  [["--all", "--file", "spot.csv"], /go together\.$/],
  [["--all", "--max-ratio", "0.5"], /^--max-ratio must be a number of at least 1/],
  [["--all", "--max-ratio", "two"], /^--max-ratio must be a number of at least 1/],
  [["--all", "--regoin", "us-east-1"], /--regoin/],
  [["--all", "us-east-1"], /us-east-1/],
])("%j is refused", (words, expected) => {
  expect(readRefreshWords(words)).toEqual({ wrong: expect.stringMatching(expected) });
});

test("help is given before anything else is looked at", () => {
  expect(readRefreshWords(["--help", "--source", "gossip"])).toEqual({ help: true });
});
