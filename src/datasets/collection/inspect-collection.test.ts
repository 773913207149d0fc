import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import type { CollectionInput } from "./collection-input.ts";
import { parseCsv } from "./csv.ts";
import type { FindingId } from "./finding.ts";
import { inspectCollection } from "./inspect-collection.ts";
import { colourFeatures } from "./measure-colour.ts";
import type { HeardFile, SoundFacts } from "./sound-facts.ts";
import { readSoundTable } from "./sound-table.ts";

const random = createRandom(1);

/** A file without any fault; no two have the same samples. */
function file(path: string, more: Partial<SoundFacts> = {}): HeardFile {
  const facts: SoundFacts = {
    ...{ format: "wav", encoding: "pcm16", sampleRate: 16_000, channels: 1, samples: 32_000, seconds: 2 },
    ...{ peak: 0.5, rms: 0.1, offset: 0, nonFinite: 0, clippedRuns: 0, clippedSamples: 0, clippedAt: null },
    ...{ deadChannels: 0, sameChannels: false, leadingSilence: 0, trailingSilence: 0, silentShare: 0 },
    ...{ centroidHz: 1000 + 50 * random.normal(), colour: new Float32Array(colourFeatures), warnings: [] },
    hash: random
      .integer(2 ** 32)
      .toString(16)
      .padStart(16, "0"),
    ...more,
  };
  return { path, bytes: 64_044, facts };
}

const clean = (count = 24): HeardFile[] =>
  ["cat", "dog"].flatMap((label) => Array.from({ length: count / 2 }, (_, n) => file(`${label}/${n + 10}.wav`)));

const inspect = (more: Partial<CollectionInput> = {}) =>
  inspectCollection({ heard: clean(), unreadable: [], others: [], problems: [], hidden: 0, pairs: [], ...more });

const found = (report: ReturnType<typeof inspect>, id: FindingId) =>
  report.findings.find((finding) => finding.id === id);

const withTable = (text: string, more: Partial<CollectionInput> = {}) => {
  const { heard = clean(), unreadable = [] } = more;
  const paths = [...heard, ...unreadable].map(({ path }) => path);
  return inspect({
    heard,
    ...more,
    table: readSoundTable(parseCsv(text, { name: "meta.csv" }), { name: "meta.csv", paths }),
  });
};

/** One file with other facts among clean ones. */
const among = (more: Partial<SoundFacts>) => inspect({ heard: [...clean(), file("dog/odd.wav", more)] });

describe("inspectCollection of clean files", () => {
  it("passes everything, and counts", () => {
    const report = inspect();
    expect(report.findings.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report.verdict).toBe("pass");
    expect(report.summary).toMatchObject({
      ...{ files: 24, unreadable: 0, majorityBaseline: 0.5, imbalance: 1 },
      duration: { total: 48, median: 2, shortest: 2, longest: 2 },
      classes: [
        { label: "cat", files: 12, share: 0.5, seconds: 24 },
        { label: "dog", files: 12, share: 0.5, seconds: 24 },
      ],
    });
    expect(report.summary.level?.medianRmsDb).toBeCloseTo(-20, 10);
    expect(report.sources).toEqual({ table: null, label: "folders", split: null, group: null });
  });

  it("says nothing wrong of no files at all", () => {
    expect(inspect({ heard: [] }).summary).toMatchObject({ files: 0, level: null, majorityBaseline: null });
  });
});

