import type { LibraryCircuit } from "./library-circuit.ts";
import { triode12ax7 } from "./models.ts";

/** A common-cathode stage with half of a 12AX7, as in the first stage of a guitar amplifier. */
export const triodeStage: LibraryCircuit = {
  name: "triode-stage",
  summary: "half of a 12AX7",
  netlist: `Common-cathode triode stage
*.input Vin volts=4
*.output out volts=100
*.knob volume taper=A15 "Volume"
*.knob bypass positions=off,on "Cathode capacitor"
.param volume=0.5 bypass=1
Vin in 0 0
Vhigh hv 0 300
R1 in 0 1meg
R2 in grid 68k
Xt plate grid cathode triode12ax7
R3 hv plate 100k
R4 cathode 0 1.5k
C1 cathode cb 22u
Rbypass cb 0 {bypass > 0.5 ? 1 : 1g}
C2 plate top 22n
Rvolumea top out {1+1meg*(1-volume)}
Rvolumeb out 0 {1+1meg*volume}
${triode12ax7}
.end
`,
};
