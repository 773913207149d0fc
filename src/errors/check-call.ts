import { nearestOption } from "./nearest-option.ts";
import { TonewrightError } from "./tonewright-error.ts";

/** Every option of a call, and whether it has to be given. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: boolean };

/**
 * Refuses options that are misspelt or missing: what the compiler sees in TypeScript, for those who write JavaScript.
 *
 * Let through are unknown names that hold `undefined`, and sample rate and hop: one framing serves several calls.
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
  const required = Object.keys(names).filter((name) => names[name as keyof Options]);
  const known = Object.keys(names).filter((name) => !required.includes(name));
  const right = call.replace("options", `{ ${required.length > 0 ? required.join(", ") : "…"} }`);
  const given: unknown = options ?? {};
  if (typeof given !== "object" || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) {
    throw wrongCall(call, "its options", given, `write ${right}; it takes ${[...required, ...known].join(", ")}`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(names, name) || value === undefined || shared.has(name)) continue;
    const near = nearestOption(name, [...required, ...known]);
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
