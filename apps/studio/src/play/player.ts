import { TonewrightError } from "../../../../src/errors/index.ts";
import type { ModelDocument } from "../../../../src/modelfile/index.ts";
import { createModelNode } from "../../../../src/realtime/index.browser.ts";
import processorUrl from "../../../../src/realtime/model-processor.worklet.ts?worker&url";
import type { InputChannel } from "./live-input.ts";

export { processorUrl };

/** What is set at the front panel; gains are linear. */
export interface Settings {
  readonly inputGain: number;
  readonly outputGain: number;
  readonly bypass: boolean;
}

/** The audio graph of one model: source, model, taps for the meters, loudspeaker. */
export interface Player {
  /** What goes into the model, after the input gain. */
  readonly into: AnalyserNode;
  /** What is heard. */
  readonly outOf: AnalyserNode;
  /** From the model's output to the loudspeaker, as the browser tells it. */
  readonly latencySeconds: number;
  /** Where a sound is, in seconds from its start. */
  readonly positionSeconds: number;
  set(settings: Settings): void;
  playSound(buffer: AudioBuffer, options: { loop: boolean; fromSeconds: number; onEnd: () => void }): Promise<void>;
  playInput(stream: MediaStream, channel: InputChannel): Promise<void>;
  setLoop(loop: boolean): void;
  /** Fades out, lets go of the source and rests. */
  stop(): void;
  close(): Promise<void>;
}

/** Seconds that a meter and the scope look back. */
const tapSeconds = 0.08;
const fadeSeconds = 0.005;

/** A player with the model on the audio thread. Call it from a click or a key: browsers start no audio by themselves. */
export async function openPlayer(document: ModelDocument): Promise<Player> {
  const context = openContext(document.sampleRate);
  try {
    const model = await createModelNode(context, document, { processorUrl });
    const entry = new GainNode(context);
    const inputGain = new GainNode(context);
    const into = tap(context);
    const outOf = tap(context);
    const fade = new GainNode(context, { gain: 0 });
    entry.connect(model.node).connect(outOf).connect(fade).connect(context.destination);
    entry.connect(inputGain).connect(into);
    return graph(context, { model, entry, inputGain, into, outOf, fade });
  } catch (error) {
    await context.close();
    throw error;
  }
}

interface Parts {
  readonly model: Awaited<ReturnType<typeof createModelNode>>;
  readonly entry: GainNode;
  readonly inputGain: GainNode;
  readonly into: AnalyserNode;
  readonly outOf: AnalyserNode;
  readonly fade: GainNode;
}

interface Source {
  readonly buffer?: AudioBufferSourceNode;
  readonly startedAt: number;
  end(): void;
}

function graph(context: AudioContext, { model, entry, inputGain, into, outOf, fade }: Parts): Player {
  let source: Source | undefined;

  const drop = (): void => {
    source?.end();
    source = undefined;
  };
  const begin = async (next: Source): Promise<void> => {
    drop();
    source = next;
    await context.resume();
    fade.gain.cancelScheduledValues(context.currentTime);
    fade.gain.setTargetAtTime(1, context.currentTime, fadeSeconds);
  };
  return {
    into,
    outOf,
    get latencySeconds() {
      // Safari does not tell the second.
      return context.baseLatency + (context.outputLatency || 0);
    },
    get positionSeconds() {
      const duration = source?.buffer?.buffer?.duration ?? 0;
      return source === undefined || duration === 0 ? 0 : (context.currentTime - source.startedAt) % duration;
    },
    set(settings) {
      model.inputGain.value = settings.inputGain;
      inputGain.gain.value = settings.inputGain;
      model.outputGain.value = settings.outputGain;
      model.bypass.value = settings.bypass ? 1 : 0;
    },
    async playSound(buffer, { loop, fromSeconds, onEnd }) {
      const node = new AudioBufferSourceNode(context, { buffer, loop });
      node.connect(entry);
      node.onended = onEnd;
      const startedAt = context.currentTime - fromSeconds;
      node.start(0, fromSeconds);
      await begin({
        buffer: node,
        startedAt,
        end() {
          node.onended = null;
          node.stop();
          node.disconnect();
        },
      });
    },
    async playInput(stream, channel) {
      const node = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
      if (channel === "both") node.connect(entry);
      else {
        const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
        node.connect(splitter).connect(entry, channel === "left" ? 0 : 1);
      }
      await begin({
        startedAt: context.currentTime,
        end() {
          node.disconnect();
          for (const track of stream.getTracks()) track.stop();
        },
      });
    },
    setLoop(loop) {
      if (source?.buffer !== undefined) source.buffer.loop = loop;
    },
    stop() {
      const leaving = source;
      fade.gain.cancelScheduledValues(context.currentTime);
      fade.gain.setTargetAtTime(0, context.currentTime, fadeSeconds);
      setTimeout(() => {
        if (source !== leaving) return;
        drop();
        void context.suspend();
      }, 10_000 * fadeSeconds);
    },
    async close() {
      drop();
      await context.close();
    },
  };
}

function tap(context: AudioContext): AnalyserNode {
  const samples = tapSeconds * context.sampleRate;
  return new AnalyserNode(context, { fftSize: Math.min(32768, Math.max(32, 2 ** Math.ceil(Math.log2(samples)))) });
}

function openContext(sampleRate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate, latencyHint: "interactive" });
  } catch (cause) {
    throw new TonewrightError(
      "rate-not-playable",
      `this browser cannot play at the model's ${sampleRate} Hz`,
      "try another browser, or use `tonewright render`",
      { cause },
    );
  }
}
