/** datasets: recordings become named, inspected, split examples; test signals for those who have none. */

export { trainingSignal } from "./training-signal.ts";
export { riff } from "./training-signal-riff.ts";
