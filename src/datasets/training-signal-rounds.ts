import type { Random } from "../signal/index.ts";
import { between, shuffled } from "./signals/random-choices.ts";

/** A kind of part in a round. */
export interface RoundPart<Name extends string> {
  readonly kind: Name;
  /** Of the round, relative to the other shares. */
  readonly share: number;
  /** Samples. */
  readonly least: number;
}

/** A part that has its place; sample indices. */
export interface Placed<Name extends string> {
  readonly kind: Name;
  readonly start: number;
  readonly end: number;
  /** Which round it belongs to. */
  readonly round: number;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Parts that fill stretches of a signal: round after round in which every kind has its turn, in an order that changes.
 *
 * The stretches count as one that goes on from one to the next, but no part reaches from one into another. Where a round
 * would be too short for the least lengths it is made longer; where even one round of all kinds has no room, kinds are left
 * out, those with the smallest shares first.
 *
 * @param kinds - At least one.
 * @param options.spans - Stretches, in order.
 * @param options.roundLength - Samples, wanted.
 */
export function arrangeRounds<Name extends string>(
  kinds: readonly RoundPart<Name>[],
  {
    spans,
    roundLength,
    random,
  }: { readonly spans: readonly Stretch[]; readonly roundLength: number; readonly random: Random },
): { readonly placed: Placed<Name>[]; readonly missing: Name[] } {
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const leastOf = (some: readonly RoundPart<Name>[]) => some.reduce((sum, { least }) => sum + least, 0);
  const byShare = [...kinds].sort((a, b) => b.share - a.share);
  let count = byShare.length;
  while (count > 1 && leastOf(byShare.slice(0, count)) > total) count--;
  const used = byShare.slice(0, count);
  const fitting = Math.floor(total / leastOf(used));
  const rounds = Math.max(1, Math.min(fitting, Math.round(total / roundLength)));
  const sequence = makeSequence(used, { rounds, roundLength: total / rounds, random });
  return { placed: cut(sequence, spans), missing: byShare.slice(count).map(({ kind }) => kind) };
}

/** A part on the way that all stretches make together. */
type Item<Name extends string> = Placed<Name>;

function makeSequence<Name extends string>(
  kinds: readonly RoundPart<Name>[],
  { rounds, roundLength, random }: { readonly rounds: number; readonly roundLength: number; readonly random: Random },
): Item<Name>[] {
  const sequence: Item<Name>[] = [];
  for (let round = 0; round < rounds; round++) {
    const varied = kinds.map((kind) => ({ ...kind, share: kind.share * between(random, 0.8, 1.2) }));
    const lengths = divide(varied, roundLength);
    const order = shuffled(random, lengths);
    // The same kind twice in a row would be one long part.
    if (order.length > 1 && order[0]?.kind === sequence.at(-1)?.kind) order.push(...order.splice(0, 1));
    let start = round * roundLength;
    for (const { kind, length } of order) {
      sequence.push({ kind, start, end: start + length, round });
      start += length;
    }
  }
  return sequence;
}

/** Lengths by share, none below its least; together `total` where that is possible. */
function divide<Name extends string>(
  kinds: readonly RoundPart<Name>[],
  total: number,
): { readonly kind: Name; readonly length: number }[] {
  const raised = new Set<RoundPart<Name>>();
  for (;;) {
    const free = kinds.filter((kind) => !raised.has(kind));
    const room = total - [...raised].reduce((sum, { least }) => sum + least, 0);
    const shares = free.reduce((sum, { share }) => sum + share, 0);
    const lengthOf = (kind: RoundPart<Name>) => (raised.has(kind) ? kind.least : (kind.share / shares) * room);
    const short = free.filter((kind) => lengthOf(kind) < kind.least);
    if (short.length === 0 || short.length === free.length) {
      const sum = kinds.reduce((all, kind) => all + lengthOf(kind), 0);
      return kinds.map((kind) => ({ kind: kind.kind, length: (lengthOf(kind) * total) / sum }));
    }
    for (const kind of short) raised.add(kind);
  }
}

/** Each part goes to the stretch in which its middle lies, and the parts of a stretch are stretched to fill it. */
function cut<Name extends string>(sequence: readonly Item<Name>[], spans: readonly Stretch[]): Placed<Name>[] {
  const placed: Placed<Name>[] = [];
  let before = 0;
  for (const { start, end } of spans) {
    const [from, to] = [before, before + end - start];
    before = to;
    const last = to === spans.reduce((sum, span) => sum + span.end - span.start, 0);
    const middle = (item: Item<Name>) => (item.start + item.end) / 2;
    let items = sequence.filter((item) => middle(item) >= from && (middle(item) < to || last));
    if (items.length === 0) items = sequence.filter((item) => item.start < to && item.end > from).slice(0, 1);
    const sum = items.reduce((all, item) => all + item.end - item.start, 0);
    let done = 0;
    for (const item of items) {
      const first = start + Math.round(((end - start) * done) / sum);
      done += item.end - item.start;
      const next = start + Math.round(((end - start) * done) / sum);
      if (next > first) placed.push({ ...item, start: first, end: next });
    }
  }
  return placed;
}
