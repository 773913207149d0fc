/** Where the features of each sound go. */
export interface FeatureTargets {
  /** Below the folder for features, with `/`: the sound's path with another ending. */
  of(path: string): string;
}

/**
 * Mirrors paths: `dogs/bark.wav` becomes `dogs/bark.npy`.
 *
 * Sounds of one folder that differ in their endings only keep these: `bark.wav.npy` and `bark.ogg.npy`.
 *
 * @param paths - Of all sounds, with `/`.
 */
export function featureTargets(paths: readonly string[], { format }: { readonly format: string }): FeatureTargets {
  // Whole paths are there too, since `bark.wav.ogg` without its ending is one.
  const seen = new Set(paths.map((path) => path.toLowerCase()));
  const twice = new Set<string>();
  for (const path of paths) {
    const name = withoutEnding(path).toLowerCase();
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return {
    of(path) {
      const name = withoutEnding(path);
      return `${twice.has(name.toLowerCase()) ? path : name}.${format}`;
    },
  };
}

const withoutEnding = (path: string): string => path.replace(/\.[^./]*$/, "");
