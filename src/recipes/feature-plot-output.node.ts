import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { encodeFlac, featureRows, type FrontEndDocument } from "../signal/index.ts";
import { durationText } from "./collection-page-text.ts";
import { drawFeaturePlot } from "./feature-plot.ts";
import { singleRows } from "./feature-plot-panels.ts";
import { featurePage, type PageFacts } from "./feature-page.ts";
import type { FeatureFacts, FeatureListener } from "./features-read.node.ts";
import { createEnvelopeFit, createPictureFit } from "./features-picture.ts";
import { createStatisticsFit } from "./features-statistics.ts";
import { openAtomicFile } from "./features-writer.node.ts";

/** A plot that is written when all of the sound was heard. */
export function createPlotOutput(
  path: string,
  {
    format,
    document,
    name,
    page,
    makeFolder = false,
  }: {
    readonly format: "png" | "html";
    readonly document: FrontEndDocument;
    readonly name: string;
    readonly page: PageFacts;
    readonly makeFolder?: boolean;
  },
) {
  const rows = featureRows(document).reduce((sum, place) => sum + place.rows, 0);
  const picture = createPictureFit(rows, { single: singleRows(document) });
  const envelope = createEnvelopeFit();
  const statistics = createStatisticsFit(rows);
  const excerpt = createExcerpt(format === "html" ? PLAYED_SECONDS * document.sampleRate : 0);
  const listener: FeatureListener = {
    samples(block) {
      envelope.add(block);
      excerpt.add(block);
    },
    frame(features) {
      picture.add(features);
      statistics.add(features);
    },
  };
  return {
    listener,
    async save(facts: FeatureFacts) {
      const subtitle = subtitleOf(facts, document);
      const plot = await drawFeaturePlot({
        ...{ title: lastPart(name), subtitle, hasHeading: format === "png", document },
        ...{ picture: picture.result(), envelope: envelope.result() },
      });
      const content =
        format === "png"
          ? await svgToPng(plot.svg, { width: 2 * plot.width })
          : featurePage({
              ...{ name: lastPart(name), subtitle, facts, document, plot, page, statistics: statistics.result() },
              sound: await playable(excerpt.samples(), document.sampleRate),
            });
      const file = await openAtomicFile(path, { makeFolder });
      await file.write(content);
      await file.commit();
    },
    discard: async () => {},
  };
}

/** Longest sound in a page; a player of more would make it large. */
const PLAYED_SECONDS = 120;

function createExcerpt(most: number) {
  const blocks: Float32Array[] = [];
  let filled = 0;
  return {
    add(block: Float32Array) {
      if (filled >= most) return;
      const part = block.slice(0, most - filled);
      blocks.push(part);
      filled += part.length;
    },
    samples() {
      const all = new Float32Array(filled);
      let at = 0;
      for (const block of blocks) {
        all.set(block, at);
        at += block.length;
      }
      return all;
    },
  };
}

async function playable(samples: Float32Array, sampleRate: number) {
  // Integers hold nothing beyond full scale.
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const channel = peak > 1 ? samples.map((value) => value / peak) : samples;
  const bytes = await encodeFlac({ channels: [channel], sampleRate }, { bits: 16 });
  return { bytes, seconds: samples.length / sampleRate };
}

function subtitleOf({ seconds, sampleRate, channels, format }: FeatureFacts, document: FrontEndDocument): string {
  const { fftSize, hop, window } = document;
  const at = sampleRate === document.sampleRate ? "" : ` at ${document.sampleRate} Hz`;
  const shape = typeof window === "string" ? window : window.kind;
  const length = seconds < 120 ? `${seconds.toFixed(2)} s` : durationText(seconds);
  return `${length}, ${format}, ${sampleRate} Hz, ${channels === 1 ? "mono" : `${channels} channels`}; frames of ${fftSize} samples${at} (${shape}), hop ${hop}`;
}

const lastPart = (name: string): string => name.split(/[\\/]/).at(-1) ?? name;

type Renderer = typeof import("@resvg/resvg-wasm")["Resvg"];

let ready: Promise<{ readonly Resvg: Renderer; readonly fonts: Uint8Array[] }> | undefined;

/** The renderer and its fonts, loaded when the first plot is wanted. */
function loadRenderer() {
  ready ??= (async () => {
    const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
    const { resolve } = createRequire(import.meta.url);
    const read = async (name: string) => new Uint8Array(await readFile(resolve(name)));
    await initWasm(await read("@resvg/resvg-wasm/index_bg.wasm"));
    const names = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];
    return { Resvg, fonts: await Promise.all(names.map((font) => read(`dejavu-fonts-ttf/ttf/${font}`))) };
  })();
  return ready;
}

/** An SVG as PNG: dark ink on white, in DejaVu Sans, the same on every machine. */
async function svgToPng(svg: string, { width }: { readonly width: number }): Promise<Uint8Array> {
  const { Resvg, fonts } = await loadRenderer();
  const inked = svg.replace("<svg ", '<svg color="#1d2226" font-family="DejaVu Sans" ');
  const renderer = new Resvg(inked, {
    font: { fontBuffers: fonts, defaultFontFamily: "DejaVu Sans" },
    fitTo: { mode: "width", value: width },
    background: "#ffffff",
  });
  try {
    const image = renderer.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    renderer.free();
  }
}
