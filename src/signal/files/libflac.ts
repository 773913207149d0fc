import { libflacBase64 } from "./generated/libflac.ts";

/** Functions of libFLAC's C interface; pointers are byte offsets into `memory`. */
export interface LibflacExports {
  FLAC__stream_decoder_new(): number;
  FLAC__stream_decoder_set_md5_checking(decoder: number, on: number): number;
  FLAC__stream_decoder_init_stream(
    decoder: number,
    read: number,
    seek: number,
    tell: number,
    length: number,
    eof: number,
    write: number,
    metadata: number,
    error: number,
    clientData: number,
  ): number;
  FLAC__stream_decoder_process_single(decoder: number): number;
  FLAC__stream_decoder_get_state(decoder: number): number;
  FLAC__stream_decoder_finish(decoder: number): number;
  FLAC__stream_decoder_delete(decoder: number): void;
  FLAC__stream_encoder_new(): number;
  FLAC__stream_encoder_set_verify(encoder: number, on: number): number;
  FLAC__stream_encoder_set_compression_level(encoder: number, level: number): number;
  FLAC__stream_encoder_set_channels(encoder: number, channels: number): number;
  FLAC__stream_encoder_set_bits_per_sample(encoder: number, bits: number): number;
  FLAC__stream_encoder_set_sample_rate(encoder: number, sampleRate: number): number;
  FLAC__stream_encoder_init_stream(
    encoder: number,
    write: number,
    seek: number,
    tell: number,
    metadata: number,
    clientData: number,
  ): number;
  FLAC__stream_encoder_process_interleaved(encoder: number, samples: number, count: number): number;
  FLAC__stream_encoder_get_state(encoder: number): number;
  FLAC__stream_encoder_finish(encoder: number): number;
  FLAC__stream_encoder_delete(encoder: number): void;
  malloc(bytes: number): number;
  free(address: number): void;
}

/** libFLAC with a memory of its own. Dropping it frees everything it holds. */
export interface Libflac extends LibflacExports {
  /** Its buffer is replaced when it grows, so make views when they are needed and never keep them. */
  readonly memory: WebAssembly.Memory;
  /** A pointer under which C calls a function of ours, whose arguments and result are 32-bit integers. */
  functionPointer(call: (...args: number[]) => number, argumentCount: number): number;
  /** The same for a function without a result. */
  procedurePointer(call: (...args: number[]) => void, argumentCount: number): number;
  /**
   * Keeps it for the next file, which saves two milliseconds; all that was allocated in it must have been freed. After
   * an error just drop it.
   */
  release(): void;
}

/**
 * An instance of libFLAC 1.3.4, the reference encoder and decoder, for one file at a time.
 *
 * @see https://xiph.org/flac/api/ and fixtures/signal/files/make-libflac.mjs for where the WebAssembly comes from.
 */
export async function createLibflac(): Promise<Libflac> {
  const kept = idle;
  idle = undefined;
  if (kept !== undefined) return kept;
  compiled ??= inflate(libflacBase64).then((bytes) => WebAssembly.compile(bytes));
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: 32_768 });
  const table = new WebAssembly.Table({ initial: TABLE_SIZE, element: "anyfunc" });
  const instance = await WebAssembly.instantiate(await compiled, {
    env: {
      memory,
      table,
      emscripten_resize_heap: (bytes: number) => grow(memory, bytes >>> 0),
      emscripten_memcpy_big(target: number, source: number, bytes: number) {
        new Uint8Array(memory.buffer).copyWithin(target, source, source + bytes);
        return target;
      },
      round: (value: number) => (value >= 0 ? Math.floor(value + 0.5) : Math.ceil(value - 0.5)), // C: halves away from 0
      setTempRet0: () => undefined,
    },
    // Only FLAC's functions on files by name would use these; every call fails as for a closed file.
    wasi_snapshot_preview1: { fd_close: badFile, fd_read: badFile, fd_write: badFile, fd_seek: badFile },
  });
  new DataView(memory.buffer).setInt32(HEAP_TOP_ADDRESS, HEAP_BASE, true);
  const exports = instance.exports as unknown as LibflacExports & { __wasm_call_ctors(): void };
  exports.__wasm_call_ctors();
  let pointers = 0;
  const pointer = (call: (...args: number[]) => unknown, argumentCount: number, hasResult: boolean) => {
    const index = TABLE_SIZE + pointers;
    pointers += 1;
    if (index === table.length) table.grow(1);
    table.set(index, wasmFunction(call, argumentCount, hasResult));
    return index;
  };
  const libflac: Libflac = {
    ...exports,
    memory,
    functionPointer: (call, argumentCount) => pointer(call, argumentCount, true),
    procedurePointer: (call, argumentCount) => pointer(call, argumentCount, false),
    release() {
      for (; pointers > 0; pointers--) table.set(TABLE_SIZE + pointers - 1, null); // what the functions hold can go
      if (memory.buffer.byteLength <= KEPT_BYTES) idle = libflac;
    },
  };
  return libflac;
}

/** The one instance that waits for a file. It holds no sound. */
let idle: Libflac | undefined;
const KEPT_BYTES = 32 * 2 ** 20;

let compiled: Promise<WebAssembly.Module> | undefined;

// How this build of libflacjs is linked; all are in dist/libflac.wasm.js of the package.
const INITIAL_PAGES = 256;
const TABLE_SIZE = 22;
const HEAP_TOP_ADDRESS = 14_176;
const HEAP_BASE = 5_257_216;

const badFile = () => 8; // EBADF

function grow(memory: WebAssembly.Memory, bytes: number): number {
  const missing = bytes - memory.buffer.byteLength;
  try {
    memory.grow(Math.ceil(missing / 65_536));
    return 1;
  } catch {
    return 0; // malloc gives NULL, which libFLAC reports
  }
}

async function inflate(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** A JavaScript function as one that a WebAssembly table takes: out of the smallest module that passes it on. */
function wasmFunction(call: (...args: number[]) => unknown, argumentCount: number, hasResult: boolean): unknown {
  const key = `${argumentCount}${hasResult}`;
  let passing = passingModules.get(key);
  if (passing === undefined) {
    passing = passingModule(argumentCount, hasResult);
    passingModules.set(key, passing);
  }
  return new WebAssembly.Instance(passing, { e: { f: call } }).exports.f;
}

const passingModules = new Map<string, WebAssembly.Module>();

function passingModule(argumentCount: number, hasResult: boolean): WebAssembly.Module {
  const i32 = 0x7f;
  const type = [0x60, argumentCount, ...Array<number>(argumentCount).fill(i32), ...(hasResult ? [1, i32] : [0])];
  const section = (id: number, content: readonly number[]) => [id, content.length, ...content];
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, ...type]),
    ...section(2, [1, 1, 0x65, 1, 0x66, 0, 0]), // import "e" "f", a function of type 0
    ...section(7, [1, 1, 0x66, 0, 0]), // export "f", function 0
  ];
  return new WebAssembly.Module(Uint8Array.from(bytes));
}
