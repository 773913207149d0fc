import type { Expression } from "../circuit.ts";
import type { Frame } from "./frame.ts";
import { netlistError, quoted, suggestion } from "./netlist-error.ts";
import type { Place } from "./netlist.ts";
import { call, combine, constant } from "./piecewise.ts";
import type { LazyNumber } from "./resolve-model.ts";

const simulated =
  "vto kp lambda theta mtriode ksubthres subshift rd rs rg rds rb is n bv ibv tt cjo vj m fc eg xti tnom cgs cgdmin cgdmax a".split(
    " ",
  );
const passedOver = new Set(
  (
    "nchan pchan phi kf af rq vq nbv nbvl nb tcvth mu texp0 texp1 trd1 trd2 trg1 trg2 trs1 trs2 trb1 trb2 tksubthres1 tksubthres2 " +
    "cthj rthjc rthca level vds ron qg mfg type part manufacturer subthres wl l w id_max vgs_max vgd_max vds_max pd_max te_max rth_ext"
  ).split(" "),
);
const diodeParameters = ["is", "n", "bv", "ibv", "tt", "cjo", "vj", "m", "fc", "eg", "xti", "tnom"];

/**
 * A vertical power MOSFET, laid out as what it consists of: channel, resistances, body diode, gate capacitances.
 *
 * The gate-drain capacitance is a charge over its voltage, laid onto a capacitor of its own. Left out: the quasi-saturation
 * (RQ, VQ) and the temperature of everything but the diode.
 *
 * @param nodes - Drain, gate, source.
 * @see ngspice 39, devices/vdmos; LTspice help, "M. MOSFET"
 */
export function addVdmos(
  frame: Frame,
  {
    name,
    place,
    nodes,
    model,
    parameters,
    count,
  }: {
    readonly name: string;
    readonly place: Place;
    readonly nodes: readonly string[];
    readonly model: string;
    readonly parameters: ReadonlyMap<string, LazyNumber>;
    /** As many in parallel. */
    readonly count: number;
  },
): void {
  const { builder, prefix, ports } = frame;
  for (const [parameter, { formula }] of parameters) {
    if (simulated.includes(parameter) || passedOver.has(parameter)) continue;
    throw netlistError(
      "netlist-parameter",
      formula.place,
      `model ${quoted(model)}: no parameter ${quoted(parameter)} of VDMOS`,
      `${suggestion(parameter, simulated)}simulated are: ${simulated.join(", ")}`,
    );
  }
  const get = (parameter: string, otherwise: number) => parameters.get(parameter)?.value() ?? otherwise;
  const sign = parameters.has("pchan") ? -1 : 1;
  const ranged = (parameter: string, otherwise: number) => {
    const value = get(parameter, otherwise);
    if (value >= 0) return value;
    throw netlistError(
      "netlist-value",
      place,
      `model ${quoted(model)}: ${parameter.toUpperCase()} is ${value}`,
      "it is 0 or more; leave it out for the usual value",
    );
  };
  const full = prefix + name;
  const at = builder.locate(place);
  const inner = (what: string) => builder.node(`${name}#${what}`, { prefix, ports, place });
  const [drain = 0, gate = 0, source = 0] = nodes.map((node) => builder.node(node, { prefix, ports, place }));
  const resistor = (what: string, terminals: readonly [number, number], ohms: number) =>
    builder.add({ kind: "resistor", name: `${full}#${what}`, ...at, terminals, ohms: ohms / count });
  /** The node behind a resistance, or the same where there is none. */
  const behind = (what: string, node: number): number => {
    const ohms = ranged(what, 0);
    if (!(ohms > 0)) return node;
    const end = inner(what);
    resistor(what, [node, end], ohms);
    return end;
  };
  const [d, g, s] = [behind("rd", drain), behind("rg", gate), behind("rs", source)];
  if (get("rds", 0) > 0) resistor("rds", [drain, source], get("rds", 0));

  const volts = (a: number, b: number): Expression =>
    a === b ? constant(0) : { kind: "voltage", nodes: sign > 0 ? [a, b] : [b, a] };
  const channel = {
    threshold: sign * get("vto", 0),
    gain: ranged("kp", 1),
    lambda: get("lambda", 0),
    theta: get("theta", 0),
    triode: get("mtriode", 1),
    shift: get("subshift", 0),
    slope: get("ksubthres", 0.1),
  };
  const amps = call(
    "if",
    combine("less", volts(d, s), constant(0)),
    combine("multiply", constant(-1), channelAmps(volts(g, d), volts(s, d), channel)),
    channelAmps(volts(g, s), volts(d, s), channel),
  );
  const expression = combine("multiply", constant(sign * count), amps);
  builder.add({ kind: "behavioural-current", name: full, ...at, terminals: [d, s], expression });

  const body = Object.fromEntries(
    diodeParameters.flatMap((parameter) => {
      const value = parameters.get(parameter)?.value();
      return value === undefined ? [] : [[parameter, value]];
    }),
  );
  builder.add({
    kind: "diode",
    name: `${full}#body`,
    ...at,
    terminals: sign > 0 ? [source, drain] : [drain, source],
    area: count,
    parameters: { ...body, rs: get("rb", 0) },
  });
  const gateFarads = ranged("cgs", 0) * count;
  if (gateFarads > 0) {
    builder.add({ kind: "capacitor", name: `${full}#cgs`, ...at, terminals: [g, s], farads: gateFarads });
  }
  const [least, most] = [ranged("cgdmin", 0) * count, ranged("cgdmax", 0) * count];
  if (!(most > 0) && !(least > 0)) return;
  const charge = inner("cgd");
  const scale = Math.max(least, most);
  const curve = volts(g, d);
  // The node has as many volts as there are charges of `scale`; what flows into its capacitor flows from the gate.
  const sensor = `${full}#cgdv`;
  const before = inner("cgdv");
  builder.add({
    kind: "behavioural-voltage",
    name: `${full}#cgd`,
    ...at,
    terminals: [before, 0],
    expression: gateCharge(curve, { least: least / scale, most: most / scale, steepness: get("a", 1) }),
  });
  builder.add({ kind: "voltage-source", name: sensor, ...at, terminals: [before, charge], volts: 0 });
  builder.add({ kind: "capacitor", name: `${full}#cgdq`, ...at, terminals: [charge, 0], farads: scale });
  builder.add({ kind: "cccs", name: `${full}#cgdi`, ...at, terminals: sign > 0 ? [g, d] : [d, g], gain: 1, sensor });
}

