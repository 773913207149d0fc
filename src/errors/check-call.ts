import { nearestOption } from "./nearest-option.ts";
import { TonewrightError } from "./tonewright-error.ts";

/** Every option of a call, and whether it has to be given. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: boolean };

/**
 * Refuses options that are misspelt or missing, which in JavaScript nothing else would tell.
 *
 * Names that are unlike any option are let through, one object may hold the settings of several calls; but not those with
 * underscores, which are of other libraries.
 *
 * @param call - How the function is called, its options as `options`: `mfcc(x, options)`.
 * @param names - Complete by its type: a new option that is not listed does not compile.
 * @throws TonewrightError `wrong-call`, `unknown-option`, `missing-option`.
 */
export function checkOptions<Options extends object>(
  call: string,
  options: Options,
  names: OptionNames<NoInfer<Options>>,
): void {
  if (isComplete(options, names)) return;
  const required = Object.keys(names).filter((name) => names[name as keyof Options]);
  const known = Object.keys(names).filter((name) => !required.includes(name));
  const right = call.replace("options", `{ ${required.length > 0 ? required.join(", ") : "…"} }`);
  const given: unknown = options === undefined ? {} : options;
  if (typeof given !== "object" || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) {
    throw wrongCall(call, "its options", given, `write ${right}; it takes ${[...required, ...known].join(", ")}`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(names, name) || value === undefined || shared.has(name)) continue;
    const near = nearestOption(
      name,
      [...required, ...known].filter((one) => !Object.hasOwn(given, one)),
    );
    if (near === undefined && !isFromPython(name)) continue;
    throw new TonewrightError(
      "unknown-option",
      `${nameOf(call)}: there is no option "${name}"`,
      near === undefined
        ? `it takes ${[...required, ...known].join(", ")}`
        : `did you mean "${near}"? write ${call.replace("options", `{ ${near} }`)}`,
    );
  }
  const missing = required.find((name) => options?.[name as keyof Options] === undefined);
  if (missing === undefined) return;
  throw new TonewrightError("missing-option", `${nameOf(call)}: the option "${missing}" is missing`, `write ${right}`);
}

/** Whether there is nothing to say: the usual case, at the cost of looking at each name once. */
function isComplete<Options extends object>(options: Options, names: OptionNames<Options>): boolean {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return false;
  for (const name in options) if (names[name] === undefined) return false;
  for (const name in names) if (names[name] && options[name] === undefined) return false;
  return true;
}

/** Names with underscores are those of librosa and scikit-learn: they were meant for this call. */
function isFromPython(name: string): boolean {
  return /[a-z0-9]_[a-z0-9]/i.test(name);
}

/** Options that change nothing where they are not asked for. */
const shared: ReadonlySet<string> = new Set(["sampleRate", "hop"]);

/**
 * The error for an argument of another kind than the function takes.
 *
 * @param place - What should have been there: `the sound`.
 */
export function wrongCall(call: string, place: string, found: unknown, hint: string): TonewrightError {
  return new TonewrightError("wrong-call", `${nameOf(call)}: ${kindOf(found)} where ${place} should be`, hint);
}

function kindOf(found: unknown): string {
  if (found === undefined || found === null) return "nothing";
  if (typeof found === "object") return `an object of type ${found.constructor?.name || "Object"}`;
  if (typeof found === "function") return "a function";
  return `the ${typeof found} ${JSON.stringify(String(found).slice(0, 40))}`;
}

/** `mfcc` of `mfcc(x, options)`. */
function nameOf(call: string): string {
  return call.replace(/\(.*/, "");
}
