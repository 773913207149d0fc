import { createRandom, type Random } from "../../signal/index.ts";
import { addDrumStroke, chooseDrumKit, type DrumName } from "./drum-strokes.ts";
import { finishSound, firstStroke } from "./finish-sound.ts";
import { between, choose, happens } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/** Patterns of a bar in sixteenths: `x` a stroke, `o` a soft one. */
const kicks = ["x-----x-x-------", "x-------x-------", "x--x--x---x-----", "x---x---x---x---", "x-----x---x--x--"];
const snares = ["----x-------x---", "----x--o-o--x---", "--------x-------", "----x--o----x-oo"];
const hats = ["x-o-x-o-x-o-x-o-", "xoxoxoxoxoxoxoxo", "x---x---x---x---", "--x---x---x---x-", "x-oox-oox-oox-oo"];

/**
 * A drum kit at play: a beat of kick, snare and hats with ghost notes, swing, rim clicks, and fills over the toms.
 *
 * @param request - Seed, rate and length.
 * @param request.beatsPerMinute - 70 to 170 by default.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function drumGroove(request: SoundRequest & { readonly beatsPerMinute?: number }): Float64Array {
  const { seed, sampleRate } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const kit = chooseDrumKit(random);
  const beatsPerMinute = request.beatsPerMinute ?? between(random, 70, 170);
  const stepSamples = (sampleRate * 60) / beatsPerMinute / 4;
  const swing = happens(random, 0.4) ? between(random, 0.1, 0.33) : 0;
  let bar = chooseBar(random);
  for (let step = 0; step * stepSamples < out.length; step++) {
    const within = step % 16;
    if (within === 0 && step > 0) bar = happens(random, 0.3) ? fillBar(random) : chooseBar(random);
    for (const { drum, soft } of bar[within] ?? []) {
      const late = (within % 2 === 1 ? swing : 0) + 0.02 * random.uniform();
      const start = firstStroke(sampleRate) + Math.round((step + late) * stepSamples);
      const velocity = soft ? between(random, 0.15, 0.4) : between(random, 0.65, 1);
      if (start < out.length) addDrumStroke(out, kit[drum], { start, sampleRate, random, velocity });
    }
  }
  return finishSound(out, sampleRate);
}

interface BarStroke {
  readonly drum: DrumName;
  readonly soft: boolean;
}

/** Strokes of each sixteenth of a bar. */
type Bar = readonly (readonly BarStroke[])[];

function chooseBar(random: Random): Bar {
  const lines: readonly (readonly [DrumName, string])[] = [
    ["kick", choose(random, kicks)],
    [happens(random, 0.15) ? "rim" : "snare", choose(random, snares)],
    ["hat", choose(random, hats)],
  ];
  const opens = happens(random, 0.3) ? choose(random, [2, 6, 10, 14]) : -1;
  return Array.from({ length: 16 }, (_, step) =>
    lines.flatMap(([drum, pattern]): BarStroke[] => {
      const sign = pattern[step];
      if (sign === "-") return [];
      return [{ drum: drum === "hat" && step === opens ? "open-hat" : drum, soft: sign === "o" }];
    }),
  );
}

/** Half a bar of the beat, then down the toms. */
function fillBar(random: Random): Bar {
  const beat = chooseBar(random);
  const way: readonly DrumName[] = ["snare", "tom-high", "tom-mid", "tom-low"];
  return beat.map((strokes, step) => {
    if (step < 8) return strokes;
    const drum = way[Math.floor((step - 8) / 2)] ?? "tom-low";
    return happens(random, 0.8) ? [{ drum, soft: happens(random, 0.3) }] : [];
  });
}
