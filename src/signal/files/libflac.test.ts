import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { libflacBase64 } from "./generated/libflac.ts";
import { createLibflac } from "./libflac.ts";

describe("libflac", () => {
  it("is the WebAssembly of the installed libflacjs (else run fixtures/signal/files/make-libflac.mjs)", () => {
    const path = createRequire(import.meta.url).resolve("libflacjs/dist/libflac.wasm.wasm");
    expect(inflateRawSync(Buffer.from(libflacBase64, "base64")).equals(readFileSync(path))).toBe(true);
  });

  it("gives each file a memory of its own, which grows", async () => {
    const [first, second] = await Promise.all([createLibflac(), createLibflac()]);
    const address = first.malloc(64 * 2 ** 20);
    expect(address).toBeGreaterThan(0);
    expect(first.memory.buffer.byteLength).toBeGreaterThan(64 * 2 ** 20);
    expect(second.memory.buffer.byteLength).toBe(16 * 2 ** 20);
    expect(first.malloc(2 ** 31 - 1)).toBe(0);
  });

  it("keeps one that was given back for the next file, unless its memory grew", async () => {
    const [first, second] = await Promise.all([createLibflac(), createLibflac()]);
    first.release();
    expect(await createLibflac()).toBe(first);
    expect(await createLibflac()).not.toBe(first);
    second.malloc(64 * 2 ** 20);
    second.release();
    expect(await createLibflac()).not.toBe(second);
  });
});
