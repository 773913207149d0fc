import { Group, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { dbFromAmplitude, peak, rms } from "../../../../src/signal/index.ts";
import { useAnimationFrame } from "./animation-frame.ts";
import styles from "./level-meter.module.css";

const lowestDb = -60;
const highestDb = 6;
const marksDb = [-48, -36, -24, -12, 0];
const holdMs = 1500;
const numberMs = 120;

interface LevelMeterProps {
  /** Such as "Input". */
  readonly name: string;
  /** Where to listen; undefined before the first play. */
  readonly tap: AnalyserNode | undefined;
  readonly playing: boolean;
}

/** Peak and RMS level in dBFS, with a clip light that stays on until it is pressed. */
export function LevelMeter({ name, tap, playing }: LevelMeterProps) {
  const meter = useRef<HTMLMeterElement>(null);
  const rest = useRef<HTMLDivElement>(null);
  const held = useRef<HTMLDivElement>(null);
  const number = useRef<HTMLSpanElement>(null);
  const memory = useRef({ samples: new Float32Array(0), heldDb: lowestDb, heldAt: 0, writtenAt: 0 });
  const [clipped, setClipped] = useState(false);

  useAnimationFrame(() => {
    const { current: state } = memory;
    const now = performance.now();
    const [rmsDb, peakDb] = playing && tap !== undefined ? measure(tap, state) : [lowestDb, lowestDb];
    if (peakDb >= state.heldDb || now - state.heldAt > holdMs || !playing) {
      state.heldDb = peakDb;
      state.heldAt = now;
    }
    if (rest.current !== null) rest.current.style.transform = `scaleX(${1 - share(rmsDb)})`;
    if (held.current !== null) held.current.style.left = `${100 * share(state.heldDb)}%`;
    if (peakDb >= 0 && !clipped) setClipped(true);
    if (playing && now - state.writtenAt < numberMs) return;
    state.writtenAt = now;
    if (number.current !== null) number.current.textContent = inDb(state.heldDb);
    if (meter.current === null) return;
    meter.current.value = rmsDb;
    meter.current.setAttribute("aria-valuetext", `RMS ${inDb(rmsDb)}, peak ${inDb(state.heldDb)}`);
  }, playing);

  return (
    <div>
      <meter ref={meter} className={styles.hidden} aria-label={`${name} level`} min={lowestDb} max={highestDb} />
      <div className={styles.meter} aria-hidden="true">
        <div ref={rest} className={styles.meterRest} />
        <div ref={held} className={styles.meterPeak} />
      </div>
      <div className={styles.meterMarks} aria-hidden="true">
        {marksDb.map((db) => (
          <span key={db} style={{ left: `${100 * share(db)}%` }}>
            {minus(`${db}`)}
          </span>
        ))}
      </div>
      <Group justify="space-between" mt={6} wrap="nowrap">
        <Text size="sm" c="dimmed">
          Peak <span ref={number} className={styles.number} />
        </Text>
        <button
          type="button"
          className={styles.clip}
          data-on={clipped}
          onClick={() => setClipped(false)}
          aria-label={clipped ? `${name} went over full scale; press to clear` : `${name} has not clipped`}
        >
          Clip
        </button>
      </Group>
    </div>
  );
}

/** RMS and peak in dBFS of what the tap heard last, not below the meter's foot. */
function measure(tap: AnalyserNode, state: { samples: Float32Array<ArrayBuffer> }): [number, number] {
  if (state.samples.length !== tap.fftSize) state.samples = new Float32Array(tap.fftSize);
  tap.getFloatTimeDomainData(state.samples);
  return [
    Math.max(lowestDb, dbFromAmplitude(rms(state.samples))),
    Math.max(lowestDb, dbFromAmplitude(peak(state.samples))),
  ];
}

/** How far along the meter a level is, 0 to 1. */
function share(db: number): number {
  return Math.min(1, Math.max(0, (db - lowestDb) / (highestDb - lowestDb)));
}

function inDb(db: number): string {
  return db <= lowestDb ? "−∞ dB" : minus(`${db.toFixed(1)} dB`);
}

function minus(text: string): string {
  return text.replace("-", "−");
}
