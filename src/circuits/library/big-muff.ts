import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148, transistor2n5088 } from "./models.ts";

/** One clipping stage of the Big Muff: a common-emitter transistor with diodes in its feedback. */
export const bigMuff: LibraryCircuit = {
  name: "big-muff",
  summary: "a transistor stage with diodes in its feedback",
  netlist: `Big Muff clipping stage
*.input Vin
*.output out
*.knob sustain "what reaches the stage"
.param sustain=0.7
Vin in 0 0
Vcc vcc 0 9
Egain hot 0 in 0 {10*pow(30,sustain)/30}
C1 hot c1 100n
R1 c1 base 10k
R2 base 0 100k
R3 vcc collector 15k
R4 emitter 0 150
R5 collector base 470k
C2 collector base 470p
C3 collector d 1u
D1 d base D1N4148
D2 base d D1N4148
Q1 collector base emitter Q2N5088
C4 collector out 100n
R6 out 0 100k
${transistor2n5088}
${diode1n4148}
.end
`,
};
