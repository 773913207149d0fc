import type { LibraryCircuit } from "./library-circuit.ts";
import { diode1n4148, jfet2n5458, opamp } from "./models.ts";

/** The RAT: an op-amp with much gain and little speed, two diodes to ground behind it, a passive filter and a follower. */
export const rat: LibraryCircuit = {
  name: "rat",
  summary: "an op-amp with much gain, diodes to ground, filter",
  netlist: `RAT distortion
*.input Vin volts=1
*.output out volts=1
*.knob distortion taper=A15 "Distortion"
*.knob filter taper=A15 "Filter"
*.knob volume taper=A15 "Volume"
.param distortion=0.15 filter=0.05 volume=0.5
Vin in 0 0
Vcc vcc 0 9
Vref ref 0 4.5
C1 in c1 22n
R2 c1 ref 1meg
R3 c1 plus 1k
C2 plus 0 1n
* 0 to 67 dB, as far as an LM308 with 30 pF is fast enough
Xa plus minus amp opamp gbw=1meg gain=250k slew=0.3meg high=8 low=1
Rdistortion minus amp {1+100k*distortion}
C4 minus amp 100p
R4 minus a1 47
C5 a1 0 2.2u
R5 minus a2 560
C6 a2 0 4.7u
* clipping and filter, 32 kHz down to 475 Hz
C7 amp c7 4.7u
R6 c7 clip 1k
D1 clip 0 D1N4148
D2 0 clip D1N4148
Rfilter clip f {1.5k+100k*filter}
C8 f 0 3.3n
* follower and volume
C9 f gate 22n
R8 gate 0 1meg
J1 vcc gate source J2N5458
R9 source 0 10k
C10 source top 1u
Rvolumea top out {1+100k*(1-volume)}
Rvolumeb out 0 {1+100k*volume}
Rload out 0 1meg
${diode1n4148}
${jfet2n5458}
${opamp}
.end
`,
};
