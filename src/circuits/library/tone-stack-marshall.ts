import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone stack of Marshall amplifiers: treble, middle and bass in one passive network. */
export const toneStackMarshall: LibraryCircuit = {
  name: "tone-stack-marshall",
  summary: "treble, middle and bass, passive",
  netlist: `Tone stack, Marshall JCM800 2203
*.input Vin volts=1
*.output out volts=1
*.knob treble "Treble"
*.knob middle "Middle"
*.knob bass taper=A15 "Bass"
.param treble=0.5 middle=0.5 bass=0.15
Vin in 0 0
* a cathode follower's output resistance
Rsource in top 1.3k
C1 top ct 470p
Rtreblea ct out {1+220k*(1-treble)}
Rtrebleb out a {1+220k*treble}
R4 top s 33k
C2 s a 22n
Rbass a b {1+1meg*bass}
C3 s m 22n
Rmiddlea b m {1+22k*(1-middle)}
Rmiddleb m 0 {1+22k*middle}
* the master volume
Rload out 0 1meg
.end
`,
};
