import { writeFileAtomic } from "../../src/recipes/index.node.ts";
import type { Call, Outcome } from "./command.ts";

/** The outcome, after its document was written to --out, if that was given. */
export async function saveOutcome({ options }: Call, outcome: Outcome): Promise<Outcome> {
  if (options.out !== undefined) await writeFileAtomic(options.out, `${JSON.stringify(outcome.document, null, 2)}\n`);
  return outcome;
}
