/** errors: the one error family, with a stable code, what was found, and what to do; checks of how functions are called. */

export { checkOptions, type OptionNames, wrongCall } from "./check-call.ts";
export { checkLists } from "./check-lists.ts";
export { editDistance, nearestName } from "./nearest-name.ts";
export { isTonewrightError, TonewrightError } from "./tonewright-error.ts";
