import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FileReport, reportOn, type run } from "./audio-files-page.ts";
import { type BrowserBundle, openBrowserBundle, reasonWithoutBrowser } from "./browser-bundle.ts";

const folder = new URL("../fixtures/signal/lossy/", import.meta.url);
const files = readdirSync(folder).filter((file) => /\.(mp3|ogg|opus)$/.test(file) && !file.startsWith("refused"));

describe.skipIf(reasonWithoutBrowser !== undefined)(
  `MP3 and Ogg files (skips: ${reasonWithoutBrowser ?? "no"})`,
  () => {
    let bundle: BrowserBundle;
    let page: Awaited<ReturnType<typeof run>>;

    beforeAll(async () => {
      bundle = await openBrowserBundle(new URL("./audio-files-page.ts", import.meta.url), {
        files: Object.fromEntries(files.map((file) => [file, new URL(file, folder)])),
      });
      page = await bundle.run(files);
    });
    afterAll(() => bundle?.close());

    it.each(files)("%s gives the same samples in Node and in Chromium, bit for bit", async (file) => {
      const { blobHash, ...report } = page.reports[file] as FileReport & { blobHash: string };
      expect(report).toEqual(await reportOn(new Uint8Array(readFileSync(new URL(file, folder)))));
      expect(blobHash).toBe(report.hash);
      expect(report.samples).toBeGreaterThan(0);
    });

    it("leave no complaint in the page", () => {
      expect(bundle.complaints).toEqual([]);
    });
  },
);
