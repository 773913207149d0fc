import { TonewrightError } from "../../errors/index.ts";
import { checkDocument, type FeatureSpec, type FrontEndDocument } from "./front-end-document.ts";
import { hasKaldiFrames } from "./kaldi-frame-features.ts";

/**
 * Why a front end cannot be computed live, one reason a line; none if it can.
 *
 * What depends on the loudest moment, or on a path through the whole signal, needs all of it.
 */
export function reasonsNotLive(document: FrontEndDocument): string[] {
  checkDocument("reasonsNotLive(document)", document);
  const reasons = document.features.flatMap((feature) => {
    const reason = reasonNotLive(feature, document);
    return reason === undefined ? [] : [`${feature.kind}: ${reason}`];
  });
  return document.deltas === 0
    ? reasons
    : [...reasons, "deltas: a change is measured over frames ahead, and otherwise at the end; set deltas to 0"];
}

/** @throws TonewrightError `not-streamable` with the first reason why a front end cannot be computed live. */
export function checkLive(document: FrontEndDocument): void {
  const [reason] = reasonsNotLive(document);
  if (reason === undefined) return;
  throw new TonewrightError(
    "not-streamable",
    `this front end cannot be computed live: ${reason}`,
    "change that feature, or compute whole sounds with computeFrontEnd",
  );
}

function reasonNotLive(feature: FeatureSpec, document: FrontEndDocument): string | undefined {
  switch (feature.kind) {
    case "log-mel":
    case "mfcc":
    case "onset-strength":
      if (feature.logarithm.kind === "whisper") return "it is limited to 8 below the largest value of the whole sound";
      if (feature.logarithm.kind === "ln") return undefined;
      if (feature.logarithm.reference === "max") return "0 dB is the loudest moment of the whole sound";
      return feature.logarithm.topDb === null ? undefined : limitReason(feature.logarithm.topDb);
    case "spectral-contrast":
      return feature.topDb === null ? undefined : limitReason(feature.topDb);
    case "chroma":
      return feature.tuning === null ? "its tuning is estimated from the whole sound; give a tuning" : undefined;
    case "pyin":
      return "its line is the likeliest path through the whole sound; take yin";
    case "constant-q":
    case "chroma-cqt":
    case "chroma-cens":
    case "tonnetz":
      return "its low bins are filters over the whole sound at lower rates";
    case "tempogram":
      return "it looks at onsets some seconds ahead";
    case "kaldi-fbank":
    case "kaldi-mfcc":
      return hasKaldiFrames(document)
        ? undefined
        : "its frames are not those of the front end; set center to false and windowLength to null";
    default:
      return undefined;
  }
}

function limitReason(topDb: number): string {
  return `it is limited to ${topDb} dB below the loudest moment of the whole sound; set topDb to null`;
}
