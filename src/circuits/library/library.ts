import { bigMuff } from "./big-muff.ts";
import { diodeClipper } from "./diode-clipper.ts";
import { diodeClipper2 } from "./diode-clipper-2.ts";
import { fuzzFace } from "./fuzz-face.ts";
import { opticalCompressor } from "./optical-compressor.ts";
import { phaserStages } from "./phaser-stages.ts";
import { rat } from "./rat.ts";
import { rcLowpass } from "./rc-lowpass.ts";
import { toneStackBigMuff } from "./tone-stack-big-muff.ts";
import { toneStackFender } from "./tone-stack-fender.ts";
import { toneStackMarshall } from "./tone-stack-marshall.ts";
import { toneStackVox } from "./tone-stack-vox.ts";
import { trebleBooster } from "./treble-booster.ts";
import { triodeStage } from "./triode-stage.ts";
import { tubeScreamer } from "./tube-screamer.ts";
import type { LibraryCircuit } from "./library-circuit.ts";

/** All circuits of the library, in the order of a guide: simple first. */
export const circuitLibrary: readonly LibraryCircuit[] = [
  rcLowpass,
  diodeClipper,
  diodeClipper2,
  tubeScreamer,
  rat,
  bigMuff,
  fuzzFace,
  trebleBooster,
  toneStackFender,
  toneStackMarshall,
  toneStackVox,
  toneStackBigMuff,
  triodeStage,
  phaserStages,
  opticalCompressor,
];
