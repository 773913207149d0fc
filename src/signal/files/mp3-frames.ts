import type { TonewrightError } from "../../errors/index.ts";
import type { ByteWindow } from "./byte-window.ts";
import { corrupt, cutShort, unsupportedEncoding } from "./file-refusal.ts";
import { lameChecksum, mp3FrameChecksum } from "./mp3-checksum.ts";
import { type Mp3FrameHeader, readMp3FrameHeader } from "./mp3-frame-header.ts";
import { bytesUpTo, isSameMp3Format, type Mp3Layout, skipZeros } from "./mp3-layout.ts";
import { readMp3SideInfo } from "./mp3-side-info.ts";
import { tagInFront } from "./mp3-tags.ts";

/** A whole frame of sound whose place, header, checksum and side information have been checked. */
export interface Mp3Frame {
  readonly bytes: Uint8Array;
  /** It needs bytes of frames that are not in the file, so a decoder makes silence of it. */
  readonly leansOnMissing: boolean;
}

/** What the walk needs besides the layout. */
export interface Mp3WalkOptions {
  readonly name: string;
  /** The time of a frame, counted from 0, in seconds, for messages. */
  readonly secondsOf: (frame: number) => number;
}

/**
 * The frames of sound in order, each right behind the one before; nothing is skipped to find the next.
 *
 * What is checked: that every header is where the one before says; the checksum of protected frames; that no frame
 * takes its sound from bytes that belong to the one before (a sign of lost frames); the number of frames against the
 * tag. Damage inside the sound data of a frame shows only in the checksum that LAME and FFmpeg write over all of it: a
 * warning, since programs that change the volume (mp3gain) leave it as it was.
 *
 * @throws TonewrightError `corrupt-file`, `truncated-file`, `unsupported-encoding` (rate or channels change).
 */
export async function* mp3Frames(
  window: ByteWindow,
  layout: Mp3Layout,
  { name, secondsOf }: Mp3WalkOptions,
): AsyncGenerator<Mp3Frame> {
  const { end, format, info, warnings } = layout;
  const promised = info?.frames;
  const reservoir = createReservoirCheck();
  let at = layout.soundStart;
  let checksum = 0;
  let leaning = 0;
  let n = 0;
  const time = () => `${secondsOf(n).toFixed(3)} s`;
  for (; n !== promised && at < end; n++) {
    const header = readMp3FrameHeader(await bytesUpTo(window, at, 4, end));
    if (header === undefined || !isSameMp3Format(header, format)) {
      if (header === undefined && (await skipZeros(window, { start: at, end })) === end) break;
      if (end - at < 4) break;
      throw await explainBreak(window, { at, end, header, format, name, time: time() });
    }
    if (at + header.bytes > end) break;
    const bytes = await window.bytes(at, header.bytes);
    const fault = frameFault(bytes, header) ?? reservoir.fault(bytes, header);
    if (fault !== undefined) throw corrupt(name, `at ${time()}, ${fault}`);
    checksum = info?.soundChecksum === undefined ? 0 : lameChecksum(checksum, bytes);
    if (reservoir.leansOnMissing()) leaning = n + 1;
    else if (leaning === n && n > 0) warnings.push(leaningWarning(name, leaning, secondsOf));
    yield { bytes, leansOnMissing: leaning === n + 1 };
    at += header.bytes;
  }
  if (n > 0 && leaning === n) warnings.push(leaningWarning(name, leaning, secondsOf));
  const rest = (await skipZeros(window, { start: at, end })) === end ? 0 : end - at;
  const least = info?.leastFrames;
  if (least !== undefined && n < least) {
    const isMiscounted = n === least - 1 && n > 0 && at - layout.start === info?.bytes;
    const found = `its first frame declares ${least} frames (${secondsOf(least).toFixed(3)} s), ${n} are there`;
    if (!isMiscounted) throw cutShort(name, `${found} (${time()})`);
    warnings.push(`"${name}" is complete, but miscounted: ${found}`);
  } else if (n === 0) {
    throw cutShort(name, `not even its first frame is complete (${rest} bytes)`);
  } else if (rest > 0) {
    const head = await bytesUpTo(window, at, 32, end);
    if (promised !== undefined && (readMp3FrameHeader(head) !== undefined || tagInFront(head) > 0)) {
      throw corrupt(name, `at ${time()}, it goes on after the ${promised} frames that it declares: were files joined?`);
    }
    warnings.push(`"${name}" ends in ${rest} bytes at ${time()} that are no whole frame; they are left out`);
  }
  if (info?.soundChecksum !== undefined && at - layout.start === info.bytes && checksum !== info.soundChecksum) {
    warnings.push(
      `"${name}" does not have the checksum that its encoder wrote: bytes in it are damaged (where cannot be told), ` +
        "or a program changed its volume afterwards",
    );
  }
}

