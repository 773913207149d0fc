import type { LibraryCircuit } from "./library-circuit.ts";

/** The tone stack of Vox amplifiers: treble and bass that interact. */
export const toneStackVox: LibraryCircuit = {
  name: "tone-stack-vox",
  summary: "treble and bass, passive",
  netlist: `Vox tone stack
*.input Vin
*.output out
*.knob treble
*.knob bass
.param treble=0.5 bass=0.5
Vin in 0 0
Rsource in top 1k
Ctreble top ct 50p
Rtreblea ct out {1+1meg*(1-treble)}
Rtrebleb out a {1+1meg*treble}
Rslope top s 100k
Cbass s a 22n
Rbassa a m {1+1meg*(pow(50,bass)-1)/49}
Cmiddle s m 22n
Rmiddle m 0 10k
Rload out 0 1meg
.end
`,
};
