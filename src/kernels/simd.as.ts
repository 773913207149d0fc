/** Everything the fast builds export; `tools/build-kernels.mjs` compiles this file twice. */
export { activationBackward, activationForward } from "./activation/simd.as";
export { adam } from "./adam/simd.as";
export { dcBlockBackward, dcBlockForward } from "./dc-block/simd.as";
export { dense, denseGradients, denseStream } from "./dense/simd.as";
export { fill, multiplyAdd, scaleAdd, transpose } from "./elementwise/simd.as";
export { firResample, firResampleBetween } from "./fir-resample/simd.as";
export { bandSums, powers, realFftForward, realFftInverse } from "./fft/simd.as";
export { gruBackward, gruForward, gruPack, gruStream } from "./gru/simd.as";
export { lstmBackward, lstmForward, lstmPack, lstmStream } from "./lstm/simd.as";
export { preEmphasisBackward, preEmphasisForward } from "./pre-emphasis/simd.as";
export { addToRows, columnMeans, signAdd, sum, sumOfMagnitudes, sumOfSquares } from "./reduction/simd.as";
export { waveLayerBackward, waveLayerForward, waveLayerPack } from "./wavenet-layer/simd.as";
