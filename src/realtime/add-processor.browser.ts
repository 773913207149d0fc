import { TonewrightError } from "../errors/index.ts";

/**
 * Loads a processor's module into an audio context; a module that is there already is not run again.
 *
 * @throws TonewrightError `no-audio-worklet` (the page is neither on https nor on localhost), `processor-not-loaded`.
 */
export async function addProcessor(context: BaseAudioContext, url: string | URL): Promise<void> {
  if (context.audioWorklet === undefined) {
    throw new TonewrightError(
      "no-audio-worklet",
      "this page may not run an AudioWorklet: browsers allow it on https and on localhost only",
      "open the page as http://localhost:… or http://127.0.0.1:…, or put it behind https",
    );
  }
  try {
    await context.audioWorklet.addModule(url);
  } catch (cause) {
    throw new TonewrightError(
      "processor-not-loaded",
      `the audio processor could not be loaded from ${String(url)}: ${cause instanceof Error ? cause.message : String(cause)}`,
      "check that the file is served as JavaScript from the page's own address",
      { cause },
    );
  }
}
