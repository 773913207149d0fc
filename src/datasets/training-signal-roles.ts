/** What a stretch of a recording is for. */
export type SignalRole = "train" | "validation" | "test";

/** A stretch with one role; sample indices. */
export interface RoleSpan {
  readonly role: SignalRole;
  readonly start: number;
  readonly end: number;
}

/** As `planSplits` cuts recordings, so that its default shares find every role where it was put. */
const [blockSeconds, mostBlocks] = [30, 8];

/** Role and share of a block. */
const shares = [
  ["train", 0.8],
  ["validation", 0.1],
  ["test", 0.1],
] as const;

/**
 * A signal in blocks of about 30 s, each with a stretch for training, one for validation and one for test, in this order.
 *
 * `planSplits` with its default shares cuts at the same places, less its gaps of a model's memory.
 */
export function planRoles({
  length,
  sampleRate,
}: {
  readonly length: number;
  readonly sampleRate: number;
}): RoleSpan[] {
  const blocks = Math.max(1, Math.min(mostBlocks, Math.round(length / sampleRate / blockSeconds)));
  const spans: RoleSpan[] = [];
  let start = 0;
  for (let block = 0; block < blocks; block++) {
    let done = 0;
    for (const [role, share] of shares) {
      done += share;
      const end = Math.round((length * (block + done)) / blocks);
      spans.push({ role, start, end });
      start = end;
    }
  }
  return spans;
}
