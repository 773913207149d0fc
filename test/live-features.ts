import {
  type FeatureSpecInput,
  featureKinds,
  type FrontEndDocument,
  frontEnd,
  reasonsNotLive,
} from "../src/signal/index.ts";

const level = { kind: "db", topDb: null } as const;

/** What a kind must be told so that it does not depend on the loudest moment of the whole sound. */
const liveOptions: Readonly<Record<string, object>> = {
  "log-mel": { logarithm: level },
  mfcc: { logarithm: level },
  "onset-strength": { logarithm: level },
  "spectral-contrast": { topDb: null },
};

/** Other forms of some kinds, which take other ways through the code. */
const variants: Readonly<Record<string, FeatureSpecInput>> = {
  "mel of amplitudes": { kind: "mel", mels: 40, power: 1, htk: true, norm: null },
  "log-mel, natural": { kind: "log-mel", mels: 64, logarithm: { kind: "ln", floor: 1e-6 } },
  "onset-strength, lag 3": { kind: "onset-strength", logarithm: level, lag: 3 },
};

/** Every feature that can be computed live, by name: all kinds that have no reason against it, whichever they are. */
export function liveFeatures(): Record<string, FeatureSpecInput> {
  const kinds = featureKinds.map((kind) => [kind, { kind, ...liveOptions[kind] } as FeatureSpecInput] as const);
  const live = kinds.filter(
    ([, feature]) => reasonsNotLive(frontEnd({ sampleRate: 48_000, features: [feature] })).length === 0,
  );
  return { ...Object.fromEntries(live), ...variants };
}

/** Ways to cut a sound into frames: the usual one, mirrored, and one without a fast transform. */
export const liveFramings: Readonly<Record<string, Partial<FrontEndDocument>>> = {
  "2048 samples": {},
  "1024 samples, mirrored": { fftSize: 1024, hop: 160, windowLength: 800, padMode: "reflect" },
  "1470 samples, not centred": { fftSize: 1470, hop: 441, center: false, window: "hamming" },
};
