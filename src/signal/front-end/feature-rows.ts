import { checkDocument, type FeatureSpec, type FrontEndDocument } from "./front-end-document.ts";

/** Where the numbers of one feature stand in the table of a front end. */
export interface FeatureRows {
  readonly feature: FeatureSpec;
  /** How often the feature was replaced by its change: 0 for itself. */
  readonly order: 0 | 1 | 2;
  /** The first row. */
  readonly from: number;
  readonly rows: number;
}

/**
 * Which rows of a front end's table belong to which feature, from the first row to the last.
 *
 * Where there are deltas, all features come first, then all changes, then the changes of these.
 */
export function featureRows(document: FrontEndDocument): FeatureRows[] {
  checkDocument("featureRows(document)", document);
  const places: FeatureRows[] = [];
  let from = 0;
  for (const order of ([0, 1, 2] as const).slice(0, document.deltas + 1)) {
    for (const feature of document.features) {
      const rows = rowsOf(feature, document);
      places.push({ feature, order, from, rows });
      from += rows;
    }
  }
  return places;
}

function rowsOf(feature: FeatureSpec, { fftSize }: FrontEndDocument): number {
  switch (feature.kind) {
    case "spectrogram":
      return Math.floor(fftSize / 2) + 1;
    case "mel":
    case "log-mel":
    case "pcen":
      return feature.mels;
    case "kaldi-fbank":
      return feature.mels + Number(feature.useEnergy);
    case "mfcc":
    case "kaldi-mfcc":
      return feature.coefficients;
    case "chroma":
      return feature.classes;
    case "chroma-cqt":
    case "chroma-cens":
      return 12;
    case "tonnetz":
      return 6;
    case "constant-q":
      return feature.bins;
    case "spectral-contrast":
      return feature.bands + 1;
    case "tempogram":
      return feature.windowFrames;
    case "pyin":
      return 3;
    case "onset-strength":
    case "rms":
    case "zero-crossing-rate":
    case "spectral-centroid":
    case "spectral-bandwidth":
    case "spectral-rolloff":
    case "spectral-flatness":
    case "spectral-flux":
    case "yin":
      return 1;
    default:
      return feature satisfies never;
  }
}
