import { editDistance } from "./nearest-name.ts";

/** The known name that another one is most like: the same but for case and underscores, shorter or longer, or two letters off. */
export function nearestOption(name: string, known: readonly string[]): string | undefined {
  const plain = plainName(name);
  const same = known.find((one) => plainName(one) === plain);
  if (same !== undefined) return same;
  const part = known.find((one) => {
    const [short, long] = [plain, plainName(one)].sort((a, b) => a.length - b.length) as [string, string];
    return short.length >= 3 && (long.includes(short) || (long[0] === short[0] && isShortFor(short, long)));
  });
  const ranked = known.map((one) => ({ one, edits: editDistance(plain, plainName(one)) }));
  const nearest = ranked.sort((a, b) => a.edits - b.edits)[0];
  return nearest !== undefined && nearest.edits <= Math.min(2, plain.length / 3) ? nearest.one : part;
}

/** Whether letters were left out: `winlength` of `windowlength`. */
function isShortFor(short: string, long: string): boolean {
  let k = 0;
  for (const letter of long) if (letter === short[k]) k++;
  return k === short.length;
}

/** `n_mels` and `mels` are one name. */
function plainName(name: string): string {
  return name.replace(/^n_/, "").replaceAll(/[_-]/g, "").toLowerCase();
}
