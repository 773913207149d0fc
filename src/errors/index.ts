/** errors: the one error family, with a stable code, what was found, and what to do. */

export { isTonewrightError, TonewrightError } from "./tonewright-error.ts";
