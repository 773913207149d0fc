import type { Expression } from "../circuit.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import type { Place } from "./netlist.ts";
import { call, combine, constant } from "./piecewise.ts";

/** Parameters that make a diode one of straight lines. */
export const idealDiodeParameters: ReadonlySet<string> = new Set(
  "ron roff vfwd vrev rrev ilimit revilimit epsilon revepsilon".split(" "),
);

/** The conductance of LTspice's gmin, which ROFF is where none is written. */
const leakOhms = 1e12;

/**
 * The current of LTspice's idealised diode: ROFF below VFWD, RON above it, RREV (else RON) beyond VREV the other way.
 *
 * With EPSILON the bend is a parabola of that width around VFWD; REVEPSILON likewise. Limits of current are refused.
 *
 * @see LTspice help, "D. Diode"
 */
export function idealDiode(
  terminals: readonly [number, number],
  values: Readonly<Record<string, number>>,
  { model, place }: { readonly model: string; readonly place: Place },
): Expression {
  const { ron = 1, roff = leakOhms, vfwd = 0, vrev, rrev = ron, epsilon = 0, revepsilon = 0 } = values;
  const refuse = (message: string, hint: string) =>
    netlistError("netlist-value", place, `model ${quoted(model)}: ${message}`, hint);
  if (!(ron > 0 && roff > 0 && rrev > 0)) throw refuse(`RON=${ron} ROFF=${roff} RREV=${rrev}`, "they are above 0");
  const limit = ["ilimit", "revilimit"].find((name) => values[name] !== undefined);
  if (limit) throw refuse(`${limit.toUpperCase()} is not simulated`, "leave it out, or put a resistor in series");
  const volts: Expression = { kind: "voltage", nodes: terminals };
  const leak = combine("divide", volts, constant(roff));
  const forward = bend(combine("subtract", volts, constant(vfwd)), epsilon);
  const sum = combine("add", leak, combine("multiply", constant(1 / ron - 1 / roff), forward));
  if (vrev === undefined) return sum;
  const reverse = bend(combine("subtract", combine("multiply", constant(-1), volts), constant(vrev)), revepsilon);
  return combine("subtract", sum, combine("multiply", constant(1 / rrev - 1 / roff), reverse));
}

/** 0 below 0 and x above it; between -width/2 and width/2 a parabola. */
function bend(x: Expression, width: number): Expression {
  if (!(width > 0)) return call("uramp", x);
  const inside = call("limit", combine("add", x, constant(width / 2)), constant(0), constant(width));
  const curve = combine("divide", combine("multiply", inside, inside), constant(2 * width));
  return combine("add", curve, call("uramp", combine("subtract", x, constant(width / 2))));
}
