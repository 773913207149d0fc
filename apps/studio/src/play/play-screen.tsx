import {
  ActionIcon,
  Alert,
  Button,
  Container,
  FileButton,
  Group,
  Kbd,
  Loader,
  Stack,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useEffect } from "react";
import type { ModelDocument } from "../../../../src/modelfile/index.ts";
import { FileDrop } from "./file-drop.tsx";
import { GainPanel } from "./gain-panel.tsx";
import { Icon } from "./icons.tsx";
import { useKeyboard } from "./keyboard.ts";
import { modelFileTypes } from "./load-model.ts";
import { ModelHeader } from "./model-header.tsx";
import styles from "./play.module.css";
import { usePlay } from "./play-store.ts";
import { Scope } from "./scope.tsx";
import { riffSeconds } from "./sound.ts";
import { SourcePanel } from "./source-panel.tsx";
import { StompBox } from "./stomp-box.tsx";
import { Transport } from "./transport.tsx";

/** Plays one model: source, gains, bypass, meters, a look at the waves, and rendering to a file. */
export function PlayScreen() {
  const { model, loading, problem, loadModel, dismissProblem } = usePlay();
  useKeyboard();
  useEffect(() => void loadModel(), [loadModel]);
  useEffect(() => {
    if (model !== undefined) document.title = `${model.metadata.name} – Tonewright`;
  }, [model]);
  return (
    <Container size={1120} className={styles.screen}>
      <TopBar />
      {problem !== undefined && (
        <Alert
          color="red"
          variant="light"
          title={sentence(problem.message)}
          withCloseButton
          onClose={dismissProblem}
          role="alert"
        >
          {sentence(problem.hint)}
        </Alert>
      )}
      {model !== undefined && <Board model={model} />}
      {model === undefined && (loading ? <Loader m="xl" aria-label="Loading the model" /> : <NoModel />)}
      <FileDrop />
    </Container>
  );
}

function Board({ model }: { readonly model: ModelDocument }) {
  const { player, playing, source, file, bypass, inputGainDb, outputGainDb, setBypass, setGains } = usePlay();
  const durationSeconds = source === "riff" ? riffSeconds : source === "file" ? file?.buffer.duration : undefined;
  return (
    <main className={styles.board}>
      <ModelHeader model={model} />
      <div className={styles.stage}>
        <Scope player={player} sampleRate={model.sampleRate} playing={playing} />
        <Transport durationSeconds={durationSeconds} canPlay={source !== "file" || file !== undefined} />
      </div>
      <div className={styles.chain}>
        <SourcePanel />
        <GainPanel
          name="Input"
          explanation="Drives the model. 0 dB is the level it was trained at."
          gainDb={inputGainDb}
          onChange={(gainDb) => setGains({ inputGainDb: gainDb })}
          tap={player?.into}
          playing={playing}
        />
        <StompBox modelName={model.metadata.name} bypass={bypass} onChange={setBypass} />
        <GainPanel
          name="Output"
          explanation="The volume of what you hear, bypassed or not."
          gainDb={outputGainDb}
          onChange={(gainDb) => setGains({ outputGainDb: gainDb })}
          tap={player?.outOf}
          playing={playing}
        />
      </div>
      <Text size="sm" c="dimmed" className={styles.keys}>
        <Kbd size="xs">Space</Kbd> plays and stops, <Kbd size="xs">B</Kbd> bypasses, <Kbd size="xs">L</Kbd> loops. Drop
        a sound or another model anywhere on the page.
      </Text>
    </main>
  );
}

function TopBar() {
  const openFile = usePlay((state) => state.openFile);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("dark");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <Group justify="space-between" className={styles.topBar}>
      <Group gap={8} className={styles.brand}>
        <Icon shape="wave" size={24} />
        <span>Tonewright</span>
      </Group>
      <Group gap="xs">
        <FileButton onChange={(file) => file !== null && void openFile(file)} accept={modelFileTypes}>
          {(props) => (
            <Button {...props} variant="subtle" color="gray" size="compact-md" fw={500}>
              Open a model
            </Button>
          )}
        </FileButton>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={() => setColorScheme(other)}
          aria-label={`Use ${other} colours`}
        >
          <Icon shape={scheme === "dark" ? "sun" : "moon"} />
        </ActionIcon>
      </Group>
    </Group>
  );
}

function NoModel() {
  const openFile = usePlay((state) => state.openFile);
  return (
    <Stack align="center" className={styles.empty} gap="sm">
      <Text size="lg" fw={600}>
        No model yet
      </Text>
      <Text c="dimmed" ta="center">
        Drop a model.tonewright, .nam or RTNeural JSON file here, or start the page with <code>tonewright play</code>.
      </Text>
      <FileButton onChange={(file) => file !== null && void openFile(file)} accept={modelFileTypes}>
        {(props) => <Button {...props}>Choose a model</Button>}
      </FileButton>
    </Stack>
  );
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
