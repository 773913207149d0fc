import { ActionIcon, Button, Group, Slider, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useAnimationFrame } from "./animation-frame.ts";
import { Icon } from "./icons.tsx";
import styles from "./play.module.css";
import { usePlay } from "./play-store.ts";

interface TransportProps {
  /** Of the sound, or undefined for live input and before there is a sound. */
  readonly durationSeconds: number | undefined;
  readonly canPlay: boolean;
}

/** Play, place in the sound, loop, render. */
export function Transport({ durationSeconds, canPlay }: TransportProps) {
  const { playing, busy, loop, source, togglePlaying, setLoop, render, rendered } = usePlay();
  return (
    <div className={styles.transport}>
      <ActionIcon
        variant="filled"
        radius="xl"
        size={64}
        className={styles.play}
        data-playing={playing}
        onClick={() => void togglePlaying()}
        disabled={!canPlay || (busy !== undefined && !playing)}
        aria-label={playing ? "Stop" : "Play"}
        aria-keyshortcuts="Space"
      >
        <Icon shape={playing ? "stop" : "play"} size={30} />
      </ActionIcon>
      <div className={styles.transportMiddle}>
        {source === "live" ? <Live /> : <Position durationSeconds={durationSeconds} />}
        <Text size="sm" c="dimmed" role="status" className={styles.status}>
          {busy === undefined ? (rendered ?? "") : `${busy}…`}
        </Text>
      </div>
      <Group gap="md" wrap="nowrap" className={styles.transportEnd}>
        <Switch
          label="Loop"
          checked={loop}
          onChange={(event) => setLoop(event.currentTarget.checked)}
          disabled={source === "live"}
        />
        <Button
          variant="default"
          leftSection={<Icon shape="download" size={18} />}
          onClick={() => void render()}
          disabled={!canPlay || source === "live"}
          loading={busy === "Rendering"}
        >
          Render file
        </Button>
      </Group>
    </div>
  );
}

function Live() {
  const { playing, player } = usePlay();
  return (
    <Text size="sm">
      {playing && player !== undefined
        ? `Live. The browser adds about ${Math.round(1000 * player.latencySeconds)} ms to what you hear.`
        : "Live input. Put headphones on, then press play."}
    </Text>
  );
}

function Position({ durationSeconds = 0 }: { readonly durationSeconds: number | undefined }) {
  const { playing, player, seek } = usePlay();
  const [shown, setShown] = useState(0);
  const [wanted, setWanted] = useState<number>();
  useAnimationFrame(() => {
    const seconds = playing ? (player?.positionSeconds ?? 0) : 0;
    if (Math.abs(seconds - shown) >= 0.1 || (seconds === 0) !== (shown === 0)) setShown(seconds);
  }, playing);
  const seconds = wanted ?? shown;
  return (
    <div className={styles.position}>
      <span className={styles.number}>{inMinutes(seconds)}</span>
      <Slider
        className={styles.positionSlider}
        value={seconds}
        min={0}
        max={Math.max(durationSeconds, 0.1)}
        step={0.1}
        label={null}
        size="sm"
        thumbSize={14}
        thumbLabel="Position in seconds"
        disabled={durationSeconds === 0}
        onChange={setWanted}
        onChangeEnd={(end) => {
          setWanted(undefined);
          setShown(end);
          void seek(end);
        }}
      />
      <span className={styles.number}>{inMinutes(durationSeconds)}</span>
    </div>
  );
}

function inMinutes(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
