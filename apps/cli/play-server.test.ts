import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { decodeModel, type ModelDocument, parameterCount, presetArchitecture } from "../../src/modelfile/index.ts";
import { type PlayServer, startPlayServer } from "./play-server.ts";

const architecture = presetArchitecture("lstm-4");
const document: ModelDocument = {
  architecture,
  sampleRate: 48_000,
  weights: Float32Array.from({ length: parameterCount(architecture) }, (_, i) => Math.fround(Math.sin(i))),
  metadata: { name: "test" },
};

let folder = "";
let server: PlayServer | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tonewright-play-"));
  mkdirSync(join(folder, "studio/assets"), { recursive: true });
  writeFileSync(join(folder, "studio/index.html"), "<p>page</p>");
  writeFileSync(join(folder, "studio/assets/app.js"), "1;");
  writeFileSync(join(folder, "studio/notes.txt"), "not part of the page");
  writeFileSync(join(folder, "secret.html"), "secret");
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

const start = async (): Promise<PlayServer> => {
  server = await startPlayServer({ document, studioFolder: join(folder, "studio") });
  return server;
};

/** A request with its path sent as it is: `fetch` would tidy `..` away before it leaves. */
function ask(url: string, path: string, method = "GET"): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, method }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.once("error", reject).end();
  });
}

describe("the play server", () => {
  it("serves the page, its files with their types, and the model", async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await fetch(url);
    expect(await page.text()).toBe("<p>page</p>");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    // A page with WebAssembly on the audio thread needs this source, and no shared memory.
    expect(page.headers.get("content-security-policy")).toContain("'wasm-unsafe-eval'");
    expect(page.headers.get("cross-origin-opener-policy")).toBeNull();
    expect((await fetch(`${url}assets/app.js`)).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const model = decodeModel(new Uint8Array(await (await fetch(`${url}model`)).arrayBuffer()), { name: "model" });
    expect(model.weights).toEqual(document.weights);
    expect(model.architecture).toEqual(architecture);
  });

  it.each([
    "/../secret.html",
    "/%2e%2e/secret.html",
    "/..%2fsecret.html",
    "/assets/../../secret.html",
    "/assets/..\\..\\secret.html",
    "//secret.html",
    "/notes.txt",
    "/assets",
    "/%00",
    "/%",
  ])("has nothing at %s", async (path) => {
    const { url } = await start();
    const { status, text } = await ask(url, path);
    expect([400, 404]).toContain(status); // 400: not a path at all
    expect(text).not.toContain("secret");
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("refuses %s", async (method) => {
    const { url } = await start();
    expect((await ask(url, "/model", method)).status).toBe(405);
  });

  it("says that the page is not built", async () => {
    await expect(startPlayServer({ document, studioFolder: join(folder, "nothing") })).rejects.toMatchObject({
      code: "studio-missing",
      hint: "build it with `npm run build`",
    });
  });

  it("says that a port is taken, and frees it on close", async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const options = { document, port, studioFolder: join(folder, "studio") };
    await expect(startPlayServer(options)).rejects.toMatchObject({ code: "port-taken" });
    await fetch(first.url); // leaves a connection open, which must not keep the server up
    await first.close();
    server = await startPlayServer(options);
    expect((await fetch(server.url)).status).toBe(200);
  });
});