describe("inspectCollection finds", () => {
  it.each<[FindingId, Partial<SoundFacts>, "warn" | "refuse", RegExp]>([
    ["non-finite", { nonFinite: 3 }, "refuse", /3 samples/],
    ["silence", { peak: 0, rms: 0, centroidHz: null }, "warn", /all zeros/],
    ["silent-parts", { silentShare: 0.8, trailingSilence: 1.5 }, "warn", /80 % of 2.00 s: 1.50 s at its end/],
    [
      "clipping",
      { clippedRuns: 2, clippedSamples: 320, clippedAt: 0.5 },
      "warn",
      /1 % flat .* 2 places, first at 0.50 s/,
    ],
    ["level", { peak: 0.005, rms: 0.1 }, "warn", /peak -46.0 dBFS/],
    ["offset", { offset: -0.02 }, "warn", /mean -0.0200/],
    ["dead-channels", { deadChannels: 1, channels: 2 }, "warn", /1 of 2 channels/],
    ["duration-outliers", { seconds: 20 }, "warn", /20.00 s, the others 2.00 s/],
    ["level-outliers", { rms: 0.4 }, "warn", /rms -8.0 dBFS, "dog" -20.0 dBFS/],
    ["brightness-outliers", { centroidHz: 6000 }, "warn", /6000 Hz, "dog" \d+ Hz/],
    ["sample-rates", { sampleRate: 8000 }, "warn", /8000 Hz, most are 16000 Hz/],
    ["channels", { channels: 2 }, "warn", /stereo, most are mono/],
    ["formats", { format: "mp3", encoding: "mp3" }, "warn", /mp3, most are wav pcm16/],
    ["reader-warnings", { warnings: ["cut short"] }, "warn", /cut short/],
  ])("%s", (id, facts, verdict, note) => {
    const finding = found(among(facts), id);
    expect(finding).toMatchObject({
      verdict,
      count: 1,
      items: [{ files: ["dog/odd.wav"], note: expect.stringMatching(note) }],
    });
    expect(finding?.hint).toBeTruthy();
  });

  it("unreadable files and folders, but no fault in files that are no sound", () => {
    const report = inspect({
      unreadable: [
        { path: "dog/a.wav", bytes: 0, code: "empty-file", message: "is empty" },
        { path: "dog/b.wav", bytes: 9, code: "non-finite-samples", message: "NaN at 1 s" },
      ],
      problems: [{ path: "cat/all", kind: "loop" }],
      others: ["notes.txt", "dog/cover.jpg", "cat/cover.jpg"],
      hidden: 2,
    });
    expect(found(report, "files")).toMatchObject({
      verdict: "refuse",
      count: 1,
      message: expect.stringContaining("all of them empty"),
    });
    expect(found(report, "non-finite")).toMatchObject({
      verdict: "refuse",
      items: [{ files: ["dog/b.wav"], note: "NaN at 1 s" }],
    });
    expect(found(report, "folders")).toMatchObject({ verdict: "warn", items: [{ files: ["cat/all"] }] });
    expect(found(report, "other-files")).toMatchObject({
      verdict: "pass",
      count: 3,
      message: expect.stringContaining("2 jpg, 1 txt"),
    });
    expect(report.verdict).toBe("refuse");
    expect(report.findings[0]?.verdict).toBe("refuse");
  });

  it("classes that are uneven, small, misspelt or alone", () => {
    const uneven = [...clean(), ...Array.from({ length: 30 }, (_, n) => file(`dog/more${n}.wav`)), file("Dog /1.wav")];
    const report = inspect({ heard: uneven });
    expect(found(report, "class-balance")).toMatchObject({
      verdict: "warn",
      message: expect.stringMatching(
        /42 times .* \(42 and 1\); always guessing the largest class is right 76 % of the time/,
      ),
    });
    expect(found(report, "small-classes")).toMatchObject({ count: 1, items: [{ note: '"Dog " has 1 file' }] });
    expect(found(report, "label-spelling")?.items.map(({ note }) => note)).toEqual([
      '"dog" (42 files) and "Dog " (1 file) differ only in case, spaces or signs',
      '"Dog " (1 file) begins or ends with a space',
    ]);
    const alone = inspect({ heard: [file("x.wav"), file("dog/1.wav")], labelPattern: /dog|x/, table: undefined });
    expect(found(alone, "class-balance")?.verdict).toBe("pass");
    expect(found(inspect({ heard: clean().slice(0, 12) }), "labels")).toMatchObject({
      verdict: "warn",
      message: "no file has a label",
    });
    const one = inspect({ heard: clean().slice(0, 12), labelPattern: /cat/ });
    expect(found(one, "class-balance")?.message).toBe('there is only one class, "cat"');
  });

  it("files without a label, and splits without a class", () => {
    const heard = [...clean(), file("beside.wav")];
    expect(found(inspect({ heard }), "labels")).toMatchObject({
      verdict: "refuse",
      items: [{ files: ["beside.wav"] }],
    });
    const split = ["train/cat", "train/dog", "test/cat"].flatMap((folder) =>
      clean().map(({ path }) => file(`${folder}/${path.slice(4)}`)),
    );
    const report = inspect({ heard: split });
    expect(report.sources).toMatchObject({ label: "folders", split: "folders" });
    expect(found(report, "split-classes")).toMatchObject({
      verdict: "warn",
      items: [{ note: 'split "test" has no "dog"' }],
    });
  });

  it("a format that gives the class away", () => {
    const heard = clean().map((one) =>
      one.path.startsWith("cat") ? one : { ...one, facts: { ...one.facts, sampleRate: 44_100 } },
    );
    expect(found(inspect({ heard }), "shortcuts")).toMatchObject({
      verdict: "warn",
      items: [{ note: "the sample rate alone guesses the class of 100 % of the files, the largest class 50 %" }],
    });
  });
});

