import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createCircuitSolver } from "../solver/plain-circuit-solver.ts";
import { readNetlist } from "./read-netlist.ts";
import { resolveCircuit } from "./resolve-circuit.ts";
import { SpiceNames } from "./spice-names.ts";
import { writeSpice } from "./write-spice.ts";

const folder = fileURLToPath(new URL("../../../fixtures/circuits/netlists/", import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const golden: Record<string, { volts: Record<string, number>; ohms: Record<string, number> }> = JSON.parse(
  read("operating-points.json"),
);
const libraries = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith(".lib"))
    .map((name) => [name.replace("kicad-", ""), read(name)]),
);
const ngspiceMissing = spawnSync("ngspice", ["--version"]).error !== undefined;

/** `.op` of ngspice does not hold `.ic`. */
function circuitOf(name: string) {
  return { ...resolveCircuit(readNetlist(read(name), { name, files: libraries })), initialVolts: new Map() };
}

/** All lines but those of expressions, which are written out differently each time. */
const plainLines = (text: string) => text.split("\n").filter((line) => !/^b|_int/.test(line));

it.each(readdirSync(folder).filter((name) => /\.(cir|net)$/.test(name)))(
  "%s is the same after writing and reading it",
  (name) => {
    const text = writeSpice(circuitOf(name));
    expect(plainLines(writeSpice(resolveCircuit(readNetlist(text))))).toEqual(plainLines(text));
  },
);

describe.each(Object.keys(golden))("%s, as ngspice reads it itself", (name) => {
  const { volts, ohms } = golden[name]!;

  it("has the same resistors", () => {
    const resistors = new Map(
      circuitOf(name).elements.flatMap((e) => (e.kind === "resistor" ? [[e.name, e.ohms] as const] : [])),
    );
    const found = Object.fromEntries(
      Object.keys(ohms).map((key) => [key, resistors.get(key.replaceAll(/(^|\.)r\./g, "$1")) ?? Number.NaN]),
    );
    // ngspice scales suffixes by multiplication, so the last digits differ.
    for (const [key, value] of Object.entries(ohms)) expect(found[key]! / value, key).toBeCloseTo(1, 12);
  });

  it("has the same operating point in our solver", () => {
    const circuit = circuitOf(name);
    const source = circuit.elements.find((element) => element.kind === "voltage-source")!;
    const { operatingPoint } = createCircuitSolver(circuit, { input: source.name, output: "0", stepSeconds: 1e-5 });
    // ngspice stops at a relative tolerance of 1e-3; nodes with _int are its own.
    for (const [node, value] of Object.entries(volts).filter(([node]) => !/_int\d/.test(node))) {
      expect(Math.abs((operatingPoint[node] ?? Number.NaN) - value), node).toBeLessThan(1e-4 + 1e-3 * Math.abs(value));
    }
  });

  it.skipIf(ngspiceMissing)(
    "comes back from ngspice with the same voltages after writeSpice (skipped without ngspice)",
    () => {
      const work = mkdtempSync(join(tmpdir(), "tonewright-netlist-"));
      try {
        const directives = [".control", "set numdgt=12", "op", "print all", "quit", ".endc"];
        const circuit = circuitOf(name);
        const names = new SpiceNames(circuit);
        writeFileSync(join(work, "deck.cir"), writeSpice(circuit, { directives }));
        const { stdout } = spawnSync("ngspice", ["-b", "deck.cir"], { cwd: work, encoding: "utf8" });
        const printed = new Map(
          [...stdout.matchAll(/^(?:v\()?([^\s()]+)\)? = (\S+)$/gm)].map((m) => [m[1]!, Number(m[2])]),
        );
        for (const [node, value] of Object.entries(volts).filter(([node]) => !/_int\d/.test(node))) {
          const written = names.node(circuit.nodes.indexOf(node));
          const found = printed.get(written) ?? printed.get(`V(${written})`) ?? Number.NaN;
          expect(Math.abs(found - value), `${node}\n${stdout}`).toBeLessThan(1e-6 + 1e-5 * Math.abs(value));
        }
      } finally {
        rmSync(work, { recursive: true });
      }
    },
  );
});
