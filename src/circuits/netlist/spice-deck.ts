import { checkOptions } from "../../errors/index.ts";
import { checkNetlist } from "./check-netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import type { Netlist } from "./netlist.ts";
import { resolveCircuit, type ResolveOptions } from "./resolve-circuit.ts";
import { SpiceNames } from "./spice-names.ts";
import { settingLines, spiceLines, spiceText } from "./write-spice.ts";

/** What ngspice is to simulate. */
export interface SpiceDeckOptions extends ResolveOptions {
  /** A text file with lines `seconds value`, where a value of 1 is full scale. Relative to ngspice's working folder. */
  readonly inputFile: string;
  readonly seconds: number;
  /** Largest step of the integration. */
  readonly stepSeconds: number;
  /** A node by its name in the circuit. Default is the netlist's output. */
  readonly outputNode?: string;
  /**
   * Guesses of the voltages at rest by the circuit's node names, for `.nodeset`. Where ngspice does not settle by itself it
   * starts from a rest that is none, and a slow capacitor keeps that for long.
   */
  readonly startVolts?: Readonly<Record<string, number>>;
  /** Settings of `.options`. Below 1e-12 A, ngspice's operating points of op-amps drown in rounding and never settle. */
  readonly tolerances?: string;
}

/**
 * An ngspice deck that plays a sound file through a netlist: `ngspice -b -r out.raw deck.cir`.
 *
 * It needs ngspice's XSPICE models (the Debian package has them). Between the file's points the input is a straight line, so
 * the file should be oversampled. The result holds time and one voltage, at times that ngspice chooses.
 *
 * @returns The text of the deck. The voltage is in volts, not divided by the volts of `*.output`.
 * @throws TonewrightError `netlist-port` if the netlist has no input or output, `wrong-call`, `unknown-option`, `missing-option`, and
 *   those of `resolveCircuit`
 * @see ngspice 39 manual, section 12.2.8 (filesource)
 */
export function spiceDeck(netlist: Netlist, options: SpiceDeckOptions): string {
  const call = "spiceDeck(netlist, options)";
  checkNetlist(call, netlist);
  checkOptions(call, options, {
    inputFile: true,
    seconds: true,
    stepSeconds: true,
    outputNode: false,
    startVolts: false,
    tolerances: false,
    knobs: false,
    parameters: false,
  });
  const { inputFile, seconds, stepSeconds, outputNode, startVolts = {}, knobs = {}, parameters = {} } = options;
  const { tolerances = "reltol=1e-6 abstol=1e-12 vntol=1e-9 method=trap" } = options;
  const circuit = resolveCircuit(netlist, { knobs, parameters });
  const { input } = netlist;
  const outputs = outputNode === undefined ? netlist.output?.nodes : ([outputNode.toLowerCase(), "0"] as const);
  const source = circuit.elements.find((element) => element.name === input?.source);
  const place = { file: netlist.name, line: 1 };
  if (!input || source?.kind !== "voltage-source") {
    throw netlistError(
      "netlist-port",
      place,
      "the netlist has no input",
      'name the voltage source that the audio drives: "*.input Vin"',
    );
  }
  const [plus, minus] = (outputs ?? []).map((name) => circuit.nodes.indexOf(name === "gnd" ? "0" : name));
  if (plus === undefined || minus === undefined || plus < 0 || minus < 0) {
    throw netlistError(
      "netlist-port",
      place,
      `the circuit has no output ${quoted(outputs?.join(" ") ?? "")}`,
      'name its node: "*.output out"',
    );
  }
  const names = new SpiceNames(circuit);
  const fresh = {
    audio: names.freshNode("audio"),
    behind: names.freshNode("behind_audio"),
    out: names.freshNode("audio_out"),
    file: names.freshElement("a_audio"),
    adder: names.freshElement("e_audio"),
    probe: names.freshElement("e_audio_out"),
  };
  const [from, to] = source.terminals;
  const lines = circuit.elements.flatMap((element) =>
    element === source
      ? [
          `${names.element(source.name)} ${names.node(from)} ${fresh.behind} dc ${source.volts}`,
          `${fresh.adder} ${fresh.behind} ${names.node(to)} ${fresh.audio} 0 1`,
        ]
      : spiceLines(element, names),
  );
  return spiceText(circuit.title, [
    ...lines,
    `${fresh.file} %v([${fresh.audio}]) audio_file`,
    `.model audio_file filesource(file="${inputFile}" amploffset=[0] amplscale=[${input.volts}] timeoffset=0 timescale=1`,
    "+ timerelative=false amplstep=FALSE)",
    `${fresh.probe} ${fresh.out} 0 ${names.node(plus)} ${names.node(minus)} 1`,
    ...settingLines(circuit, names),
    ...circuit.nodes.flatMap((name, node) => {
      const volts = node > 0 && Object.hasOwn(startVolts, name) ? startVolts[name] : undefined;
      return volts === undefined ? [] : [`.nodeset v(${names.node(node)})=${volts}`];
    }),
    `.options ${tolerances}`,
    `.save v(${fresh.out})`,
    `.tran ${stepSeconds} ${seconds} 0 ${stepSeconds}`,
  ]);
}
