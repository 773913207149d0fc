import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CircuitKernel, circuitLayout as layout, createCircuitKernel } from "../index.ts";

/**
 * One node: a current `input * driveSiemens` into it, a conductance, a capacitance and a diode to ground. Small enough that
 * every number of the layout is written by hand here, and every result can be had in another way.
 */
interface OneNode {
  readonly driveSiemens: number;
  readonly siemens: number;
  readonly farads?: number;
  /** Without it there is no diode. */
  readonly saturationAmps?: number;
  readonly stepSeconds?: number;
  readonly method?: "trapezoidal" | "gear2";
}

const thermalVolts = 0.0259;
const single = 0x80000000;

/** A kernel with that circuit at rest. */
function open({ driveSiemens, siemens, farads = 0, saturationAmps, stepSeconds = 1e-5, method }: OneNode) {
  const kernel = createCircuitKernel();
  let end = kernel.base;
  const take = (bytes: number) => {
    end += bytes;
    return end - bytes;
  };
  const [header, node, right, constants, history, inputRecord] = [layout.headerBytes, 32, 8, 8, 8, 16].map(take) as [
    number,
    ...number[],
  ];
  const [ground, volts, change] = [node!, node! + 8, node! + 24];
  const [differences, constant, matrix, residuals, dense, nowhere] = [layout.differenceBytes, 8, 8, 8, 8, 8].map(take);
  const [residualRow, factorSteps, backSteps, chargeRow, entries] = [24, 16, 16, 32, 8].map(take);
  const [diode, sound] = [take(layout.diodeBytes), end];
  const word = (address: number, value: number) => kernel.view.setInt32(address, value, true);
  const number = (address: number, value: number) => kernel.view.setFloat64(address, value, true);
  const words = (address: number, values: readonly number[]) => {
    for (const [k, value] of values.entries()) word(address + 4 * k, value);
  };
  const gear = method === "gear2";
  const rate = (gear ? 1.5 : 2) / stepSeconds;
  const linear = siemens + rate * farads;
  for (const [offset, value] of [
    [layout.rightCount, 1],
    [layout.right, right],
    [layout.base, constants],
    [layout.history, history],
    [layout.inputCount, 1],
    [layout.inputs, inputRecord],
    [layout.blockSize, 1],
    [layout.block, volts],
    [layout.changeShift, change - volts],
    [layout.differences, differences],
    [layout.constant, constant],
    [layout.matrix, matrix],
    [layout.matrixBytes, 8],
    [layout.residualRows, residualRow],
    [layout.residuals, residuals],
    [layout.factorSteps, factorSteps],
    [layout.backSteps, backSteps],
    [layout.chargeRowCount, 1],
    [layout.chargeRows, chargeRow],
    [layout.plus, volts],
    [layout.minus, ground],
    [layout.diodeCount, saturationAmps === undefined ? 0 : 1],
    [layout.diodes, diode],
    [layout.entryCount, 1],
    [layout.entries, entries],
    [layout.dense, dense],
    [layout.gear, gear ? 1 : 0],
  ] as const) {
    word(header + offset, value!);
  }
  number(header + layout.rate, rate);
  number(header + layout.relativeTolerance, 1e-9);
  number(header + layout.absoluteTolerance, 1e-12);
  number(header + layout.jumpVolts, Number.POSITIVE_INFINITY);
  word(inputRecord!, right!);
  number(inputRecord! + 8, driveSiemens);
  number(constant!, linear);
  words(residualRow!, [right!, 1, volts, 0]);
  number(residualRow! + 16, linear);
  words(factorSteps!, [matrix!, 0, 0, residuals!]);
  words(backSteps!, [matrix!, residuals!, change, 0]);
  words(chargeRow!, [history!, 1]);
  words(chargeRow! + 16, [volts, 0]);
  number(chargeRow! + 24, farads);
  words(entries!, [matrix!, dense!]);
  // Anode at the node, cathode at ground, whose row and columns nobody looks at.
  words(diode, [volts, ground, residuals!, nowhere!, matrix!, nowhere!, nowhere!, nowhere!]);
  const junction = diode + layout.diodeJunction;
  number(junction + layout.junctionThermal, thermalVolts);
  number(junction + layout.junctionInverseThermal, 1 / thermalVolts);
  number(junction + layout.junctionSaturation, saturationAmps ?? 0);
  number(junction + layout.junctionLimit, thermalVolts);
  number(junction + layout.junctionCritical, 0.6);
  number(junction + layout.junctionTolerance, 1e-9);
  number(diode + layout.diodeBreakdown, 1e300);
  number(diode + layout.diodeDepletion + layout.depletionKnee, Number.NEGATIVE_INFINITY);
  kernel.startCircuit(header);

  const run = (input: readonly number[], { block = input.length, at = sound } = {}) => {
    const output: number[] = [];
    kernel.reserve(at + 16 * block);
    for (let start = 0; start < input.length; start += block) {
      const piece = input.slice(start, start + block);
      piece.forEach((value, n) => {
        kernel.view.setFloat64(at + 8 * n, value, true);
        kernel.view.setFloat64(at + 8 * (block + n), -7, true);
      });
      const result = kernel.runCircuit(header, piece.length, at, at + 8 * block);
      for (let n = 0; n < piece.length; n++) output.push(kernel.view.getFloat64(at + 8 * (block + n), true));
      if (result !== piece.length) return { output, result };
    }
    return { output, result: input.length };
  };
  /** What the next step starts from, apart from the last iteration. */
  const state = () =>
    [
      [differences!, layout.differenceBytes / 8],
      [history!, 1],
      [chargeRow! + 8, 1],
      [junction + layout.junctionSettled, 1],
      [diode + layout.diodeCharge + layout.chargeHistory, 2],
      [header + layout.lastInput, 1],
    ].flatMap(([address, count]) =>
      Array.from({ length: count! }, (_, k) => kernel.view.getFloat64(address! + 8 * k, true)),
    );
  return { kernel, header, run, state };
}

