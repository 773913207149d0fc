import { describe, expect, it } from "vitest";
import {
  computeFrontEnd,
  createRandom,
  featureKinds,
  featureRows,
  type FrontEndDocument,
  frontEnd,
  frontEndPreset,
} from "../signal/index.ts";
import { melAxis } from "./feature-plot-axis.ts";
import { colourTable } from "./feature-plot-image.ts";
import { featurePanels } from "./feature-plot-panels.ts";
import { timeTicks } from "./feature-plot-time.ts";
import { drawFeaturePlot } from "./feature-plot.ts";
import { createFigureDrawer } from "./figure-svg.ts";
import { featureSketches } from "./feature-sketch.ts";
import { createEnvelopeFit, createPictureFit } from "./features-picture.ts";

const sampleRate = 22050;
const random = createRandom(3);
/** A tone at 440 Hz in a little noise. */
const x = Float32Array.from({ length: 11025 }, (_, n) => {
  return 0.5 * Math.sin((2 * Math.PI * 440 * n) / sampleRate) + 0.01 * random.normal();
});

function picturesOf(document: FrontEndDocument) {
  const { rows, frames, values } = computeFrontEnd(x, document);
  const picture = createPictureFit(rows);
  for (let t = 0; t < frames; t++) {
    picture.add(Float64Array.from({ length: rows }, (_, k) => values[k * frames + t]!));
  }
  const envelope = createEnvelopeFit();
  envelope.add(x);
  return { document, picture: picture.result(), envelope: envelope.result() };
}

describe("featurePanels", () => {
  it("shows every row of every feature, also of changes and of what is normalised", () => {
    for (const kind of featureKinds) {
      const plain = frontEnd({ ...frontEndPreset("librosa", [kind]), deltas: 1 });
      const rows = featureRows(plain).reduce((sum, place) => sum + place.rows, 0);
      const normalisation = { mean: Array(rows).fill(0), deviation: Array(rows).fill(1), frames: 1 };
      for (const document of [plain, { ...plain, normalisation }]) {
        const { picture } = picturesOf(document);
        const panels = featurePanels(document, picture);
        expect(panels.length, kind).toBeGreaterThanOrEqual(2);
        for (const panel of panels) {
          const height = panel.type === "image" ? panel.rows : 1;
          expect(panel.values.length, kind).toBe(height * picture.columns);
          if (panel.type === "line") continue;
          expect(panel.colour.high, kind).toBeGreaterThan(panel.colour.low);
          expect(panel.axis.length, kind).toBeGreaterThan(0);
          for (const { at } of panel.axis) expect(at >= 0 && at <= 1, kind).toBe(true);
        }
        const lengths = featureSketches(document, picture).flatMap(({ lines }) =>
          lines.map((line) => [...line].length),
        );
        expect(new Set(lengths), kind).toEqual(new Set([picture.columns]));
      }
    }
  });

  it("puts a tone at its frequency", () => {
    for (const kind of ["spectrogram", "log-mel", "constant-q"]) {
      const { document, picture } = picturesOf(frontEndPreset("librosa", [kind]));
      const [panel] = featurePanels(document, picture);
      if (panel?.type !== "image") throw new Error("bug: no image");
      const column = panel.values.subarray(10 * panel.rows, 11 * panel.rows);
      const strongest = (column.indexOf(Math.max(...column)) + 0.5) / panel.rows;
      const place = (text: string) => panel.axis.find((tick) => tick.text.includes(text))?.at ?? Number.NaN;
      // Between the ticks around it, nearer to the one below or above as it should be.
      const [below, above] = kind === "constant-q" ? [place("C4"), place("C5")] : [place("200 Hz"), place("500 Hz")];
      if (kind === "log-mel") expect(Math.abs(strongest - place("500 Hz"))).toBeLessThan(0.03);
      else expect(strongest > below && strongest < above, `${kind} ${below} ${strongest} ${above}`).toBe(true);
    }
  });
});

