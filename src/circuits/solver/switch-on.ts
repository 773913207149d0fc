import { isTonewrightError } from "../../errors/index.ts";
import type { Device, Dynamics } from "../devices/device.ts";
import type { CircuitSolverOptions } from "./circuit-solver.ts";
import { type Equations, unknownOfNode } from "./equations.ts";
import { StepSystem } from "./step-system.ts";

/** Capacitance from every node to ground, so that none can jump. */
const nodeFarads = 1e-12;

const firstStepSeconds = 1e-9;
/** After such a step everything has come to rest. */
const lastStepSeconds = 1e6;
/** How much longer each step is than the one before: boldly, then with more and more care. */
const growths = [4, 1.6, 1.15];

/**
 * Switches a circuit on and waits until nothing moves: the way to an operating point that is hard to guess, such as that of
 * op-amps in feedback. Steps of Euler's backward rule, which become longer while they settle.
 *
 * @param options.devices - At the places of the block of any system with the same `touched`; left without currents in charges.
 * @returns Shape `[size]`, to be settled in a last iteration without any capacitance; nothing if it did not come to rest.
 */
export function switchOn(
  equations: Equations,
  {
    touched,
    options,
    devices,
    dynamics,
  }: {
    readonly touched: ReadonlySet<number>;
    readonly options: CircuitSolverOptions;
    readonly devices: readonly Device[];
    readonly dynamics: Dynamics;
  },
): Float64Array | undefined {
  const nodes = equations.names.filter((name) => name.startsWith("V(")).length;
  const slowed: Equations = {
    ...equations,
    capacitances: [
      ...equations.capacitances,
      ...Array.from({ length: nodes }, (_, k) => ({
        row: unknownOfNode(k + 1),
        column: unknownOfNode(k + 1),
        value: nodeFarads,
      })),
    ],
  };
  const hold = (rate: number) => {
    for (const device of devices) device.start({ ...dynamics, rate });
  };
  for (const growth of growths) {
    const x = new Float64Array(equations.size);
    let settled = true;
    // At 0 V nothing is charged.
    hold(0);
    for (let stepSeconds = firstStepSeconds; settled && stepSeconds < lastStepSeconds; stepSeconds *= growth) {
      const rate = 1 / stepSeconds;
      const system = new StepSystem(slowed, { touched, rate, options, devicesOf: () => devices });
      if (stepSeconds > firstStepSeconds) hold(rate);
      const right = equations.sources.slice();
      for (const { row, column, value } of slowed.capacitances) right[row]! += rate * value * x[column]!;
      settled = settles(() => system.solve(right, x, { dynamics: { ...dynamics, rate }, iterations: 50 }));
    }
    hold(0);
    if (settled) return x;
  }
  return undefined;
}

/** An iteration that comes upon equations without one solution has not settled. */
function settles(solve: () => boolean): boolean {
  try {
    return solve();
  } catch (error) {
    if (isTonewrightError(error) && error.code === "singular-circuit") return false;
    throw error;
  }
}
