import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148 } from "./models.ts";

/** Second order: a coupling capacitor in front, so that loud low notes push the working point about. */
export const diodeClipper2: LibraryCircuit = {
  name: "diode-clipper-2",
  summary: "a coupling capacitor, then resistor, capacitor and two diodes",
  netlist: `Diode clipper, second order
*.input Vin volts=1
*.output out volts=1
*.knob drive "Drive"
*.knob asymmetry "Asymmetry"
.param drive=0.5 asymmetry=0
Vin in 0 0
* 0 to 34 dB
Egain hot 0 in 0 {pow(50,drive)}
C1 hot mid 470n
R1 mid out 2.2k
R2 out 0 100k
C2 out 0 10n
* the second diode becomes up to two in series
D1 out 0 D1N4148
D2 0 out Dlower
${diode1n4148}
.model Dlower D(IS=2.52n RS={0.568*(1+asymmetry)} N={1.752*(1+asymmetry)} CJO={4p/(1+asymmetry)} M=0.4 TT=20n)
.end
`,
};
