import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone stack of Vox amplifiers: treble and bass that interact. */
export const toneStackVox: LibraryCircuit = {
  name: "tone-stack-vox",
  summary: "treble and bass, passive",
  netlist: `Tone stack, Vox AC30 Top Boost
*.input Vin volts=1
*.output out volts=1
*.knob treble taper=A15 "Treble"
*.knob bass taper=A15 "Bass"
.param treble=0.15 bass=0.15
Vin in 0 0
* a cathode follower's output resistance
Rsource in top 1k
C43 top ct 50p
Rtreblea ct out {1+1meg*(1-treble)}
Rtrebleb out a {1+1meg*treble}
R79 top s 100k
C44 s a 22n
Rbass a m {1+1meg*bass}
C45 s m 22n
R80 m 0 10k
* the resistors that mix the channels
Rload out 0 400k
.end
`,
};
