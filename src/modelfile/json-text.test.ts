import { describe, expect, it } from "vitest";
import { parseJsonObject, toJson } from "./json-text.ts";

const parse = (text: string): unknown => parseJsonObject(new TextEncoder().encode(text), { name: "f", code: "bad" });

describe("parseJsonObject", () => {
  it("reads an object, with a byte order mark too", () => {
    expect(parse('\ufeff{"a": ["[[[", {"b": "\\"{{{"}]}')).toEqual({ a: ["[[[", { b: '"{{{' }] });
  });

  it.each([
    ["[1]", /not an object/],
    ["{", /not valid JSON/],
    ['{"a": NaN}', /holds NaN/],
    ['{"a": -Infinity}', /holds NaN or Infinity/],
    [`{"a": ${"[".repeat(64)}${"]".repeat(64)}}`, /deeper than 64/],
  ])("refuses %s", (text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: "bad", message: expect.stringMatching(message) }),
    );
  });

  it("refuses a million brackets without running out of stack", () => {
    expect(() => parse(`{"a": ${"[".repeat(1_000_000)}`)).toThrow(/deeper than 64/);
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => parseJsonObject(Uint8Array.of(0x7b, 0xff, 0x7d), { name: "f", code: "bad" })).toThrow(/not UTF-8/);
  });
});

describe("toJson", () => {
  it("leaves out undefined members and copies the rest", () => {
    const value = { a: 1, b: undefined, c: [true, null, { d: "x" }] };
    expect(toJson(value, { what: "metadata" })).toEqual({ a: 1, c: [true, null, { d: "x" }] });
  });

  it.each([
    [{ loss: [1, Number.NaN] }, /metadata\.loss\.1 is NaN/],
    [{ when: new Date(0) }, /metadata\.when is not plain data/],
    [{ f: () => 1 }, /metadata\.f is a function/],
    [{ weights: new Float32Array(2) }, /metadata\.weights is not plain data/],
  ])("refuses %o with its place", (value, message) => {
    expect(() => toJson(value, { what: "metadata" })).toThrow(message);
  });

  it("refuses an object that contains itself", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => toJson(loop, { what: "metadata" })).toThrow(/nests too deeply/);
  });
});
