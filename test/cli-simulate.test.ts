import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { decodeRecording, encodeWav } from "../src/signal/index.ts";
import { drySignal, errorOf, runCli, startCli, until, Workplace } from "./cli-harness.ts";

// A dozen seconds by itself; other work on the machine must not fail it.
vi.setConfig({ testTimeout: 180_000 });

const place = new Workplace();
afterAll(() => place.remove());

const run = (...args: string[]) => runCli(args, place.folder);
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await run(...args, "--json");
  expect([0, 130], `${args.join(" ")}\n${stderr}${stdout}`).toContain(code);
  return JSON.parse(stdout);
};
const refused = async (code: number, ...args: string[]) => {
  const result = await run(...args, "--json");
  expect(result.code, result.stdout).toBe(code);
  return errorOf(result);
};
const sound = async (...names: string[]) => {
  const path = place.path(...names);
  const { channels, sampleRate } = await decodeRecording(new Uint8Array(readFileSync(path)), { name: path });
  return { samples: channels[0]!, sampleRate };
};

/** Hashes of everything that makes a dataset; the diary of its making holds dates. */
function filesOf(folder: string): Record<string, string> {
  const names = (readdirSync(place.path(folder), { recursive: true }) as string[]).sort();
  const files = names.filter((name) => /\.(wav|csv|ini|json)$/.test(name) && name !== "simulation.json");
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(place.path(folder, name)))
        .digest("hex"),
    ]),
  );
}

/** A treble cut of one's own. */
const netlist = `Treble cut of my own
*.input Vin volts=1
*.output out volts=1
*.knob cut "Cut"
.param cut=0.5
Vin in 0 0
R1 in out {1k+99k*cut}
C1 out 0 1n
.end
`;

