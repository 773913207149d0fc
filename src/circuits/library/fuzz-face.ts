import type { LibraryCircuit } from "./library-circuit.ts";
import { transistorBc108 } from "./models.ts";

/** The Fuzz Face with silicon transistors: two transistors that bias each other. */
export const fuzzFace: LibraryCircuit = {
  name: "fuzz-face",
  summary: "two transistors that bias each other",
  netlist: `Fuzz Face
*.input Vin
*.output out
*.knob fuzz "gain"
*.knob level "volume"
.param fuzz=0.8 level=0.8
Vin in 0 0
Vcc vcc 0 9
Rs in src 10k
C1 src b1 2.2u
Q1 c1 b1 0 QBC108
R1 vcc c1 33k
Q2 c2 c1 e2 QBC108
R2 vcc tap 470
R3 tap c2 8.2k
R4 b1 e2 100k
Rfuzza e2 wiper {1+1k*(1-fuzz)}
Rfuzzb wiper 0 {1+1k*fuzz}
C2 wiper gnd2 20u
Rc2 gnd2 0 1
C3 tap lc 10n
Rlevela lc out {1+500k*(1-(pow(50,level)-1)/49)}
Rlevelb out 0 {1+500k*(pow(50,level)-1)/49}
R5 out 0 1meg
${transistorBc108}
.end
`,
};
