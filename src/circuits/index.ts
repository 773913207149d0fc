/** circuits: simulated devices turn a dry signal into the wet one, for users with no recordings. */

export { type DiodeClipperOptions, simulateDiodeClipper } from "./diode-clipper.ts";
export type { DiodeClipperComponents } from "./diode-clipper-solver.ts";
