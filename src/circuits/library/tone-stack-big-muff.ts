import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone control of the Big Muff: a low-pass against a high-pass, with a notch between them. */
export const toneStackBigMuff: LibraryCircuit = {
  name: "tone-stack-big-muff",
  summary: "a low-pass against a high-pass",
  netlist: `Tone control, Big Muff of 1975
*.input Vin volts=1
*.output out volts=1
*.knob tone "Tone"
.param tone=0.5
Vin in 0 0
* the collector resistor of the stage in front
Rsource in top 10k
R8 top low 39k
C8 low 0 10n
C9 top high 4n
R5 high 0 22k
Rtonea low out {1+100k*tone}
Rtoneb out high {1+100k*(1-tone)}
Rload out 0 100k
.end
`,
};
