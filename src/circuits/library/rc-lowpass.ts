import type { LibraryCircuit } from "./library-circuit.ts";

/** A resistor into a capacitor: 6 dB per octave above the cutoff. */
export const rcLowpass: LibraryCircuit = {
  name: "rc-lowpass",
  summary: "a resistor into a capacitor",
  netlist: `RC low-pass
*.input Vin volts=1
*.output out volts=1
*.knob cutoff "Cutoff"
.param cutoff=0.5
Vin in 0 0
* 100k to 1k: 160 Hz to 16 kHz
R1 in out {100k*pow(0.01,cutoff)}
C1 out 0 10n
R2 out 0 10meg
.end
`,
};
