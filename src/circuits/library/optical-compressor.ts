import type { LibraryCircuit } from "./library-circuit.ts";
import { photocoupler } from "./models.ts";

/** A lamp that follows the output shines on a photo-resistor in front of it: levelling with a fast and a slow memory. */
export const opticalCompressor: LibraryCircuit = {
  name: "optical-compressor",
  summary: "a lamp and a photo-resistor",
  netlist: `Optical compressor
*.input Vin volts=1
*.output out volts=1
*.knob reduction taper=A15 "Peak reduction"
*.knob gain min=0 max=20 unit=dB "Gain"
.param reduction=0.4 gain=8
Vin in 0 0
R1 in cell 68k
Edrive lamp 0 cell 0 {20*reduction}
Xcell cell 0 lamp 0 photocoupler
Egain out 0 cell 0 {pow(10,gain/20)}
Rload out 0 100k
${photocoupler}
.end
`,
};
