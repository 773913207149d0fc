import type { LibraryCircuit } from "./library-circuit.ts";
import { jfet2n5952, opampLinear } from "./models.ts";

/** Two all-pass stages of a phaser with JFETs as variable resistors, mixed with the dry sound: one notch. */
export const phaserStages: LibraryCircuit = {
  name: "phaser-stages",
  summary: "two all-pass stages with JFETs as resistors",
  netlist: `Phaser, two stages
*.input Vin
*.output out
*.knob sweep "the gates' voltage: where the notch lies"
.param sweep=0.5
Vin in 0 0
Vcc vcc 0 9
Vref ref 0 5.1
Vgate gate ref {-1.9+1.2*sweep}
Cin in i0 100n
Rin i0 ref 470k
* first stage
C1 i0 p1 47n
R1 p1 ref 24k
J1 p1 gate ref J2N5952
R2 i0 n1 10k
R3 n1 s1 10k
Xa p1 n1 s1 opamplinear
* second stage
C2 s1 p2 47n
R4 p2 ref 24k
J2 p2 gate ref J2N5952
R5 s1 n2 10k
R6 n2 s2 10k
Xb p2 n2 s2 opamplinear
* mix
R7 i0 mix 150k
R8 s2 mix 150k
Cout mix out 100n
R9 out 0 1meg
${jfet2n5952}
${opampLinear}
.end
`,
};
