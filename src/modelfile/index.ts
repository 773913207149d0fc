/** modelfile: the document a trained model becomes, and its translations to and from other programs' files. */

export { decodeAnyModel } from "./any-model.ts";
export {
  type Activation,
  type Architecture,
  architectureLimits,
  architectureSchema,
  type GruArchitecture,
  type LstmArchitecture,
  parseArchitecture,
  type WaveNetArchitecture,
  type WaveNetArray,
} from "./architecture.ts";
export { crc32 } from "./crc32.ts";
export { decodeModel, encodeModel, modelFileVersion } from "./document-file.ts";
export type { JsonObject, JsonValue } from "./json-text.ts";
export { checkModelDocument, type ModelDocument, type ModelMetadata, type TestVector } from "./model-document.ts";
export { decodeNam } from "./nam-decode.ts";
export { encodeNam, type LstmState } from "./nam-encode.ts";
export { type ParameterSlot, parameterCount, parameterLayout } from "./parameter-layout.ts";
export { describeArchitecture, presetArchitecture, presetForms } from "./presets.ts";
export { receptiveField } from "./receptive-field.ts";
export { decodeRtneural } from "./rtneural-decode.ts";
export { encodeRtneural } from "./rtneural-encode.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  type TensorData,
  type TensorFile,
} from "./safetensors.ts";
export { testVectorInput } from "./test-vector.ts";
