import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { peak } from "../../../../src/signal/index.ts";
import { useAnimationFrame } from "./animation-frame.ts";
import styles from "./play.module.css";
import type { Player } from "./player.ts";

const windowSeconds = 0.03;
const heightPx = 200;
/** How far the picture may reach from the middle: it grows at once and shrinks after a while. */
const reaches = [0.125, 0.25, 0.5, 1, 2, 4];
const shrinkMs = 2500;
const colours = {
  dark: { into: "#7f8894", outOf: "#fcb265", grid: "#ffffff12", text: "#8b929c" },
  light: { into: "#8d949e", outOf: "#c25e00", grid: "#0000000f", text: "#5c636d" },
};

interface ScopeProps {
  readonly player: Player | undefined;
  readonly sampleRate: number;
  readonly playing: boolean;
}

/** The last moment of sound, before and after the model, held still at a rising edge. */
export function Scope({ player, sampleRate, playing }: ScopeProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const scheme = useComputedColorScheme("dark");
  const samples = Math.round(windowSeconds * sampleRate);
  const memory = useRef({ into: new Float32Array(0), outOf: new Float32Array(0), reach: 1, neededAt: 0 });

  useEffect(() => {
    const { current: element } = place;
    if (element === null) return;
    const made = new uPlot(
      optionsFor(scheme, { width: element.clientWidth, sight: memory.current }),
      flat(samples, sampleRate),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: heightPx }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [scheme, samples, sampleRate]);

  useAnimationFrame(() => {
    const { current: made } = plot;
    if (made === null) return;
    if (!playing || player === undefined) {
      made.setData(flat(samples, sampleRate));
      return;
    }
    const { current: buffers } = memory;
    const length = player.into.fftSize;
    if (buffers.into.length !== length) {
      buffers.into = new Float32Array(length);
      buffers.outOf = new Float32Array(length);
    }
    player.into.getFloatTimeDomainData(buffers.into);
    player.outOf.getFloatTimeDomainData(buffers.outOf);
    const from = risingEdge(buffers.into, length - samples);
    const before = buffers.into.subarray(from, from + samples);
    const after = buffers.outOf.subarray(from, from + samples);
    fitReach(buffers, { loudest: Math.max(peak(before), peak(after)), now: performance.now() });
    made.setData([made.data[0], before, after]);
  }, playing);

  return (
    <figure className={styles.scope}>
      <figcaption className={styles.legend}>
        <span data-line="into">Into the model</span>
        <span data-line="outOf">What you hear</span>
      </figcaption>
      <div ref={place} role="img" aria-label="Waveforms before and after the model" />
    </figure>
  );
}

function flat(samples: number, sampleRate: number): uPlot.AlignedData {
  const silence = new Float32Array(samples);
  return [Float32Array.from(silence, (_, n) => (1000 * n) / sampleRate), silence, silence];
}

interface Sight {
  reach: number;
  /** When the present reach was needed last, ms. */
  neededAt: number;
}

function fitReach(sight: Sight, { loudest, now }: { loudest: number; now: number }): void {
  const wanted = reaches.find((reach) => reach >= loudest) ?? 4;
  if (wanted < sight.reach && now - sight.neededAt < shrinkMs) return;
  sight.reach = wanted;
  sight.neededAt = now;
}

function optionsFor(scheme: "dark" | "light", { width, sight }: { width: number; sight: Sight }): uPlot.Options {
  const { into, outOf, grid, text } = colours[scheme];
  const axis: uPlot.Axis = {
    stroke: text,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    font: "11px system-ui",
    gap: 4,
  };
  return {
    width,
    height: heightPx,
    cursor: { show: false },
    legend: { show: false },
    padding: [8, 8, 0, 0],
    scales: { x: { time: false, range: (_, min, max) => [min, max] }, y: { range: () => [-sight.reach, sight.reach] } },
    axes: [
      { ...axis, size: 22, values: (_, ticks) => ticks.map((ms) => (ms === 0 ? "" : `${ms} ms`)) },
      { ...axis, size: 44, splits: () => [-1, -0.5, 0, 0.5, 1].map((part) => part * sight.reach) },
    ],
    series: [
      {},
      { stroke: into, width: 1.2, points: { show: false } },
      { stroke: outOf, width: 1.8, points: { show: false } },
    ],
  };
}

/** The first sample up to `last` where the signal comes up through zero, so that a steady tone stands still. */
function risingEdge(signal: Float32Array, last: number): number {
  for (let n = 1; n <= last; n++) if ((signal[n - 1] ?? 0) < 0 && (signal[n] ?? 0) >= 0) return n;
  return last;
}
