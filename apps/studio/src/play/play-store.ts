import { create } from "zustand";
import type { ModelDocument } from "../../../../src/modelfile/index.ts";
import { renderOffline } from "../../../../src/realtime/index.browser.ts";
import { amplitudeFromDb, encodeWav } from "../../../../src/signal/index.ts";
import { type InputChannel, type InputDevice, listInputs, openLiveInput } from "./live-input.ts";
import { fetchModel, isModelFileName, readModelFile } from "./load-model.ts";
import { openPlayer, type Player, processorUrl } from "./player.ts";
import { type Problem, toProblem } from "./problem.ts";
import { saveFile } from "./save-file.ts";
import { builtInRiff, readSoundFile, type Sound } from "./sound.ts";

export type SourceKind = "riff" | "file" | "live";

/** Everything that the screen shows. Only the actions below change it. */
interface PlayState {
  readonly model: ModelDocument | undefined;
  /** The page is still looking for a model. */
  readonly loading: boolean;
  readonly source: SourceKind;
  readonly file: Sound | undefined;
  readonly inputs: readonly InputDevice[];
  readonly inputId: string | undefined;
  readonly inputChannel: InputChannel;
  readonly playing: boolean;
  /** Something takes a moment; what, in words. */
  readonly busy: string | undefined;
  readonly loop: boolean;
  readonly bypass: boolean;
  readonly inputGainDb: number;
  readonly outputGainDb: number;
  readonly player: Player | undefined;
  readonly problem: Problem | undefined;
  /** The outcome of the last rendering. */
  readonly rendered: string | undefined;

  loadModel(): Promise<void>;
  /** A model or a sound: the name's ending decides. */
  openFile(file: File): Promise<void>;
  setSource(source: SourceKind): Promise<void>;
  setInput(input: { id?: string; channel?: InputChannel }): Promise<void>;
  togglePlaying(): Promise<void>;
  seek(seconds: number): Promise<void>;
  setLoop(loop: boolean): void;
  setBypass(bypass: boolean): void;
  setGains(gains: { inputGainDb?: number; outputGainDb?: number }): void;
  render(): Promise<void>;
  dismissProblem(): void;
}

export const usePlay = create<PlayState>()((set, get) => {
  let riff: Sound | undefined;

  const settings = () => {
    const { inputGainDb, outputGainDb, bypass } = get();
    return { inputGain: amplitudeFromDb(inputGainDb), outputGain: amplitudeFromDb(outputGainDb), bypass };
  };

  /** Runs an action; what it throws is shown. */
  const attempt = async (busy: string, action: () => Promise<void>): Promise<void> => {
    if (get().busy !== undefined) return;
    set({ busy, problem: undefined });
    // One painted frame, so that the words are seen before the work starts.
    await new Promise((resolve) => setTimeout(resolve));
    try {
      await action();
    } catch (error) {
      get().player?.stop();
      set({ playing: false, problem: toProblem(error, busy) });
    } finally {
      set({ busy: undefined });
    }
  };

  const soundOf = (model: ModelDocument): Sound | undefined => {
    if (get().source === "file") return get().file;
    if (riff?.buffer.sampleRate !== model.sampleRate) riff = builtInRiff(model.sampleRate);
    return riff;
  };

  const start = async (fromSeconds = 0): Promise<void> => {
    const { model, source, loop, inputId, inputChannel } = get();
    if (model === undefined || (source === "file" && get().file === undefined)) return;
    const player = get().player ?? (await openPlayer(model));
    set({ player });
    player.set(settings());
    if (source === "live") {
      const stream = await openLiveInput(inputId);
      const used = stream.getAudioTracks()[0]?.getSettings().deviceId;
      set({ inputs: await listInputs(), ...(used === undefined ? {} : { inputId: used }) });
      await player.playInput(stream, inputChannel);
    } else {
      const sound = soundOf(model);
      if (sound === undefined) return;
      const onEnd = () => {
        player.stop();
        set({ playing: false });
      };
      await player.playSound(sound.buffer, { loop, fromSeconds, onEnd });
    }
    set({ playing: true });
  };

  const restart = (): Promise<void> => attempt("Starting", () => start());

  const takeModel = async (model: ModelDocument): Promise<void> => {
    await get().player?.close();
    // A file was brought to the rate of the old model.
    const keepsFile = get().model?.sampleRate === model.sampleRate;
    set({ model, player: undefined, playing: false, rendered: undefined });
    if (!keepsFile) set({ file: undefined, source: get().source === "file" ? "riff" : get().source });
  };

  return {
    model: undefined,
    loading: true,
    source: "riff",
    file: undefined,
    inputs: [],
    inputId: undefined,
    inputChannel: "both",
    playing: false,
    busy: undefined,
    loop: true,
    bypass: false,
    inputGainDb: 0,
    outputGainDb: 0,
    player: undefined,
    problem: undefined,
    rendered: undefined,

    async loadModel() {
      await attempt("Loading the model", async () => {
        const model = await fetchModel();
        if (model !== undefined) await takeModel(model);
      });
      set({ loading: false });
    },
    async openFile(file) {
      if (isModelFileName(file.name))
        return attempt("Loading the model", async () => takeModel(await readModelFile(file)));
      await attempt("Reading the file", async () => {
        const { model, playing } = get();
        if (model === undefined) return;
        set({ file: await readSoundFile(file, model.sampleRate), source: "file", rendered: undefined });
        if (playing) await start();
      });
    },
    async setSource(source) {
      const { playing, player } = get();
      set({ source, problem: undefined, rendered: undefined });
      if (!playing) return;
      if (source === "file" && get().file === undefined) {
        player?.stop();
        set({ playing: false });
      } else await restart();
    },
    async setInput({ id, channel }) {
      set({
        ...(id === undefined ? {} : { inputId: id }),
        ...(channel === undefined ? {} : { inputChannel: channel }),
      });
      if (get().playing && get().source === "live") await restart();
    },
    async togglePlaying() {
      if (!get().playing) return restart();
      get().player?.stop();
      set({ playing: false });
    },
    async seek(seconds) {
      await attempt("Starting", () => start(seconds));
    },
    setLoop(loop) {
      set({ loop });
      get().player?.setLoop(loop);
    },
    setBypass(bypass) {
      set({ bypass });
      get().player?.set(settings());
    },
    setGains(gains) {
      set(gains);
      get().player?.set(settings());
    },
    async render() {
      await attempt("Rendering", async () => {
        const { model } = get();
        const sound = model === undefined ? undefined : soundOf(model);
        if (model === undefined || sound === undefined) return;
        const { inputGain, outputGain } = settings();
        const startedAt = performance.now();
        const output = await renderOffline(model, sound.channels, { processorUrl, inputGain, outputGain });
        const tookSeconds = (performance.now() - startedAt) / 1000;
        const soundSeconds = output.length / model.sampleRate;
        const bytes = await encodeWav({ channels: [output], sampleRate: model.sampleRate });
        saveFile(bytes, { name: `${stem(sound.name)} - ${model.metadata.name}.wav`, type: "audio/wav" });
        const speed = (soundSeconds / tookSeconds).toFixed(soundSeconds > 10 * tookSeconds ? 0 : 1);
        set({
          rendered: `Rendered ${soundSeconds.toFixed(1)} s in ${tookSeconds.toFixed(2)} s, ${speed} times faster than it plays.`,
        });
      });
    },
    dismissProblem() {
      set({ problem: undefined });
    },
  };
});

function stem(name: string): string {
  return name.replace(/\.[^.]{1,5}$/, "");
}
