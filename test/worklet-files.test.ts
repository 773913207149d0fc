import { existsSync, readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { type FrontEndDocument, frontEnd } from "../src/signal/index.ts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const files = Object.entries<string>(manifest.exports).filter(([name]) => name.endsWith(".worklet.js"));
const reasonToSkip = files.every(([, file]) => existsSync(addressOf(file))) ? undefined : "the library is not built";

function addressOf(file: string): URL {
  return new URL(`../${file}`, import.meta.url);
}

interface Posted {
  readonly type: string;
  readonly first?: number;
  readonly frames?: number;
  readonly values?: Float64Array;
}

interface Processor {
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

type ProcessorClass = new (options: object) => Processor;

/** Runs a file with the language and what an AudioWorkletGlobalScope adds to it: no `atob`, no `fetch`, no text decoder. */
function load(file: string) {
  const registered = new Map<string, ProcessorClass>();
  const posted: Posted[] = [];
  const scope = createContext({
    sampleRate: 48_000,
    AudioWorkletProcessor: class {
      readonly port = { postMessage: (message: Posted) => posted.push(structuredClone(message)) };
    },
    registerProcessor: (name: string, processor: ProcessorClass) => registered.set(name, processor),
  });
  // A front end of precision float64 must do without.
  runInContext("delete globalThis.WebAssembly", scope);
  runInContext(readFileSync(addressOf(file), "utf8"), scope, { filename: file });
  return { registered, posted };
}

describe.skipIf(reasonToSkip !== undefined)(`the built worklets (skips: ${reasonToSkip ?? "no"})`, () => {
  it("are the two of the package", () => {
    expect(files.map(([name]) => name)).toEqual([
      "./realtime/feature-processor.worklet.js",
      "./realtime/model-processor.worklet.js",
    ]);
  });

  it.each(files)("%s imports and exports nothing", (_, file) => {
    const source = ts.createSourceFile(file, readFileSync(addressOf(file), "utf8"), ts.ScriptTarget.ES2023);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      const imports = ts.isImportDeclaration(node) || node.kind === ts.SyntaxKind.ImportKeyword;
      if (imports || ts.isExportDeclaration(node) || ts.isExportAssignment(node) || ts.isMetaProperty(node)) {
        found.push(node.getText(source).slice(0, 80));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect(found).toEqual([]);
  });

  it.each([
    ["feature-processor", "tonewright-features"],
    ["model-processor", "tonewright-model"],
  ])("%s registers %s where there is nothing but the language", (file, name) => {
    expect([...load(`dist/src/realtime/${file}.worklet.js`).registered.keys()]).toEqual([name]);
  });

  it("compute features in float64 without WebAssembly", () => {
    const { registered, posted } = load("dist/src/realtime/feature-processor.worklet.js");
    const Processor = registered.get("tonewright-features") as ProcessorClass;
    const document: FrontEndDocument = frontEnd({
      sampleRate: 48_000,
      fftSize: 128,
      hop: 64,
      features: [{ kind: "rms" }],
    });
    const processor = new Processor({ processorOptions: { document, batchSamples: 256, samples: 256 } });
    const half = new Float32Array(128).fill(0.5);
    for (let n = 0; n < 2; n++) processor.process([[half]], [[new Float32Array(128)]]);
    expect(posted.map(({ type }) => type)).toEqual(["ready", "frames", "ended"]);
    const { first, frames, values } = posted[1] as Required<Posted>;
    expect([first, frames]).toEqual([0, 5]);
    // Frames at the ends are half zeros.
    const outer = Math.sqrt(0.125);
    expect(Array.from(values.subarray(0, 5))).toEqual([outer, 0.5, 0.5, 0.5, outer]);
  });
});
