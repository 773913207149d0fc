import { encodeModel, encodeNam, encodeRtneural, type ModelDocument } from "../modelfile/index.ts";
import { playingLevels } from "./playing-levels.ts";
import { settledLstmState } from "./settled-state.ts";

/** Formats that a model can be written in, and the ending of their files. */
export const exportFormats = { tonewright: ".tonewright", nam: ".nam", rtneural: ".json" } as const;

/** The name of a format. */
export type ExportFormat = keyof typeof exportFormats;

/**
 * The bytes of a model in the format of another program.
 *
 * A `.nam` gets what NAM's own trainer gives it: the state of an LSTM after a second of silence, and the loudness that
 * plug-ins level models by.
 *
 * @returns The whole file.
 * @throws TonewrightError `nam-no-gru`, `nam-no-skip`, `nam-mono-only`, `rtneural-no-wavenet`: what the format cannot hold.
 */
export function exportModel(document: ModelDocument, format: ExportFormat): Uint8Array {
  switch (format) {
    case "tonewright":
      return encodeModel(document);
    case "rtneural":
      return encodeRtneural(document);
    case "nam": {
      const initialState = settledLstmState(document);
      // A gru is refused here, before the time is spent on its loudness.
      const encode = (metadata: ModelDocument["metadata"]) =>
        encodeNam({ ...document, metadata }, initialState === undefined ? {} : { initialState });
      const plain = encode(document.metadata);
      if (document.metadata.loudnessDb !== undefined) return plain;
      return encode({ ...document.metadata, ...playingLevels(document) });
    }
    default:
      return format satisfies never;
  }
}
