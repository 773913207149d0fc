import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone stack of Fender amplifiers: treble, middle and bass in one passive network. */
export const toneStackFender: LibraryCircuit = {
  name: "tone-stack-fender",
  summary: "treble, middle and bass, passive",
  netlist: `Fender tone stack
*.input Vin
*.output out
*.knob treble
*.knob middle
*.knob bass
.param treble=0.5 middle=0.5 bass=0.5
Vin in 0 0
Rsource in top 1.3k
Ctreble top ct 250p
Rtreblea ct out {1+250k*(1-treble)}
Rtrebleb out a {1+250k*treble}
Rslope top s 56k
Cbass s a 20n
Rbass a b {1+1meg*(pow(50,bass)-1)/49}
Cmiddle s m 20n
Rmiddlea b m {1+25k*(1-middle)}
Rmiddleb m 0 {1+25k*middle}
Rload out 0 1meg
.end
`,
};
