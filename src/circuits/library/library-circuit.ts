/** A circuit that comes with Tonewright. */
export interface LibraryCircuit {
  /** What `simulate` calls it. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly summary: string;
  /** A SPICE netlist with knobs; see `readNetlist`. */
  readonly netlist: string;
}
