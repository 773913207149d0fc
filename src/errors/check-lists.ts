import { wrongCall } from "./check-call.ts";

/**
 * Refuses arguments that are no lists: one that is missing, options in its place.
 *
 * @param call - How the function is called: `accuracy(truth, predicted, options)`.
 * @param lists - Arguments by name; arrays or typed arrays of anything.
 * @throws TonewrightError `wrong-call`.
 */
export function checkLists(call: string, lists: Readonly<Record<string, unknown>>): void {
  for (const [name, list] of Object.entries(lists)) {
    if (typeof list === "object" && list !== null && "length" in list && typeof list.length === "number") continue;
    throw wrongCall(call, `"${name}"`, list, `write ${call}, with an array for ${Object.keys(lists).join(" and ")}`);
  }
}