const noise = (count: number, peak: number) => {
  let seed = 12345;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return peak * (seed / 2 ** 31 - 1);
  });
};
const clipper = { driveSiemens: 1 / 2200, siemens: 1 / 2200, farads: 10e-9, saturationAmps: 2.5e-9 };

describe("the circuit kernel", () => {
  it("charges a capacitor through a resistor as the trapezoidal rule does on paper", () => {
    const a = 0.05; // half a step over RC
    const { run } = open({ driveSiemens: 1e-3, siemens: 1e-3, farads: 1e-7, stepSeconds: 1e-5 });
    const { output } = run(Array(200).fill(1));
    // From rest, where nothing flows: what lacks shrinks by (1 - a) / (1 + a) from step to step.
    for (const [n, value] of output.entries()) {
      expect(value).toBeCloseTo(1 - ((1 - a) / (1 + a)) ** n / (1 + a), 13);
    }
  });

  it("does so under Gear's rule", () => {
    const { run } = open({ driveSiemens: 1e-3, siemens: 1e-3, farads: 1e-7, stepSeconds: 1e-5, method: "gear2" });
    const { output } = run(Array(200).fill(1));
    let [before, now] = [0, 0];
    for (const value of output) {
      // (3 v - 4 now + before) / (2 step) = (1 - v) / RC, with a step of a tenth of RC.
      const next = (0.2 + 4 * now - before) / 3.2;
      expect(value).toBeCloseTo(next, 13);
      [before, now] = [now, next];
    }
  });

  it("finds the voltage at which a diode takes what a resistor brings", () => {
    const saturationAmps = 1e-9;
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (inputVolts) => {
        const { run } = open({ driveSiemens: 1e-3, siemens: 1e-3, saturationAmps });
        const { output, result } = run([inputVolts]);
        expect(result).toBe(1);
        const volts = output[0] ?? Number.NaN;
        // SPICE's gentle tail in reverse.
        const cube = ((3 * thermalVolts) / (volts * Math.E)) ** 3;
        const amps =
          volts >= -3 * thermalVolts ? saturationAmps * Math.expm1(volts / thermalVolts) : -saturationAmps * (1 + cube);
        // Junctions are settled to 1e-9 V and every iteration squares what is left: rounding alone.
        const slope = 1e-3 + Math.abs(amps) / thermalVolts;
        expect(Math.abs((inputVolts - volts) * 1e-3 - amps) / slope).toBeLessThan(1e-12);
      }),
    );
  });

  it.each([1, 7, 4096])("gives the same bits in blocks of %i samples", (block) => {
    const input = noise(6000, 30);
    const whole = open(clipper).run(input);
    expect(whole.result).toBe(input.length);
    expect(Math.max(...whole.output)).toBeGreaterThan(0.4);
    expect(open(clipper).run(input, { block }).output).toEqual(whole.output);
  });

  it("is not disturbed by another instance that runs in between", () => {
    const [left, right] = [noise(3000, 5), noise(3000, 0.3)];
    const [a, b] = [open(clipper), open({ ...clipper, saturationAmps: 1e-6, method: "gear2" })];
    const [fromA, fromB] = [left, right].map(() => [] as number[]) as [number[], number[]];
    for (let n = 0; n < left.length; n += 100) {
      fromA.push(...a.run(left.slice(n, n + 100)).output);
      fromB.push(...b.run(right.slice(n, n + 100)).output);
    }
    expect(fromA).toEqual(open(clipper).run(left).output);
    expect(fromB).toEqual(open({ ...clipper, saturationAmps: 1e-6, method: "gear2" }).run(right).output);
  });
});

