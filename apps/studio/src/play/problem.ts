import { isTonewrightError } from "../../../../src/errors/index.ts";

/** What went wrong and what to do, in words for the person at the screen. */
export interface Problem {
  readonly message: string;
  readonly hint: string;
}

/** The problem in whatever was thrown. `doing` says what failed, for errors that are not ours. */
export function toProblem(error: unknown, doing: string): Problem {
  if (isTonewrightError(error)) return { message: error.message, hint: error.hint };
  const reason = error instanceof Error ? error.message : String(error);
  return { message: `${doing} failed: ${reason}`, hint: "Reload the page and try again." };
}