function leaningWarning(name: string, frames: number, secondsOf: (frame: number) => number): string {
  return (
    `"${name}" begins with ${frames} frames (${(secondsOf(frames) - secondsOf(0)).toFixed(3)} s) that need bytes from ` +
    "before the file, as after a cut: they are silent"
  );
}

/** What is wrong inside a frame, as far as it can be seen from the frame alone. */
function frameFault(bytes: Uint8Array, header: Mp3FrameHeader): string | undefined {
  if (!header.hasChecksum) return undefined;
  const stored = 256 * (bytes[4] ?? 0) + (bytes[5] ?? 0);
  return mp3FrameChecksum(bytes, header.sideBytes) === stored ? undefined : "a frame fails its checksum";
}

/** Follows the sound data from frame to frame: a frame may begin in the data of frames before it. */
function createReservoirCheck() {
  let stored = 0; // bytes of sound data in all frames so far
  let used = 0; // where the data of the frame before ended, in the same count
  let isLeaning = false;
  return {
    /** True if the frame that was just checked needs data from before the file. */
    leansOnMissing: () => isLeaning,
    fault(bytes: Uint8Array, header: Mp3FrameHeader): string | undefined {
      const sideStart = header.hasChecksum ? 6 : 4;
      const own = bytes.length - sideStart - header.sideBytes;
      const side = readMp3SideInfo(bytes.subarray(sideStart, sideStart + header.sideBytes), header);
      if (side.fault !== undefined) return `a frame declares ${side.fault}`;
      if (own < 0 || side.mainDataBytes > side.mainDataBegin + own) {
        return `a frame declares ${side.mainDataBytes} bytes of sound, more than there are`;
      }
      const begin = stored - side.mainDataBegin;
      if (begin >= 0 && begin < used) return "a frame takes its sound from bytes of the one before: frames are missing";
      isLeaning = begin < 0;
      used = begin + side.mainDataBytes;
      stored += own;
      return undefined;
    },
  };
}

interface Break {
  readonly at: number;
  readonly end: number;
  readonly header: Mp3FrameHeader | undefined;
  readonly format: Mp3FrameHeader;
  readonly name: string;
  readonly time: string;
}

/** The error for a place where the next frame should begin and something else is. */
async function explainBreak(window: ByteWindow, found: Break): Promise<TonewrightError> {
  const { at, end, header, format, name, time } = found;
  if (header !== undefined) {
    const next = readMp3FrameHeader(await bytesUpTo(window, at + header.bytes, 4, end));
    if (next !== undefined && isSameMp3Format(next, header)) {
      return unsupportedEncoding(name, `${describe(format)} up to ${time} and ${describe(header)} from there on`);
    }
  }
  const head = await bytesUpTo(window, at, 32, end);
  if (tagInFront(head) > 0) return corrupt(name, `at ${time}, a tag lies between its frames: were files joined?`);
  return corrupt(name, `at ${time}, no frame begins where the one before ends (byte ${at})`);
}

function describe({ sampleRate, channels }: Mp3FrameHeader): string {
  return `${sampleRate} Hz ${channels === 1 ? "mono" : "stereo"}`;
}
