import type { LibraryCircuit } from "./library-circuit.ts";
import { transistorOc44 } from "./models.ts";

/** A germanium transistor behind a small capacitor: boosts what lies above the bass. */
export const trebleBooster: LibraryCircuit = {
  name: "treble-booster",
  summary: "one germanium transistor behind a small capacitor",
  netlist: `Treble booster (Rangemaster), plus at ground
*.input Vin volts=1
*.output out volts=5
*.knob boost taper=A15 "Boost"
.param boost=0.5
Vin in 0 0
Vcc vcc 0 -9
* a pickup, as far as it is a resistance
Rsource in src 10k
C1 src b 4.7n
R1 vcc b 470k
R2 b 0 68k
Q1 c b e QOC44
R3 e 0 3.9k
C3 e 0 47u
Rboosta vcc w {1+10k*boost}
Rboostb w c {1+10k*(1-boost)}
C2 w out 10n
Rload out 0 1meg
${transistorOc44}
.end
`,
};
