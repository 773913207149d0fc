import type { LibraryCircuit } from "./library-circuit.ts";
import { triode12ax7 } from "./models.ts";

/** A common-cathode stage with half of a 12AX7, as in the first stage of a guitar amplifier. */
export const triodeStage: LibraryCircuit = {
  name: "triode-stage",
  summary: "half of a 12AX7",
  netlist: `Common-cathode triode stage
*.input Vin
*.output out
*.knob volume "behind the stage"
*.knob bypass positions=off,on "the capacitor across the cathode resistor"
.param volume=0.8 bypass=1
Vin in 0 0
Vhigh hv 0 300
Rstop in grid 68k
Rgrid in 0 1meg
Xt plate grid cathode triode12ax7
Rplate hv plate 100k
Rcathode cathode 0 1.5k
Cbypass cathode cb 22u
Rbypass cb 0 {bypass > 0.5 ? 1 : 1g}
Cout plate oc 22n
Rvola oc out {1+1meg*(1-(pow(50,volume)-1)/49)}
Rvolb out 0 {1+1meg*(pow(50,volume)-1)/49}
${triode12ax7}
.end
`,
};
