import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148, opamp, opampLinear } from "./models.ts";

/** The clipping stage of the Tube Screamer with its tone and level controls: diodes in the feedback of an op-amp. */
export const tubeScreamer: LibraryCircuit = {
  name: "tube-screamer",
  summary: "an op-amp with diodes in its feedback, tone and level",
  netlist: `Tube Screamer: clipping stage, tone and level
*.input Vin volts=1
*.output out volts=1
*.knob drive taper=A15 "Drive"
*.knob tone "Tone"
*.knob level taper=A15 "Level"
.param drive=0.15 tone=0.5 level=0.5
* the tone pot's G taper: steep in the middle, so that it does something all the way round
.param treble={tone*tone*tone*(10-15*tone+6*tone*tone)}
Vin in 0 0
Vref ref 0 4.5
* clipping stage: 22 to 41 dB above 720 Hz
C2 in plus 1u
R5 plus ref 10k
Xa plus minus clip opamp
R4 minus low 4.7k
C3 low ref 47n
R6 minus feedback 51k
Rdrive feedback clip {1+500k*drive}
C4 minus clip 51p
D1 minus clip D1N4148
D2 clip minus D1N4148
* tone
R7 clip tp 1k
C5 tp ref 220n
R8 tp ref 10k
Xb tp tn tout opamplinear
R11 tn tout 1k
Rtonea tn wiper {1+20k*(1-treble)}
Rtoneb wiper tp {1+20k*treble}
R9 wiper wc 220
C6 wc ref 220n
* level
C8 tout lc 1u
R10 lc top 1k
Rlevela top out {1+100k*(1-level)}
Rlevelb out 0 {1+100k*level}
R12 out 0 510k
${diode1n4148}
${opamp}
${opampLinear}
.end
`,
};