describe("inspectCollection compares files", () => {
  const heard = [...clean(), file("cat/x.wav"), file("cat/y.wav"), file("dog/z.wav")];
  const [x, y, z] = [24, 25, 26];
  const pair = (a: number, b: number) => ({ a, b, seconds: 1.5, startA: 0, startB: 0.5, bitErrorRate: 0.1 });
  const splitOf = (...test: string[]) =>
    `path,label,split\n${heard.map(({ path }) => `${path},${path.slice(0, 3)},${test.includes(path) ? "test" : "train"}`).join("\n")}\n`;

  it("the same samples in one class, in two classes, in two splits", () => {
    const same = heard.map((one, n) => (n === x || n === y ? { ...one, facts: { ...one.facts, hash: "1" } } : one));
    expect(found(inspect({ heard: same }), "exact-duplicates")).toMatchObject({
      verdict: "warn",
      items: [{ files: ["cat/x.wav", "cat/y.wav"], note: "the same samples" }],
    });
    const crossed = heard.map((one, n) => (n === x || n === z ? { ...one, facts: { ...one.facts, hash: "1" } } : one));
    const classes = inspect({ heard: crossed });
    expect(found(classes, "duplicates-across-classes")).toMatchObject({
      verdict: "refuse",
      items: [{ files: ["cat/x.wav", "dog/z.wav"], note: 'the same samples in classes "cat" and "dog"' }],
    });
    expect(found(classes, "exact-duplicates")?.verdict).toBe("pass");
    expect(found(withTable(splitOf("cat/y.wav"), { heard: same }), "duplicates-across-splits")).toMatchObject({
      verdict: "refuse",
      items: [{ note: 'the same samples in splits "train" and "test"' }],
    });
  });

  it("the same recording that was changed, with places to listen", () => {
    const near = found(inspect({ heard, pairs: [pair(x, y)] }), "near-duplicates");
    expect(near).toMatchObject({
      verdict: "warn",
      items: [
        {
          files: ["cat/x.wav", "cat/y.wav"],
          at: [0, 0.5],
          note: "1.5 s of the same sound, 0.50 s apart in time (80 % alike)",
        },
      ],
    });
  });

  it("a chain of pairs as one group, under the worst that it means", () => {
    const report = inspect({ heard, pairs: [pair(x, y), pair(y, z)] });
    expect(found(report, "duplicates-across-classes")).toMatchObject({
      count: 1,
      items: [{ files: ["cat/x.wav", "cat/y.wav", "dog/z.wav"] }],
    });
    expect(found(report, "near-duplicates")?.verdict).toBe("pass");
  });

  it("silence with silence not at all", () => {
    const silent = { peak: 0, rms: 0, hash: "0", centroidHz: null };
    expect(
      found(
        inspect({ heard: [...clean(), file("cat/a.wav", silent), file("dog/b.wav", silent)] }),
        "duplicates-across-classes",
      )?.verdict,
    ).toBe("pass");
  });
});

