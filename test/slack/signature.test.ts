import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSigned, type Signed } from "../../api/slack/signature.ts";

/** The worked example of https://docs.slack.dev/authentication/verifying-requests-from-slack. */
const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const timestamp = "1531420618";
const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
const body = new TextEncoder().encode(
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA" +
    "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J" +
    "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
);
const documented: Signed = { timestamp, signature, body };
const at = (seconds: number) => new Date((Number(timestamp) + seconds) * 1000);

describe("the documented signature", () => {
  test("is right, with whichever of several secrets it was made", () => {
    expect(isSigned(documented, [secret], at(0))).toBe(true);
    expect(isSigned(documented, ["a-newer-secret-of-the-app", secret], at(0))).toBe(true);
  });

  test.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
    [31_536_000, false],
  ])("seen %i s after its time: %s", (seconds, expected) => {
    expect(isSigned(documented, [secret], at(seconds))).toBe(expected);
  });

  test.each<[string, Partial<Signed>, string]>([
    ["another secret", {}, "8f742231b10e8888abcd99yyyzzz85a6"],
    ["another body", { body: body.slice(1) }, secret],
    ["another time", { timestamp: "1531420619" }, secret],
    ["no time", { timestamp: undefined }, secret],
    ["no signature", { signature: undefined }, secret],
    ["an empty signature", { signature: "v0=" }, secret],
    ["the signature of another version", { signature: signature.replace("v0", "v1") }, secret],
    ["a part of the signature", { signature: signature.slice(0, -2) }, secret],
    ["the signature in capitals", { signature: signature.toUpperCase() }, secret],
    ["the signature twice, as HTTP joins headers", { signature: `${signature}, ${signature}` }, secret],
    ["the time twice", { timestamp: `${timestamp}, ${timestamp}` }, secret],
    ["a time that is no whole number", { timestamp: `${timestamp}.0` }, secret],
  ])("is wrong with %s", (_, changes, by) => {
    expect(isSigned({ ...documented, ...changes }, [by], at(0))).toBe(false);
  });

  test("is wrong with any bit of it or of the body turned", () => {
    const bytes = Buffer.from(signature.slice(3), "hex");
    const turned = (from: Uint8Array, bit: number) => {
      const copy = Uint8Array.from(from);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return copy;
    };
    fc.assert(
      fc.property(fc.nat(255), fc.nat(body.length * 8 - 1), (ofSignature, ofBody) => {
        const other = `v0=${Buffer.from(turned(bytes, ofSignature)).toString("hex")}`;
        expect(isSigned({ ...documented, signature: other }, [secret], at(0))).toBe(false);
        expect(isSigned({ ...documented, body: turned(body, ofBody) }, [secret], at(0))).toBe(false);
      }),
    );
  });

  test("with no secret set nothing is right", () => {
    expect(isSigned(documented, [], at(0))).toBe(false);
  });
});
