import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone control of the Big Muff: a low-pass against a high-pass, with a notch between them. */
export const toneStackBigMuff: LibraryCircuit = {
  name: "tone-stack-big-muff",
  summary: "a low-pass against a high-pass",
  netlist: `Big Muff tone
*.input Vin
*.output out
*.knob tone
.param tone=0.5
Vin in 0 0
Rsource in top 1k
R1 top low 39k
C1 low 0 10n
C2 top high 4n
R2 high 0 22k
Rtonea low out {1+100k*tone}
Rtoneb out high {1+100k*(1-tone)}
Rload out 0 100k
.end
`,
};