describe("simulate", () => {
  const plan = [
    "rc-lowpass",
    "--knobs",
    "cutoff=0..1:3",
    "--minutes",
    "0.1",
    "--sample-rate",
    "16000",
    "--oversampling",
    "1",
  ];

  it("makes a dataset whose pairs can be read, and inspect finds nothing wrong with it", async () => {
    const made = await json("simulate", ...plan, "--move", "cutoff=0..1@2", "--out", "set");
    expect(made).toMatchObject({ settings: 3, pairs: 9, failed: [], gain: 1, card: join(made.folder, "dataset.json") });
    const card = JSON.parse(readFileSync(place.path("set", "dataset.json"), "utf8"));
    expect(card.split.by).toBe("time");
    for (const { input, target, samples, peak } of card.pairs) {
      const [dry, wet] = [await sound("set", input), await sound("set", target)];
      expect(dry.sampleRate).toBe(16_000);
      expect([dry.samples.length, wet.samples.length]).toEqual([samples, samples]);
      expect(wet.samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeCloseTo(peak, 6);
      expect(wet.samples).not.toEqual(dry.samples);
    }

    const report = await json("inspect", "set", "--out", "set.html");
    expect(report).toMatchObject({ kind: "knob-dataset", verdict: "pass", hasCard: true, knobsFrom: "card" });
    expect(report.cells).toContainEqual({ knobs: "seen", audio: "unseen", pairs: 3, seconds: expect.closeTo(1.8, 1) });
    expect(report.pairs.map(({ lagSamples }: { lagSamples: number }) => lagSamples)).toEqual(
      Array.from({ length: 9 }, () => 0),
    );
    const page = readFileSync(place.path("set.html"), "utf8");
    expect(page).toContain("<svg");
    expect(page).toContain("cutoff=0.5 (training)");
  });

  it("records knobs that turn, with where they stood", async () => {
    const [{ input, target, trajectory }] = JSON.parse(readFileSync(place.path("set", "dataset.json"), "utf8")).moving;
    const rows = readFileSync(place.path("set", trajectory), "utf8").trimEnd().split("\n");
    expect(rows[0]).toBe("seconds,cutoff");
    // Down, up and down again in two seconds.
    expect([rows[1], rows[51], rows[101], rows[201]]).toEqual(["0,0", "0.5,0.5", "1,1", "2,0"]);
    const [dry, wet] = [await sound("set", input), await sound("set", target)];
    expect(wet.samples).toHaveLength(dry.samples.length);
    expect(dry.samples.length / 16_000).toBeCloseTo((rows.length - 2) / 100, 1);
  });

  it("goes on after an interrupt with the same command, and the bytes are those of an undisturbed run", async () => {
    const args = ["simulate", "diode-clipper", "--knobs", "drive=0..1:9", "--minutes", "0.1", "--oversampling", "1"];
    const undisturbed = await run(...args, "--threads", "2", "--out", "whole");
    expect(undisturbed.code, undisturbed.stderr).toBe(0);
    const { child, ended } = startCli([...args, "--threads", "1", "--out", "parts"], place.folder);
    const first = place.path("parts", "Train");
    await until(() => existsSync(first) && readdirSync(first).some((name) => /^target.*wav$/.test(name)), {
      seconds: 60,
      what: "the first file",
    });
    child.kill("SIGINT");
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toMatch(/^Stopped with ([1-9]|1\d|2[0-6]) of 27 files\. Go on with the same command:/);
    expect(existsSync(place.path("parts", "dataset.json"))).toBe(false);
    const again = await run(...args, "--threads", "1", "--out", "parts");
    expect(again.code, again.stderr).toBe(0);
    expect(filesOf("parts")).toEqual(filesOf("whole"));
    expect(Object.keys(filesOf("whole"))).toHaveLength(56);

    const other = await refused(1, ...args, "--oversampling", "4", "--out", "parts");
    expect(other).toMatchObject({
      code: "plan-changed",
      message: '"parts" holds another dataset: its circuit or way of rendering is not what is asked for now',
      hint: expect.stringContaining("--knobs drive=0..1:9 --minutes 0.1 --oversampling 1 --threads 1 --out parts"),
    });
  });

  it("takes a netlist and recordings of one's own, in groups", async () => {
    place.write("pedal.cir", netlist);
    place.makeFolder("anna");
    place.makeFolder("bela");
    place.makeFolder("carl");
    for (const [k, name] of ["anna", "bela", "carl"].entries()) {
      await place.wav(join(name, "take.wav"), drySignal(1.5, { seed: k + 1 }), { sampleRate: 44_100 });
    }
    const inputs = ["anna/take.wav", "bela/take.wav", "carl/take.wav"];
    // A fault of the netlist is told before there is a folder.
    place.write("wrong.cir", netlist.replace("C1 out 0 1n", "Q1 out 0 0 BC999"));
    const wrong = await refused(1, "simulate", "wrong.cir", "--input", ...inputs, "--out", "own");
    expect(wrong.message).toContain("wrong.cir:8");
    expect(existsSync(place.path("own"))).toBe(false);
    const own = ["pedal.cir", "--knobs", "cut=0..1", "--settings", "3", "--oversampling", "1", "--input", ...inputs];
    const made = await json("simulate", ...own, "--split", "both", "--out", "own");
    expect(made).toMatchObject({ settings: 3, failed: [] });
    const card = JSON.parse(readFileSync(place.path("own", "dataset.json"), "utf8"));
    expect(card.sounds.map(({ group }: { group: string }) => group)).toEqual(["anna", "bela", "carl"]);
    const cells = new Set(
      card.pairs
        .filter(({ split }: { split: string }) => split === "test")
        .map(({ cell }: { cell: { knobs: string; audio: string } }) => `${cell.knobs} ${cell.audio}`),
    );
    expect([...cells].sort()).toEqual(["seen unseen", "unseen seen", "unseen unseen"]);
    // What the folder tells by itself is what the card says.
    const report = await json("inspect", "own");
    expect(report.cells.filter(({ pairs }: { pairs: number }) => pairs > 0)).toHaveLength(3);
    expect(report.findings.filter(({ verdict }: { verdict: string }) => verdict === "refuse")).toEqual([]);
  });

  it("says what is wrong and what to do", async () => {
    const [knob, many, outside] = await Promise.all([
      refused(1, "simulate", "tube-screamer", "--knobs", "drve=0.5"),
      refused(1, "simulate", "tube-screamer", "--knobs", "drive=0..1:1000,tone=0..1:1000"),
      refused(1, "simulate", "tube-screamer", "--knobs", "drive=0.5", "--move", "tone=0..1@2"),
    ]);
    expect(knob).toMatchObject({ code: "unknown-knob", hint: expect.stringMatching(/^did you mean "drive"\?/) });
    expect(many).toMatchObject({
      code: "too-many-settings",
      message: expect.stringContaining("1,000,000 settings"),
    });
    expect(outside).toMatchObject({ code: "bad-movement", hint: expect.stringContaining("tone=0..1:3") });
    expect(existsSync(place.path("datasets"))).toBe(false);
  });

  it("takes a netlist without directives, and tells faults and mistakes of its use", async () => {
    place.write("plain.cir", "plain\nV1 in 0 AC 1\nR1 in out 10k\nC1 out 0 10n\n.end\n");
    place.write("loop.cir", "loop\nV1 in 0 AC 1\nV2 out 0 1\nV3 out 0 2\nR1 in out 1k\n.end\n");
    const [plain, loop, swallowed] = await Promise.all([
      run("simulate", "plain.cir", "--list"),
      refused(1, "simulate", "loop.cir", "--list"),
      refused(2, "simulate", "--input", "dry.wav", "plain.cir"),
    ]);
    expect(plain.code).toBe(0);
    expect(plain.stderr).toContain("note: input v1, output out (1 V is full scale)");
    expect(loop).toMatchObject({ code: "voltage-loop" });
    expect(swallowed).toMatchObject({
      message: 'missing the circuit: "plain.cir" behind --input was taken for a dry recording',
      hint: "put the circuit first: simulate plain.cir --input dry.wav",
    });
  });
});

describe("inspect on a folder in the layout of the LA-2A recordings, without a card", () => {
  /** A compressor of a kind: the more reduction, the more it holds down what is loud. */
  const played = (dry: Float32Array, reduction: number) => {
    let envelope = 0;
    return dry.map((value) => {
      envelope += (Math.abs(value) > envelope ? 0.01 : 0.0002) * (Math.abs(value) - envelope);
      return (0.8 * value) / (1 + (reduction / 10) * envelope);
    });
  };
  const target = (index: number, limit: number, reduction: number) =>
    `target_${index}_LA2A_3c__${limit}__${reduction}.wav`;
  const pair = async (split: string, index: number, [limit, reduction]: [number, number], wet?: Float32Array) => {
    const dry = drySignal(2, { seed: index });
    const write = (name: string, x: Float32Array) => place.wav(join("la2a", split, name), x);
    await write(`input_${index}_.wav`, dry);
    await write(target(index, limit, reduction), wet ?? played(dry, reduction));
  };

  beforeAll(async () => {
    for (const folder of ["la2a", "la2a/Train", "la2a/Val", "la2a/Test"]) place.makeFolder(folder);
    let index = 100;
    for (const limit of [0, 1]) {
      for (const reduction of [0, 50, 100]) await pair("Train", index++, [limit, reduction]);
    }
    await pair("Val", 120, [0, 50]);
    await pair("Test", 130, [1, 50]);
    await pair("Test", 131, [0, 100]);
  });

  it("passes what is in order", async () => {
    const report = await json("inspect", "la2a");
    expect(report.findings.filter(({ verdict }: { verdict: string }) => verdict !== "pass")).toEqual([]);
    expect(report).toMatchObject({ effect: "LA2A_3c", hasCard: false, knobsFrom: "file-names" });
    expect(report.knobs.map(({ min, max }: { min: number; max: number }) => [min, max])).toEqual([
      [0, 1],
      [0, 100],
    ]);
  });

  it("finds and names every fault", async () => {
    // 37 samples late.
    const dry = drySignal(2, { seed: 102 });
    const wet = played(dry, 100);
    await place.wav(
      join("la2a", "Train", target(102, 0, 100)),
      wet.map((_, n) => wet[n - 37] ?? 0),
    );
    // Upside down.
    const other = played(drySignal(2, { seed: 104 }), 50);
    await place.wav(
      join("la2a", "Train", target(104, 1, 50)),
      other.map((value) => -value),
    );
    // A pair without its input, a setting that is there twice, an input of the test that is trained on too.
    rmSync(place.path("la2a", "Train", "input_105_.wav"));
    const copy = (from: string, to: string) => copyFileSync(place.path("la2a", from), place.path("la2a", to));
    copy("Train/input_100_.wav", "Train/input_110_.wav");
    copy(`Train/${target(100, 0, 0)}`, `Train/${target(110, 0, 0)}`);
    copy("Train/input_101_.wav", "Test/input_131_.wav");
    const leaked = await sound("la2a", "Train", "input_101_.wav");
    writeFileSync(
      place.path("la2a", "Test", target(131, 0, 100)),
      await encodeWav({ channels: [played(leaked.samples, 100)], sampleRate: 44_100 }, { encoding: "float32" }),
    );
    // Half a file.
    const bytes = readFileSync(place.path("la2a", "Val", target(120, 0, 50)));
    writeFileSync(place.path("la2a", "Val", target(120, 0, 50)), bytes.subarray(0, 30));

    const [{ code, stdout }, report] = await Promise.all([run("inspect", "la2a"), json("inspect", "la2a")]);
    expect(code).toBe(0);
    expect(report.verdict).toBe("refuse");
    const found = (id: string) => {
      const { verdict, items } = report.findings.find((one: { id: string }) => one.id === id);
      return { verdict, items: items.map(({ files, note }: { files: string[]; note: string }) => [...files, note]) };
    };
    expect(found("lag")).toEqual({
      verdict: "warn",
      items: [["Train/input_102_.wav", `Train/${target(102, 0, 100)}`, "37 samples, others 0"]],
    });
    expect(found("polarity")).toEqual({
      verdict: "warn",
      items: [["Train/input_104_.wav", `Train/${target(104, 1, 50)}`, "inverted, unlike most"]],
    });
    const unusable = found("unusable-files");
    expect(unusable.verdict).toBe("refuse");
    expect(unusable.items).toHaveLength(2);
    expect(unusable.items[0]).toEqual([
      `Train/${target(105, 1, 100)}`,
      `"Train/${target(105, 1, 100)}" has no input: there is no "Train/input_105_.wav"`,
    ]);
    expect(unusable.items[1][0]).toBe(`Val/${target(120, 0, 50)}`);
    expect(found("doubled-settings")).toEqual({
      verdict: "warn",
      items: [[`Train/${target(100, 0, 0)}`, `Train/${target(110, 0, 0)}`, "k1=0 k2=0"]],
    });
    expect(found("audio-leaks")).toEqual({
      verdict: "warn",
      items: [
        ["Test/input_131_.wav", `Test/${target(131, 0, 100)}`, "the same sound is trained on: Train/input_101_.wav"],
      ],
    });
    expect(found("missing-settings")).toEqual({ verdict: "warn", items: [["k1=1 k2=100"]] });
    for (const name of [
      target(102, 0, 100),
      target(104, 1, 50),
      target(105, 1, 100),
      target(110, 0, 0),
      "input_101_",
    ]) {
      expect(stdout).toContain(name);
    }
    expect(report.pairs.find((one: { target: string }) => one.target.includes("_102_"))).toMatchObject({
      lagSamples: 37,
      polarity: 1,
    });
  });
});
