import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone stack of Marshall amplifiers: treble, middle and bass in one passive network. */
export const toneStackMarshall: LibraryCircuit = {
  name: "tone-stack-marshall",
  summary: "treble, middle and bass, passive",
  netlist: `Marshall tone stack
*.input Vin
*.output out
*.knob treble
*.knob middle
*.knob bass
.param treble=0.5 middle=0.5 bass=0.5
Vin in 0 0
Rsource in top 1.3k
Ctreble top ct 470p
Rtreblea ct out {1+220k*(1-treble)}
Rtrebleb out a {1+220k*treble}
Rslope top s 33k
Cbass s a 22n
Rbass a b {1+1meg*(pow(50,bass)-1)/49}
Cmiddle s m 22n
Rmiddlea b m {1+25k*(1-middle)}
Rmiddleb m 0 {1+25k*middle}
Rload out 0 1meg
.end
`,
};
