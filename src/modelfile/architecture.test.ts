import { describe, expect, it } from "vitest";
import { type Architecture, parseArchitecture } from "./architecture.ts";
import { checkArchitecture } from "./model-document.ts";
import { presetArchitecture } from "./presets.ts";

const lstm = { kind: "lstm", inputSize: 1, hiddenSize: 8, layers: 1, outputSize: 1, skip: false, initialState: false };

function wavenet(change: (arrays: Extract<Architecture, { kind: "wavenet" }>["arrays"]) => void): Architecture {
  const net = presetArchitecture("wavenet-nano");
  if (net.kind !== "wavenet") throw new Error("bug: not a wavenet");
  change(net.arrays);
  return net;
}

function messageOf(value: unknown): string {
  try {
    parseArchitecture(value, { name: "m" });
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "accepted";
}

describe("parseArchitecture", () => {
  it("returns what it was given when that is valid", () => {
    expect(parseArchitecture(lstm)).toEqual(lstm);
    expect(parseArchitecture(presetArchitecture("wavenet-lite"))).toEqual(presetArchitecture("wavenet-lite"));
  });

  it.each([
    ["hiddenSize", 0],
    ["hiddenSize", 513],
    ["hiddenSize", 2.5],
    ["hiddenSize", "8"],
    ["layers", 9],
    ["inputSize", 0],
    ["outputSize", 65],
    ["skip", 1],
    ["initialState", undefined],
  ])("names the field %s when it is %j", (field, value) => {
    expect(messageOf({ ...lstm, [field]: value })).toContain(field);
  });

  it("names a kind that does not exist, and a field too many", () => {
    expect(messageOf({ kind: "transformer" })).toContain("kind");
    expect(messageOf({ ...lstm, dropout: 0.5 })).toContain("dropout");
    expect(messageOf(null)).toContain("(root)");
  });

  it("refuses arrays of a wavenet that do not fit each other, with both sizes", () => {
    const wrongInput = wavenet((arrays) => Object.assign(arrays[1] ?? {}, { inputSize: 3 }));
    expect(messageOf(wrongInput)).toContain("arrays.1.inputSize: is 3, 4 expected");
    const wrongHead = wavenet((arrays) => Object.assign(arrays[0]?.head ?? {}, { outputSize: 3 }));
    expect(messageOf(wrongHead)).toContain("arrays.0.head: has outputSize 3, 2 expected");
    const wrongCount = wavenet((arrays) => arrays[0]?.dilations.pop());
    expect(messageOf(wrongCount)).toContain("one entry per layer");
  });
});

describe("checkArchitecture", () => {
  it("refuses a look-back that no engine would hold", () => {
    const deep = wavenet((arrays) => {
      for (const array of arrays) array.dilations.fill(65_536);
    });
    // array of 7 and 13 layers, 3 taps: 1 + 20 * 2 * 65536
    expect(() => checkArchitecture(deep)).toThrow(/looks back 2621441 samples/);
  });
});
