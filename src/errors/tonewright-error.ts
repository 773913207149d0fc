/**
 * The error every door throws when the user's input or the user's machine is at fault.
 *
 * The message says what was found, with values; the hint says what to do, as an instruction.
 * A broken promise inside the library is not one of these: it is a plain `Error("bug: …")`.
 *
 * @param code - Stable, kebab-case; programs may switch on it.
 * @param message - What was found: file, value, time.
 * @param hint - What to do about it.
 */
export class TonewrightError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "TonewrightError";
    this.code = code;
    this.hint = hint;
  }
}

/** True for a `TonewrightError`, also one that crossed a worker boundary as plain data with its name kept. */
export function isTonewrightError(value: unknown): value is TonewrightError {
  return value instanceof Error && value.name === "TonewrightError" && "code" in value && "hint" in value;
}
