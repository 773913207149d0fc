import type { ParameterPlace } from "../tensor/index.ts";

/** A copy of flat weights in which every weight whose name passes is multiplied by its gain. */
export function scaleWeights(
  weights: Float32Array,
  places: readonly ParameterPlace[],
  gainOf: (name: string) => number,
): Float32Array {
  const scaled = weights.slice();
  for (const { name, offset, length } of places) {
    const gain = gainOf(name);
    if (gain === 1) continue;
    for (let i = offset; i < offset + length; i++) scaled[i] = (scaled[i] ?? 0) * gain;
  }
  return scaled;
}

/** A copy of flat weights with `value` added to every element of one weight; unchanged if there is none of that name. */
export function addToWeight(
  weights: Float32Array,
  places: readonly ParameterPlace[],
  { name, value }: { name: string; value: number },
): Float32Array {
  const shifted = weights.slice();
  const place = places.find((candidate) => candidate.name === name);
  if (place === undefined) return shifted;
  for (let i = place.offset; i < place.offset + place.length; i++) shifted[i] = (shifted[i] ?? 0) + value;
  return shifted;
}

/** Flat weights, one array per place, in order. */
export function joinWeights(
  places: readonly ParameterPlace[],
  valuesOf: (place: ParameterPlace) => Float32Array,
): Float32Array {
  const last = places.at(-1);
  const weights = new Float32Array(last === undefined ? 0 : last.offset + last.length);
  for (const place of places) weights.set(valuesOf(place), place.offset);
  return weights;
}
