import { createFeatureNode, toAudioBuffer } from "../src/realtime/index.browser.ts";
import processorUrl from "../src/realtime/feature-processor.worklet.ts?worker&url";
import { computeFrontEnd, type FrontEndDocument, meanOfChannels } from "../src/signal/index.ts";

/** What the page is asked to do. */
export type PageTask =
  | {
      readonly kind: "render";
      readonly document: FrontEndDocument;
      /** Served as `/files/<name>`: float32 samples, channel after channel. */
      readonly file: string;
      readonly channels: number;
      /** A processor that is served as `/files/<name>`, instead of the one bundled from its source. */
      readonly processor?: string;
    }
  | { readonly kind: "play"; readonly document: FrontEndDocument }
  | { readonly kind: "refusals"; readonly document: FrontEndDocument; readonly notLive: FrontEndDocument };

/** What was rendered offline. */
export interface Rendered {
  readonly rows: number;
  /** Indices of the frames, in the order in which they came. */
  readonly indices: number[];
  /** Base64 of float64 numbers, frame after frame. */
  readonly features: string;
  /** What `flush` resolved to. */
  readonly ended: number;
  /** Whether the output was the input, bit for bit. */
  readonly unchanged: boolean;
  /** Whether the numbers are those that the page's own engine gives for the whole sound, bit for bit. */
  readonly exact: boolean;
}

/** In the page. */
export async function run(task: PageTask): Promise<unknown> {
  if (task.kind === "render") return render(task);
  return task.kind === "play" ? play(task.document) : refusals(task);
}

async function render({ document, file, channels, processor }: Extract<PageTask, { kind: "render" }>) {
  const samples = new Float32Array(await (await fetch(`/files/${file}`)).arrayBuffer());
  const each = samples.length / channels;
  const sound = Array.from({ length: channels }, (_, c) => samples.subarray(c * each, (c + 1) * each));
  const { sampleRate } = document;
  const context = new OfflineAudioContext({ numberOfChannels: channels, length: each, sampleRate });
  const frames: Float64Array[] = [];
  const indices: number[] = [];
  const features = await createFeatureNode(context, document, {
    processorUrl: processor === undefined ? processorUrl : await scriptAddress(`/files/${processor}`),
    onFeatures(numbers, t) {
      frames.push(numbers);
      indices.push(t);
    },
  });
  const source = new AudioBufferSourceNode(context, { buffer: toAudioBuffer(sound, sampleRate) });
  source.connect(features.node).connect(context.destination);
  source.start();
  const output = await context.startRendering();
  await features.ready;
  const ended = await features.flush();
  const unchanged = sound.every((channel, c) => {
    const heard = output.getChannelData(c);
    return channel.subarray(0, heard.length).every((value, n) => Object.is(value, heard[n]));
  });
  const rows = frames[0]?.length ?? 0;
  const all = new Float64Array(rows * frames.length);
  for (const [t, frame] of frames.entries()) all.set(frame, t * rows);
  const finite = meanOfChannels(sound).map((value) => (Number.isFinite(value) ? value : 0));
  const whole = computeFrontEnd(finite, document);
  const exact = all.every((value, n) => {
    return Object.is(value, whole.values[(n % rows) * whole.frames + Math.floor(n / rows)]);
  });
  return { rows, indices, features: base64(new Uint8Array(all.buffer)), ended, unchanged, exact };
}

async function play(document: FrontEndDocument) {
  const context = new AudioContext({ sampleRate: document.sampleRate });
  const sounds: { t: number; finite: boolean }[][] = [[]];
  let messages = 0;
  let inMessage = false;
  const features = await createFeatureNode(context, document, {
    processorUrl,
    onFeatures(numbers, t) {
      sounds.at(-1)?.push({ t, finite: numbers.every(Number.isFinite) });
      if (inMessage) return;
      inMessage = true;
      messages++;
      queueMicrotask(() => {
        inMessage = false;
      });
    },
  });
  const tone = new OscillatorNode(context, { frequency: 440 });
  const silent = new GainNode(context, { gain: 0 });
  tone.connect(features.node).connect(silent).connect(context.destination);
  tone.start();
  await context.resume();
  const wait = () => new Promise((resolve) => setTimeout(resolve, 20));
  /** A busy machine may take its time. */
  const until = async (frames: number) => {
    for (let n = 0; n < 1000 && (sounds.at(-1)?.length ?? 0) < frames; n++) await wait();
  };
  await until(375);
  const flushed = await features.flush();
  const first = sounds[0]?.length ?? 0;
  sounds.push([]);
  await until(100);
  features.reset();
  sounds.push([]);
  await until(100);
  features.close();
  const later = features.flush().catch((error: { code: string }) => error.code);
  const atClose = sounds[2]?.length ?? 0;
  for (let n = 0; n < 5; n++) await wait();
  const afterClose = (sounds[2]?.length ?? 0) - atClose;
  const result = {
    flushed,
    first,
    messages,
    sounds: sounds.map((frames) => ({
      frames: frames.length,
      rising: frames.every(({ t }, n) => t === n),
      finite: frames.every(({ finite }) => finite),
    })),
    afterClose,
    later: await later,
  };
  await context.close();
  return result;
}

async function refusals({ document, notLive }: Extract<PageTask, { kind: "refusals" }>) {
  const context = (rate = document.sampleRate) => new OfflineAudioContext(1, 100, rate);
  const onFeatures = () => {};
  const insecure = { sampleRate: document.sampleRate, audioWorklet: undefined } as unknown as BaseAudioContext;
  const tooShort = context();
  const short = await createFeatureNode(tooShort, { ...document, center: false }, { processorUrl, onFeatures });
  short.node.connect(tooShort.destination);
  await tooShort.startRendering();
  const misshapen = context();
  const yin = { kind: "yin", fminHz: 400, fmaxHz: 300, threshold: 0.1 } as const;
  const bad = await createFeatureNode(misshapen, { ...document, features: [yin] }, { processorUrl, onFeatures });
  bad.node.connect(misshapen.destination);
  await misshapen.startRendering();
  return Promise.all([
    failureOf(createFeatureNode(context(44_100), document, { processorUrl, onFeatures })),
    failureOf(createFeatureNode(context(), notLive, { processorUrl, onFeatures })),
    failureOf(createFeatureNode(context(), document, { processorUrl: "/not-there.js", onFeatures })),
    failureOf(createFeatureNode(insecure, document, { processorUrl, onFeatures })),
    failureOf(createFeatureNode(context(), document, { processorUrl, onFeatures, batchSeconds: Number.NaN })),
    failureOf(short.flush()),
    failureOf(bad.ready),
  ]);
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "it did not fail";
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

async function scriptAddress(path: string): Promise<string> {
  const code = await (await fetch(path)).text();
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let n = 0; n < bytes.length; n += 4096) text += String.fromCharCode(...bytes.subarray(n, n + 4096));
  return btoa(text);
}
