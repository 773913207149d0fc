import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148, opamp } from "./models.ts";

/** The RAT: an op-amp with much gain, two diodes to ground behind it, and a passive filter. */
export const rat: LibraryCircuit = {
  name: "rat",
  summary: "an op-amp with much gain, diodes to ground, filter",
  netlist: `RAT distortion
*.input Vin
*.output out
*.knob distortion "gain"
*.knob filter "treble off"
*.knob level "volume"
.param distortion=0.5 filter=0.3 level=0.8
Vin in 0 0
Vcc vcc 0 9
Vref ref 0 4.5
C1 in c1 22n
R1 c1 ref 1meg
R2 c1 plus 1k
C2 plus ref 1n
Xa plus minus amp opamp gbw=1meg slew=0.3meg
Rdist minus amp {1+100k*(pow(50,distortion)-1)/49}
C3 minus amp 100p
R3 minus a1 47
C4 a1 ref 2.2u
R4 minus a2 560
C5 a2 ref 4.7u
C6 amp c6 4.7u
R5 c6 clip 1k
D1 clip 0 D1N4148
D2 0 clip D1N4148
Rfilter clip f1 {1.5k+100k*(pow(50,filter)-1)/49}
C7 f1 0 3.3n
C8 f1 f2 22n
Rlevela f2 out {1+100k*(1-(pow(50,level)-1)/49)}
Rlevelb out 0 {1+100k*(pow(50,level)-1)/49}
R6 out 0 1meg
${diode1n4148}
${opamp}
.end
`,
};
