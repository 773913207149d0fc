import type { LibraryCircuit } from "./library-circuit.ts";

/** A lamp that follows the output shines on a photo-resistor in front of it: levelling with a fast and a slow memory. */
export const opticalCompressor: LibraryCircuit = {
  name: "optical-compressor",
  summary: "a lamp and a photo-resistor",
  netlist: `Optical compressor
*.input Vin
*.output out
*.knob reduction "how much the lamp gets"
*.knob gain "behind the divider"
.param reduction=0.6 gain=0.5
Vin in 0 0
* the divider: its lower half is the cell
R1 in cell 68k
Rdark cell 0 1meg
Bcell cell 0 I={V(cell)*(V(light)*0.001+1n)}
* what drives the lamp: rectified output
Eamp out 0 cell 0 {pow(10,2*gain)}
Rload out 0 100k
Blamp lamp 0 V={min(10,abs(V(out))*{reduction*reduction}*20)}
* light rises in some ms, falls fast at first and then slowly
Rattack lamp l1 1k
Dattack l1 fast Dideal
Cfast fast 0 5u
Rfast fast 0 10k
Rcouple fast slow 20k
Cslow slow 0 20u
Rslow slow 0 100k
Elight light 0 fast 0 1
Rlight light 0 1meg
.model Dideal D(IS=1n N=0.1)
.end
`,
};
