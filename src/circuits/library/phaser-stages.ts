import type { LibraryCircuit } from "./library-circuit.ts";
import { jfet2n5952, opampLinear } from "./models.ts";

/** Two all-pass stages of a phaser with JFETs as variable resistors, mixed with the dry sound: one notch. */
export const phaserStages: LibraryCircuit = {
  name: "phaser-stages",
  summary: "two all-pass stages with JFETs as resistors",
  netlist: `Phaser: two all-pass stages of a Phase 90
*.input Vin volts=1
*.output out volts=1
*.knob sweep "Sweep"
.param sweep=0.5
Vin in 0 0
* the gates, against the zener's 5.1 V which is ground here: from off to half a volt above
Vgate gate 0 {-2.4+0.5*sweep*sweep}
C5 in i0 10n
R14 i0 0 470k
Ebuffer i1 0 i0 0 1
* first stage
C1 i1 p1 47n
R6 p1 0 24k
J1 p1 gate 0 J2N5952
R1 i1 n1 10k
R2 n1 s1 10k
Xa p1 n1 s1 opamplinear gbw=1meg
* second stage
C3 s1 p2 47n
R25 p2 0 24k
J2 p2 gate 0 J2N5952
R11 s1 n2 10k
R10 n2 s2 10k
Xb p2 n2 s2 opamplinear gbw=1meg
* mix
R16 i1 mix 150k
R8 s2 mix 150k
C2 mix out 47n
Rload out 0 1meg
${jfet2n5952}
${opampLinear}
.end
`,
};