interface Channel {
  readonly threshold: number;
  readonly gain: number;
  readonly lambda: number;
  readonly theta: number;
  readonly triode: number;
  readonly shift: number;
  readonly slope: number;
}

/** Of an N channel, `across` at least 0. */
function channelAmps(control: Expression, across: Expression, channel: Channel): Expression {
  const over = combine("subtract", control, constant(channel.threshold + channel.shift));
  const drive = softened(over, channel.slope);
  const gain = combine(
    "multiply",
    constant(channel.gain),
    combine("add", constant(1), combine("multiply", constant(channel.lambda), across)),
  );
  const held =
    channel.theta === 0
      ? gain
      : combine(
          "divide",
          gain,
          combine("add", constant(1), combine("multiply", constant(channel.theta), call("uramp", control))),
        );
  const reach = combine("multiply", constant(channel.triode), across);
  const saturated = combine("multiply", constant(0.5), combine("multiply", drive, drive));
  const linear = combine("multiply", reach, combine("subtract", drive, combine("multiply", constant(0.5), reach)));
  return combine("multiply", held, call("if", combine("less", drive, reach), saturated, linear));
}

/** `slope ln(1 + exp(x / slope))`: the square law goes over into an exponential below the threshold. */
function softened(x: Expression, slope: number): Expression {
  if (!(slope > 0)) return call("uramp", x);
  const steps = combine("divide", x, constant(slope));
  const soft = call("ln", combine("add", constant(1), call("exp", steps)));
  return combine("multiply", constant(slope), call("if", combine("less", steps, constant(35)), soft, steps));
}

/** Integral of `s tanh(a v) + y` above 0 V and `s atan(a v) + y` below. */
function gateCharge(
  volts: Expression,
  { least, most, steepness }: { readonly least: number; readonly most: number; readonly steepness: number },
): Expression {
  const s = (most - least) / (1 + Math.PI / 2);
  const y = most - s;
  const av = combine("multiply", constant(steepness), volts);
  // ln(cosh(x)) = x - ln(2) + ln(1 + exp(-2 x)), which does not overflow.
  const decay = call("exp", combine("multiply", constant(-2), call("uramp", av)));
  const above = combine(
    "multiply",
    constant(s / steepness),
    combine("add", combine("subtract", av, constant(Math.LN2)), call("ln", combine("add", constant(1), decay))),
  );
  const square = combine("add", constant(1), combine("multiply", av, av));
  const below = combine(
    "subtract",
    combine("multiply", constant(s), combine("multiply", volts, call("atan", av))),
    combine("multiply", constant(s / (2 * steepness)), call("ln", square)),
  );
  const bent = call("if", combine("less", volts, constant(0)), below, above);
  return combine("add", combine("multiply", constant(y), volts), bent);
}
