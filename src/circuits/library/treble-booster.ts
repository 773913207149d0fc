import type { LibraryCircuit } from "./library-circuit.ts";
import { transistorGermanium } from "./models.ts";

/** A germanium transistor behind a small capacitor: boosts what lies above the bass. */
export const trebleBooster: LibraryCircuit = {
  name: "treble-booster",
  summary: "one germanium transistor behind a small capacitor",
  netlist: `Treble booster
*.input Vin
*.output out
*.knob boost "volume"
.param boost=0.7
Vin in 0 0
Vcc vcc 0 9
Rs in src 10k
C1 src b 4.7n
R1 vcc b 470k
R2 b 0 68k
Q1 c b e QGE
R3 e 0 3.9k
C2 e 0 47u
Rboosta vcc w {1+10k*(1-boost)}
Rboostb w c {1+10k*boost}
C3 w out 10n
R4 out 0 470k
${transistorGermanium}
.end
`,
};
