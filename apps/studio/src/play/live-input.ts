import { TonewrightError } from "../../../../src/errors/index.ts";

/** Which channel of a stereo input the model hears. A guitar in the left socket of an interface is only on the left one. */
export type InputChannel = "both" | "left" | "right";

export interface InputDevice {
  readonly id: string;
  readonly label: string;
}

/** The microphone or instrument input, with everything switched off that is made for speech. */
export async function openLiveInput(deviceId: string | undefined): Promise<MediaStream> {
  if (navigator.mediaDevices === undefined) {
    throw new TonewrightError(
      "no-live-input",
      "this page may not use the microphone: browsers allow it on https and on localhost only",
      "open the page as http://127.0.0.1:… on the computer that plays",
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
        channelCount: { ideal: 2 },
        ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
      },
    });
  } catch (cause) {
    throw refusal(cause);
  }
}

/** The inputs there are; their names are known once the person has allowed one. */
export async function listInputs(): Promise<InputDevice[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === "audioinput" && deviceId !== "")
    .map(({ deviceId, label }, index) => ({ id: deviceId, label: label || `Input ${index + 1}` }));
}

function refusal(cause: unknown): TonewrightError {
  const name = cause instanceof DOMException ? cause.name : "";
  if (name === "NotAllowedError")
    return new TonewrightError(
      "input-not-allowed",
      "the browser was not allowed to use the input",
      "allow the microphone for this page (the icon in the address bar), then press play again",
      { cause },
    );
  if (name === "NotFoundError" || name === "OverconstrainedError")
    return new TonewrightError(
      "no-live-input",
      "no audio input was found",
      "plug in an audio interface or a microphone, then press play again",
      { cause },
    );
  return new TonewrightError(
    "input-failed",
    `the input could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
    "close other programs that use it, or choose another input",
    { cause },
  );
}
