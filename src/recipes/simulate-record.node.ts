import { requestHash, saveSimulationState } from "./simulate-folder.node.ts";
import type { SimulationState } from "./simulate-state.ts";

/** What a record begins with. */
interface RecordOptions {
  readonly folder: string;
  /** Of an earlier run. */
  readonly state: SimulationState | undefined;
  readonly description: Readonly<Record<string, unknown>>;
  readonly now: () => string;
  readonly toolVersion: string;
  readonly commandLine: string;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/** The state in memory and in its file, which follows at some distance. */
export class StateRecord {
  readonly #folder: string;
  readonly #clock: () => number;
  #saved = Number.NEGATIVE_INFINITY;
  #saving: Promise<void> = Promise.resolve();
  state: SimulationState;

  constructor({ folder, state, description, now, toolVersion, commandLine, clock }: RecordOptions) {
    this.#folder = folder;
    this.#clock = clock;
    this.state = {
      format: "tonewright-simulation",
      version: 1,
      hash: requestHash(description),
      request: { ...description },
      createdAt: state?.createdAt ?? now(),
      toolVersion,
      commandLine,
      warmUpSeconds: state?.warmUpSeconds ?? null,
      sounds: state?.sounds ?? [],
      peaks: state?.peaks ?? {},
      means: state?.means ?? {},
      gain: state?.gain ?? null,
      // What failed is tried again.
      failed: {},
      status: "running",
    };
  }

  /** Stores the state now. */
  save(): Promise<void> {
    this.#saved = this.#clock();
    this.#saving = this.#saving.then(() => saveSimulationState(this.#folder, this.state));
    return this.#saving;
  }

  /** Stores the state unless that was done a moment ago: with thousands of files it is long. */
  async saveNowAndThen(): Promise<void> {
    if (this.#clock() - this.#saved > 2000) await this.save();
  }

  /** Stores the state at the end of the work, whatever the end. */
  async end(): Promise<void> {
    if (this.state.status === "running") this.state = { ...this.state, status: "stopped" };
    await this.save();
  }
}
