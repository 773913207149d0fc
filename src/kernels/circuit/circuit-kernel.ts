import { TonewrightError } from "../../errors/index.ts";
import { circuitBase64 } from "../generated/circuit.ts";

/** The transient of one flattened circuit, in a memory of its own; `layout.ts` says what lies where. */
export interface CircuitKernel {
  /** First byte that is free for the circuit, a multiple of 8. */
  readonly base: number;
  /** The whole memory, for reading and writing at byte addresses, little-endian. After `reserve` it is another one. */
  readonly view: DataView;
  /** Makes sure that the memory has this many bytes. */
  reserve(bytes: number): void;
  /** Loads the devices once at the voltages of their records, so that their charges are known. */
  startCircuit(header: number): void;
  /**
   * Steps through input samples.
   *
   * @param input - Byte address of float64 volts, shape `[samples]`; `output` likewise, overwritten.
   * @returns How many samples are done. Fewer than asked for: the next one did not settle, or, with the lowest number of 32
   *   bits added, its equations have no single solution.
   */
  runCircuit(header: number, samples: number, input: number, output: number): number;
  /** Writes the table of `x^-y`, `circuitLayout.powerTableBytes` long, that depletion capacitances point to. */
  writePowerTable(table: number, y: number): void;
  /** `e^x`, `ln x` and the power of a table as the devices use them, for the test of their accuracy. */
  exponentialOf(x: number): number;
  logarithmOf(x: number): number;
  powerOf(table: number, x: number): number;
}

const pageBytes = 65536;
let compiled: WebAssembly.Module | undefined;

/**
 * The kernel of the circuit solver.
 *
 * It computes in float64 without fused operations: the same circuit in memory gives the same bits everywhere.
 *
 * @throws TonewrightError `out-of-memory` (from `reserve`) where the memory cannot grow.
 */
export function createCircuitKernel(): CircuitKernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(circuitBase64), (letter) => letter.charCodeAt(0)));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const functions = exports as unknown as Omit<CircuitKernel, "base" | "view" | "reserve"> & { heapBase(): number };
  let view = new DataView(memory.buffer);
  return {
    ...functions,
    base: Math.ceil(functions.heapBase() / 64) * 64,
    get view() {
      return view;
    },
    reserve(bytes) {
      const missing = bytes - memory.buffer.byteLength;
      if (missing <= 0) return;
      try {
        memory.grow(Math.ceil(missing / pageBytes));
      } catch (cause) {
        throw new TonewrightError(
          "out-of-memory",
          `the circuit needs ${Math.round(bytes / 2 ** 20)} MiB, more than WebAssembly memory could grow to`,
          "use a smaller circuit",
          { cause },
        );
      }
      view = new DataView(memory.buffer);
    },
  };
}
