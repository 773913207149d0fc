import { requireSeparate, writeFileAtomic } from "../../src/recipes/index.node.ts";
import type { Call, Outcome } from "./command.ts";

/**
 * Nothing, if --out is none of the files that the command reads.
 *
 * @throws TonewrightError `overwrites-input`.
 */
export async function requireSeparateOut({ options }: Call, inputs: readonly (string | undefined)[]): Promise<void> {
  if (options.out === undefined) return;
  await requireSeparate(
    inputs.filter((path) => path !== undefined),
    [options.out],
  );
}

/** The outcome, after its document was written to --out, if that was given. */
export async function saveOutcome({ options }: Call, outcome: Outcome): Promise<Outcome> {
  if (options.out !== undefined) await writeFileAtomic(options.out, `${JSON.stringify(outcome.document, null, 2)}\n`);
  return outcome;
}