describe("axes", () => {
  it("have mel bands where their peaks are", () => {
    // HTK: 1000 Hz is 1000 mel, 8000 Hz is 2840; band 21 of 40 has its peak at 22 / 41 of that.
    const axis = melAxis({ mels: 40, fminHz: 0, fmaxHz: 8000, htk: true }, 16000);
    const tick = axis.find(({ text }) => text === "1 kHz");
    expect(tick?.at).toBeCloseTo(((999.99 / 2840.02) * 41 - 0.5) / 40, 4);
  });

  it("have round times that fit side by side", () => {
    expect(timeTicks(5)).toMatchObject({ ticks: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5], label: "time (s)" });
    const texts = (seconds: number) => timeTicks(seconds).ticks.map(timeTicks(seconds).format);
    expect(texts(0.04)).toEqual(["0", "0.005", "0.01", "0.015", "0.02", "0.025", "0.03", "0.035", "0.04"]);
    expect(texts(600)).toEqual([
      "0:00",
      "1:00",
      "2:00",
      "3:00",
      "4:00",
      "5:00",
      "6:00",
      "7:00",
      "8:00",
      "9:00",
      "10:00",
    ]);
    expect(texts(20_000).at(-1)).toBe("5:00");
    for (let seconds = 0.001; seconds < 1e7; seconds *= 1.7) {
      expect(timeTicks(seconds).ticks.length).toBeGreaterThan(2);
      expect(timeTicks(seconds).ticks.length).toBeLessThan(12);
    }
  });
});

describe("colours", () => {
  it("rise in lightness all the way, so that they print in grey", async () => {
    const { Plot } = await createFigureDrawer({});
    const lightness = colourTable(Plot, "rising").map(
      ([r, g, b]) => 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2,
    );
    for (let k = 8; k < 256; k++) expect(lightness[k]!).toBeGreaterThan(lightness[k - 8]!);
    const signed = colourTable(Plot, "signed");
    // Blue below, white in the middle, red above.
    expect(signed[0]![2]).toBeGreaterThan(signed[0]![0]);
    expect(signed[255]![0]).toBeGreaterThan(signed[255]![2]);
    expect(Math.min(...signed[128]!)).toBeGreaterThan(235);
  });
});

describe("drawFeaturePlot", () => {
  it("stacks all plots over one time axis, in a drawing that stands alone", async () => {
    const input = picturesOf(frontEndPreset("librosa", ["mfcc", "rms"]));
    const heading = { title: 'a "tone" & noise', subtitle: "half a second", hasHeading: true };
    const { svg, width, height, left, right } = await drawFeaturePlot({ ...input, ...heading });
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 1000 \d+"/);
    for (const text of [
      "Waveform",
      "MFCC: coefficient 0, the level",
      "Root mean square",
      "time (s)",
      "&#34;tone&#34; &#38;",
    ]) {
      expect(svg).toContain(text);
    }
    expect([...svg.matchAll(/time \(s\)/g)].length).toBe(1);
    // Two colour pictures: the coefficients and their scale.
    expect([...svg.matchAll(/<image [^>]*href="data:image\/png;base64,/g)].length).toBe(2);
    expect(svg).not.toMatch(/https?:\/\/(?!www\.w3\.org)|NaN|undefined|<style/);
    expect(left > 0 && right < width && height > 400).toBe(true);
  });

  it("draws a single frame, silence and a sound of no length to speak of", async () => {
    for (const samples of [1, 2, 600]) {
      const document = frontEndPreset("librosa", ["log-mel", "mfcc", "zcr", "chroma"]);
      const { rows, values } = computeFrontEnd(new Float32Array(samples), document);
      const fit = createPictureFit(rows);
      fit.add(Float64Array.from({ length: rows }, (_, k) => values[k * (values.length / rows)]!));
      const envelope = createEnvelopeFit();
      envelope.add(new Float32Array(samples));
      const { svg } = await drawFeaturePlot({
        ...{ title: "silence", subtitle: "", hasHeading: false, document },
        ...{ picture: fit.result(), envelope: envelope.result() },
      });
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