describe("inspectCollection with a table", () => {
  const rows = clean().map(({ path }) => path);
  const lines = (row: (path: string, n: number) => string) => rows.map(row).join("\n");

  it("takes label, split and group from its columns, and finds groups in two splits", () => {
    const text = `path,category,fold,speaker\n${lines((path, n) => `${path},${path.slice(0, 3)},${n % 2},${n < 2 ? "ann" : `p${n}`}`)}\n`;
    const report = withTable(text);
    expect(report.sources).toMatchObject({ label: "table", split: "table", group: "table" });
    expect(found(report, "group-leaks")).toMatchObject({
      verdict: "refuse",
      count: 1,
      items: [{ files: ["cat/10.wav", "cat/11.wav"], note: '"ann": 1 in split "0", 1 in split "1"' }],
    });
    expect(report.findings.filter(({ verdict }) => verdict !== "pass").map(({ id }) => id)).toEqual(["group-leaks"]);
  });

  it("finds groups in two splits by a pattern", () => {
    const text = `path,label,split\n${lines((path, n) => `${path},${path.slice(0, 3)},${n % 2}`)}\n`;
    expect(found(withTable(text, { groupPattern: /\/(\d)/ }), "group-leaks")?.count).toBe(2);
  });

  it("finds rows without files, files without rows, rows twice and labels that contradict", () => {
    const text = [
      "path,label,note",
      ...rows.slice(2).map((path) => `${path},${path.slice(0, 3)},x`),
      `${rows[2]},cat,x`,
      `${rows[3]},dog,x`,
      "gone.wav,cat,x",
      `${rows[4]},cat,x,y`,
    ].join("\n");
    const report = withTable(text);
    expect(found(report, "missing-files")).toMatchObject({ verdict: "refuse", items: [{ files: ["gone.wav"] }] });
    expect(found(report, "unlisted-files")).toMatchObject({
      verdict: "warn",
      items: [{ files: [rows[0]] }, { files: [rows[1]] }],
    });
    expect(found(report, "duplicate-rows")?.items.map(({ files }) => files[0])).toEqual([rows[2], rows[4]]);
    expect(found(report, "label-conflicts")).toMatchObject({
      verdict: "refuse",
      items: [{ files: [rows[3]], note: 'is called "cat" and "dog"' }],
    });
    expect(found(report, "table-rows")).toMatchObject({ items: [{ value: 27 }] });
    expect(found(report, "labels")).toMatchObject({ verdict: "refuse", count: 2 });
  });

  it("lists gaps with what would fill them", () => {
    const text = `path,label,snr\n${lines((path, n) => `${path},${path.slice(0, 3)},${n === 5 ? "" : 10 + (n % 3)}`)}\n`;
    const report = withTable(text);
    expect(found(report, "missing-values")).toMatchObject({
      verdict: "warn",
      items: [{ note: expect.stringMatching(/"snr": 1 of 24 \(4.2 %\); .*median 11/) }],
    });
    expect(report.missingValues).toMatchObject([{ column: "snr", missing: 1, rows: 24 }]);
  });
});

describe("inspectCollection of 30,000 files", () => {
  it("keeps its lists short and its counts right", () => {
    const heard = Array.from({ length: 30_000 }, (_, n) =>
      file(`class${n % 50}/${n}.wav`, n % 10 === 0 ? { offset: 0.1, hash: String(n % 1000) } : {}),
    );
    const report = inspect({ heard });
    expect(report.summary.files).toBe(30_000);
    expect(found(report, "offset")).toMatchObject({ count: 3000 });
    expect(found(report, "offset")?.items).toHaveLength(1000);
    // 100 hashes, each in one class only: n mod 1000 decides n mod 50.
    expect(found(report, "exact-duplicates")?.count).toBe(100);
  });
});