describe("a step that does not settle", () => {
  it("ends the run there, leaves the outputs behind it alone and counts what is done", () => {
    const { run } = open(clipper);
    const { output, result } = run([1, 2, 3, Number.NaN, 4, 5]);
    expect(result).toBe(3);
    expect(output.slice(0, 3).every((value) => value > 0 && value < 1)).toBe(true);
    expect(output.slice(3)).toEqual([-7, -7, -7]);
  });

  it("leaves the circuit as it was after the last settled step", () => {
    const [input, more] = [noise(500, 3), noise(500, 4)];
    const { run, state } = open(clipper);
    run(input);
    const before = state();
    expect(run([Number.NaN]).result).toBe(0);
    expect(state()).toEqual(before);
    // What is left of the failure is where Newton's iteration begins to limit: results are the same as far as it settles.
    const undisturbed = open(clipper);
    undisturbed.run(input);
    const expected = undisturbed.run(more).output;
    const { output, result } = run(more);
    expect(result).toBe(more.length);
    expect(Math.max(...output.map((value, n) => Math.abs(value - (expected[n] ?? Number.NaN))))).toBeLessThan(1e-9);
  });

  it("is told from equations without a single solution by the highest bit", () => {
    // Amps into a diode and nothing else: backwards, no voltage takes more than what saturates.
    const { run, state } = open({ driveSiemens: 1e-3, siemens: 0, saturationAmps: 1e-9 });
    const { output, result } = run([1, 2, -1, 1]);
    expect(result).toBe(2 - single);
    expect(result & 0x7fffffff).toBe(2);
    // Amps over saturation, plus 1, are the exponential.
    expect(output[0]).toBeCloseTo(thermalVolts * Math.log1p(1e-3 / 1e-9), 9);
    expect(output[1]).toBeCloseTo(thermalVolts * Math.log1p(2e-3 / 1e-9), 9);
    expect(output.slice(2)).toEqual([-7, -7]);
    expect(state().at(-1)).toBe(2);
    expect(run([1]).output[0]).toBeCloseTo(thermalVolts * Math.log1p(1e-3 / 1e-9), 9);
  });

  it("is singular at once where nothing at all hangs on a node", () => {
    expect(open({ driveSiemens: 1e-3, siemens: 0 }).run([1, 0]).result).toBe(-single);
  });
});

describe("the kernel's memory", () => {
  const bytesOf = ({ view }: CircuitKernel) => view.buffer.byteLength;

  it("begins at a multiple of 8 behind what the module itself needs, the same in every instance", () => {
    const { base } = createCircuitKernel();
    expect(base % 8).toBe(0);
    expect(base).toBeGreaterThan(2048);
    expect(createCircuitKernel().base).toBe(base);
  });

  it("grows by what is asked for and goes on with the circuit in it", () => {
    const input = noise(2000, 5);
    const expected = open(clipper).run(input).output;
    const { kernel, run } = open(clipper);
    const first = run(input.slice(0, 1000)).output;
    const [before, small] = [kernel.view, bytesOf(kernel)];
    kernel.reserve(small);
    expect(kernel.view).toBe(before);
    kernel.reserve(5_000_000);
    expect(bytesOf(kernel)).toBeGreaterThanOrEqual(5_000_000);
    expect(before.buffer.byteLength).toBe(0);
    const second = run(input.slice(1000), { at: 4_900_000 }).output;
    expect([...first, ...second]).toEqual(expected);
  });

  it("says how much was too much", () => {
    const { reserve } = createCircuitKernel();
    expect(() => reserve(5 * 2 ** 30)).toThrow(expect.objectContaining({ code: "out-of-memory" }));
    expect(() => reserve(5 * 2 ** 30)).toThrow(/5120 MiB/);
  });
});
