import { Kbd, Text } from "@mantine/core";
import styles from "./stomp-box.module.css";

interface StompBoxProps {
  readonly modelName: string;
  readonly bypass: boolean;
  readonly onChange: (bypass: boolean) => void;
}

/** The model as a pedal: a light and a switch to step on. */
export function StompBox({ modelName, bypass, onChange }: StompBoxProps) {
  return (
    <section className={styles.pedal} data-on={!bypass} aria-label="Model">
      <div className={styles.led} data-on={!bypass} aria-hidden="true" />
      <Text className={styles.pedalName} lineClamp={2}>
        {modelName}
      </Text>
      <button
        type="button"
        role="switch"
        aria-checked={bypass}
        aria-label="Bypass"
        aria-keyshortcuts="b"
        className={styles.footswitch}
        onClick={() => onChange(!bypass)}
      />
      <Text size="sm" className={styles.pedalState}>
        {bypass ? "Bypassed" : "On"} <Kbd size="xs">B</Kbd>
      </Text>
    </section>
  );
}
