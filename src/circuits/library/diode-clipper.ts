import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148 } from "./models.ts";

/** First order: a resistor into a capacitor with two opposed diodes across it, as behind the op-amp of many pedals. */
export const diodeClipper: LibraryCircuit = {
  name: "diode-clipper",
  summary: "one resistor, one capacitor, two diodes",
  netlist: `Diode clipper, first order
*.input Vin volts=1
*.output out volts=1
*.knob drive "Drive"
.param drive=0.5
Vin in 0 0
* 0 to 34 dB
Egain hot 0 in 0 {pow(50,drive)}
R1 hot out 2.2k
C1 out 0 10n
D1 out 0 D1N4148
D2 0 out D1N4148
${diode1n4148}
.end
`,
};
