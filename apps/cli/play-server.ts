import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { TonewrightError } from "../../src/errors/index.ts";
import { encodeModel, type ModelDocument } from "../../src/modelfile/index.ts";

/** A player page that is being served. */
export interface PlayServer {
  /** Where to open it. */
  readonly url: string;
  /** Ends it, open connections too. */
  close(): Promise<void>;
}

/** What to serve, and where. */
export interface PlayServerOptions {
  readonly document: ModelDocument;
  /** Default: this computer only. */
  readonly host?: string;
  /** 0 (the default) takes any free one. */
  readonly port?: number;
  /** The built studio. Default: `dist/studio`. */
  readonly studioFolder?: string;
}

/**
 * Serves the player page with a model on this computer.
 *
 * Only `GET` of the built files and of `/model` is answered; the files are read once, at the start, so no path in a
 * request ever reaches the disk.
 *
 * @throws TonewrightError `studio-missing`, `port-taken`, `cannot-listen`, and the codes of `encodeModel`.
 */
export async function startPlayServer({
  document,
  host = "127.0.0.1",
  port = 0,
  studioFolder = builtStudio(),
}: PlayServerOptions): Promise<PlayServer> {
  const files = readStudio(studioFolder);
  files.set("/model", { bytes: new Uint8Array(encodeModel(document)), type: "application/octet-stream" });
  const app = new Hono();
  app.get("*", (context) => {
    const { path } = context.req;
    const file = files.get(path === "/" ? "/index.html" : path);
    if (file === undefined) return context.text("There is nothing here.\n", 404, headers);
    return context.body(file.bytes, 200, { ...headers, "Content-Type": file.type });
  });
  app.all("*", (context) => context.text("This page is only for reading.\n", 405, { ...headers, Allow: "GET, HEAD" }));
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, { host, port })));
    server.listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  const reachable = address === "0.0.0.0" || address === "::" ? "127.0.0.1" : address;
  return {
    url: `http://${family === "IPv6" && reachable === address ? `[${reachable}]` : reachable}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

interface ServedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** The page may use what it came with and nothing else; WebAssembly and the style sheets that React sets are allowed. */
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self'; " +
    "img-src 'self' data:; font-src 'self'; media-src blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  // The next model may come from the same port.
  "Cache-Control": "no-store",
};

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

/** Every built file under the path at which it is served. */
function readStudio(folder: string): Map<string, ServedFile> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const files = new Map<string, ServedFile>();
  for (const name of names) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    files.set(`/${name.replaceAll("\\", "/")}`, { bytes: new Uint8Array(readFileSync(`${folder}/${name}`)), type });
  }
  if (files.has("/index.html")) return files;
  throw new TonewrightError(
    "studio-missing",
    `the player page is not built: there is no index.html in "${folder}"`,
    "build it with `npm run build`",
  );
}

/** `dist/studio`, seen from the built command line and from its source alike. */
function builtStudio(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(new URL(fromSource ? "../../dist/studio" : "../../studio", import.meta.url));
}

function listenError(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): TonewrightError {
  if (error.code === "EADDRINUSE") {
    return new TonewrightError(
      "port-taken",
      `port ${port} of ${host} is in use by another program`,
      "choose another --port, or leave it out to get a free one",
      { cause: error },
    );
  }
  return new TonewrightError(
    "cannot-listen",
    `the player cannot be served on ${host}, port ${port}: ${error.message}`,
    "choose an address of this computer for --host and a --port above 1023",
    { cause: error },
  );
}
