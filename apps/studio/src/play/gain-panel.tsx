import { Slider, Text, Title } from "@mantine/core";
import { LevelMeter } from "./level-meter.tsx";
import styles from "./play.module.css";

const widestDb = 24;

interface GainPanelProps {
  readonly name: string;
  readonly explanation: string;
  readonly gainDb: number;
  readonly onChange: (gainDb: number) => void;
  readonly tap: AnalyserNode | undefined;
  readonly playing: boolean;
}

/** A gain and the level behind it. */
export function GainPanel({ name, explanation, gainDb, onChange, tap, playing }: GainPanelProps) {
  return (
    <section className={styles.panel} aria-label={name}>
      <div className={styles.panelHead}>
        <Title order={2} className={styles.panelTitle}>
          {name}
        </Title>
        <button
          type="button"
          className={styles.gainValue}
          onClick={() => onChange(0)}
          aria-label={`${name} gain ${signed(gainDb)}; press to set it to 0 dB`}
          title="Set to 0 dB"
        >
          {signed(gainDb)}
        </button>
      </div>
      <Slider
        value={gainDb}
        onChange={onChange}
        min={-widestDb}
        max={widestDb}
        step={0.5}
        startPointValue={0}
        label={null}
        size="sm"
        marks={[{ value: 0 }]}
        thumbLabel={`${name} gain in decibels`}
        thumbSize={18}
        onDoubleClick={() => onChange(0)}
      />
      <Text size="xs" c="dimmed">
        {explanation}
      </Text>
      <div className={styles.panelFoot}>
        <LevelMeter name={name} tap={tap} playing={playing} />
      </div>
    </section>
  );
}

function signed(db: number): string {
  return `${db > 0 ? "+" : db < 0 ? "−" : ""}${Math.abs(db).toFixed(1)} dB`;
}
