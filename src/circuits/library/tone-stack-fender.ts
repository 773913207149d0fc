import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone stack of Fender amplifiers: treble, middle and bass in one passive network. */
export const toneStackFender: LibraryCircuit = {
  name: "tone-stack-fender",
  summary: "treble, middle and bass, passive",
  netlist: `Tone stack, Fender Bassman 5F6-A
*.input Vin volts=1
*.output out volts=1
*.knob treble "Treble"
*.knob middle "Middle"
*.knob bass taper=A15 "Bass"
.param treble=0.5 middle=0.5 bass=0.15
Vin in 0 0
* a cathode follower's output resistance
Rsource in top 1.3k
C1 top ct 250p
Rtreblea ct out {1+250k*(1-treble)}
Rtrebleb out a {1+250k*treble}
R4 top s 56k
C2 s a 20n
Rbass a b {1+1meg*bass}
C3 s m 20n
Rmiddlea b m {1+25k*(1-middle)}
Rmiddleb m 0 {1+25k*middle}
Rload out 0 1meg
.end
`,
};
