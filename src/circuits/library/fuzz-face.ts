import type { LibraryCircuit } from "./library-circuit.ts";
import { transistorBc108 } from "./models.ts";

/** The Fuzz Face with silicon transistors: two transistors that bias each other. */
export const fuzzFace: LibraryCircuit = {
  name: "fuzz-face",
  summary: "two transistors that bias each other",
  netlist: `Fuzz Face, silicon
*.input Vin volts=1
*.output out volts=0.35
*.knob fuzz taper=C15 "Fuzz"
*.knob volume taper=A15 "Volume"
.param fuzz=0.85 volume=0.5
Vin in 0 0
Vcc vcc 0 9
* a pickup, as far as it is a resistance
Rsource in src 10k
C1 src b1 2.2u
Q1 c1 b1 0 QBC108
R1 vcc c1 33k
Q2 c2 c1 e2 QBC108
R2 vcc tap 330
R3 tap c2 8.2k
R4 b1 e2 100k
Rfuzza e2 wiper {1+1k*(1-fuzz)}
Rfuzzb wiper 0 {1+1k*fuzz}
C2 wiper esr 20u
Resr esr 0 1
C3 tap top 10n
Rvolumea top out {1+500k*(1-volume)}
Rvolumeb out 0 {1+500k*volume}
Rload out 0 1meg
${transistorBc108}
.end
`,
};
