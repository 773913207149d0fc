import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148 } from "./models.ts";

/** Second order: a coupling capacitor in front, so that loud low notes push the working point about. */
export const diodeClipper2: LibraryCircuit = {
  name: "diode-clipper-2",
  summary: "a coupling capacitor, then resistor, capacitor and two diodes",
  netlist: `Diode clipper, second order
*.input Vin
*.output out
*.knob drive "gain in front, 0 to 34 dB"
*.knob symmetry "second diode: 0 as strong as the first, 1 three in series"
.param drive=0.5 symmetry=0
Vin in 0 0
Egain hot 0 in 0 {pow(50,drive)}
C1 hot mid 470n
R1 mid out 2.2k
R2 out 0 100k
C2 out 0 10n
D1 out 0 D1N4148
D2 0 out DUPPER
${diode1n4148}
.model DUPPER D(IS=2.52n RS=0.568 N={1.752*(1+2*symmetry)} CJO=4p TT=20n)
.end
`,
};
