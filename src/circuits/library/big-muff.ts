import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148, transistor2n5088 } from "./models.ts";

/** One clipping stage of the Big Muff: a common-emitter transistor with diodes in its feedback. */
export const bigMuff: LibraryCircuit = {
  name: "big-muff",
  summary: "a transistor stage with diodes in its feedback",
  netlist: `Big Muff: sustain and first clipping stage
*.input Vin volts=1
*.output out volts=1
*.knob sustain "Sustain"
.param sustain=0.5
Vin in 0 0
Vcc vcc 0 9
* the booster in front: 22 dB out of 10k, up to 4 V
Bbooster boost 0 I={0.4m*tanh(3*V(in))}
Rbooster boost 0 10k
C4 boost top 1u
Rsustaina top wiper {1+100k*(1-sustain)}
Rsustainb wiper foot {1+100k*sustain}
R23 foot 0 1k
* the stage
C5 wiper c5 100n
R19 c5 base 10k
R20 base 0 100k
R17 collector base 470k
C12 collector base 470p
R18 vcc collector 10k
R21 emitter 0 150
Q1 collector base emitter Q2N5088
C6 collector d 1u
D1 d base D1N4148
D2 base d D1N4148
C13 collector out 100n
Rload out 0 110k
${transistor2n5088}
${diode1n4148}
.end
`,
};
