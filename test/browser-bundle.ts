import { existsSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build, type Rolldown } from "vite";

const chromiumPath = [process.env.TONEWRIGHT_CHROMIUM, "/usr/bin/chromium"].find(
  (path) => path !== undefined && path !== "none" && existsSync(path),
);

/** Why no browser test can run here; `undefined` if it can. For `describe.skipIf(reasonWithoutBrowser !== undefined)`. */
export const reasonWithoutBrowser = chromiumPath === undefined ? "there is no Chromium" : undefined;

/** One module of ours, bundled for the browser and loaded in a headless Chromium. */
export interface BrowserBundle {
  /**
   * Calls the entry's `run` in the page and returns what it returned.
   *
   * @param argument - Anything JSON can hold.
   * @throws Error if `run` throws there, with its message and stack.
   */
  run<Result>(argument?: unknown): Promise<Result>;
  /** The page, for what `run` cannot do: clicks, screenshots. */
  readonly page: Page;
  /** Errors and warnings the page wrote to its console, and exceptions nobody caught. */
  readonly complaints: readonly string[];
  /** Ends the browser and the server. */
  close(): Promise<void>;
}

/**
 * Bundles a TypeScript module with Vite, as the studio is bundled, and opens it in a headless Chromium.
 *
 * The module exports `run(argument)`, which may be async; its result must fit in JSON. The page has its own origin on
 * `http://localhost`, so workers, AudioWorklets (`import url from "./x.worklet.ts?worker&url"`) and `fetch` work.
 * Bundle once in `beforeAll` and `close` in `afterAll`; bundling takes about a second.
 *
 * @param entry - The module, as `new URL("…", import.meta.url)`.
 * @param options.files - Served to `fetch("/files/<name>")`: bytes, or the address of a file on disk.
 * @param options.isolated - Sends the headers that `SharedArrayBuffer` needs.
 */
export async function openBrowserBundle(
  entry: URL,
  { files = {}, isolated = false }: { files?: Readonly<Record<string, Uint8Array | URL>>; isolated?: boolean } = {},
): Promise<BrowserBundle> {
  if (chromiumPath === undefined) throw new Error("there is no Chromium: skip on reasonWithoutBrowser");
  const served = await bundle(fileURLToPath(entry));
  served.set("/", {
    type: ".html",
    body: '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/entry.js"></script>',
  });
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/");
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    const file = path.startsWith("/files/") ? files[path.slice("/files/".length)] : undefined;
    if (file !== undefined) answer(response, { type: "", body: file instanceof URL ? readFileSync(file) : file });
    else answer(response, served.get(path));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const browser = await chromium.launch({ executablePath: chromiumPath, args: browserOptions });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    page,
    complaints,
    run: (argument) =>
      page.evaluate(async (given) => {
        const scope = globalThis as unknown as { bundleReady: Promise<(argument: unknown) => unknown> };
        const run = await scope.bundleReady;
        return (await run(given)) as never;
      }, argument),
    close,
  };
}

const browserOptions = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

interface Served {
  /** File name ending. */
  readonly type: string;
  readonly body: string | Uint8Array;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

function answer(response: ServerResponse, served: Served | undefined): void {
  if (served === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "Content-Type": contentTypes[served.type] ?? "application/octet-stream" }).end(served.body);
}

const library = fileURLToPath(new URL("../src/", import.meta.url));
const virtualEntry = "virtual:browser-bundle";

/** Everything Vite makes of the entry, by its address in the page. */
async function bundle(entry: string): Promise<Map<string, Served>> {
  // Without this rule package.json says that a worklet, which registers itself, has no effect.
  const treeshake = { moduleSideEffects: (id: string) => !id.startsWith(library) || id.includes(".worklet.ts") };
  const output = await build({
    configFile: false,
    root: fileURLToPath(new URL("../", import.meta.url)),
    publicDir: false,
    logLevel: "error",
    base: "/",
    plugins: [
      {
        name: "browser-bundle-entry",
        resolveId: (id) => (id === virtualEntry ? virtualEntry : undefined),
        // The module is imported when the page is asked for it, so that an error while it loads reaches the test.
        load: (id) =>
          id === virtualEntry
            ? `globalThis.bundleReady = import(${JSON.stringify(entry)}).then((module) => module.run);\n`
            : undefined,
      },
    ],
    worker: { format: "es", rolldownOptions: { treeshake } },
    build: {
      write: false,
      target: "es2023",
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: virtualEntry, treeshake, output: { entryFileNames: "entry.js" } },
    },
  });
  const served = new Map<string, Served>();
  for (const file of (output as Rolldown.RolldownOutput).output) {
    const body = file.type === "chunk" ? file.code : file.source;
    served.set(`/${file.fileName}`, { type: extname(file.fileName), body });
  }
  return served;
}
