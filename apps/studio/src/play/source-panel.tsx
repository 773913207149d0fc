import { Button, FileButton, SegmentedControl, Select, Stack, Text, Title } from "@mantine/core";
import type { InputChannel } from "./live-input.ts";
import styles from "./play.module.css";
import { type SourceKind, usePlay } from "./play-store.ts";

const kinds: { value: SourceKind; label: string }[] = [
  { value: "riff", label: "Riff" },
  { value: "file", label: "File" },
  { value: "live", label: "Live input" },
];

const channels: { value: InputChannel; label: string }[] = [
  { value: "both", label: "Both" },
  { value: "left", label: "Left" },
  { value: "right", label: "Right" },
];

/** What the model hears. */
export function SourcePanel() {
  const { source, setSource } = usePlay();
  return (
    <section className={styles.panel} aria-label="Source">
      <div className={styles.panelHead}>
        <Title order={2} className={styles.panelTitle}>
          Source
        </Title>
      </div>
      <SegmentedControl
        fullWidth
        withItemsBorders={false}
        aria-label="Source"
        value={source}
        onChange={(value) => void setSource(value)}
        data={kinds}
      />
      {source === "riff" && (
        <Text size="sm" c="dimmed">
          Four bars of rhythm guitar in E minor, straight from the pickup. Nothing to set up.
        </Text>
      )}
      {source === "file" && <FileSource />}
      {source === "live" && <LiveSource />}
    </section>
  );
}

function FileSource() {
  const { file, openFile } = usePlay();
  return (
    <Stack gap="xs">
      <FileButton onChange={(chosen) => chosen !== null && void openFile(chosen)} accept="audio/*,.wav">
        {(props) => (
          <Button {...props} variant="default" fullWidth className={styles.dropButton}>
            {file === undefined ? "Choose a sound file" : "Choose another file"}
          </Button>
        )}
      </FileButton>
      {file === undefined ? (
        <Text size="sm" c="dimmed">
          Or drop one anywhere on this page. WAV files are read to the exact sample.
        </Text>
      ) : (
        <>
          <Text size="sm" fw={600} className={styles.fileName}>
            {file.name}
          </Text>
          {file.notes.map((note) => (
            <Text size="sm" c="dimmed" key={note}>
              {note}
            </Text>
          ))}
        </>
      )}
    </Stack>
  );
}

function LiveSource() {
  const { inputs, inputId, inputChannel, setInput } = usePlay();
  return (
    <Stack gap="xs">
      <Text size="sm" className={styles.warning}>
        <strong>Use headphones.</strong> Through loudspeakers the microphone hears the output, and it howls.
      </Text>
      {inputs.length > 0 && (
        <Select
          aria-label="Input device"
          data={inputs.map(({ id, label }) => ({ value: id, label }))}
          value={inputId ?? null}
          onChange={(id) => id !== null && void setInput({ id })}
          allowDeselect={false}
        />
      )}
      <SegmentedControl
        fullWidth
        withItemsBorders={false}
        size="xs"
        aria-label="Input channel"
        value={inputChannel}
        onChange={(channel) => void setInput({ channel })}
        data={channels}
      />
    </Stack>
  );
}
