import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeModel, encodeNam, parameterCount, presetArchitecture } from "../src/modelfile/index.ts";
import { createRandom, encodeWav } from "../src/signal/index.ts";
import { distorted, drySignal, errorOf, mainFile, runCli, Workplace } from "./cli-harness.ts";

const place = new Workplace();
const dry = drySignal(4);
const quick = ["--model", "lstm-2", "--epochs", "1"];

/** A capture that must fail with exit code 1; nothing may be left in the folder it was to use. */
async function refused(dryName: string, wetName: string, ...args: string[]) {
  const out = `out-${readdirSync(place.folder).length}`;
  const result = await runCli(["capture", dryName, wetName, ...quick, ...args, "--out", out, "--json"], place.folder);
  const error = errorOf(result);
  expect(result.code, error.message).toBe(1);
  expect(result.stderr).toContain(error.message);
  expect(error.hint).not.toBe("");
  expect(existsSync(place.path(out)), out).toBe(false);
  return error;
}

function model(sampleRate: number) {
  const architecture = presetArchitecture("lstm-3");
  const random = createRandom(1);
  const weights = new Float32Array(parameterCount(architecture)).map(() => 0.5 * random.normal());
  return { architecture, sampleRate, weights, metadata: { name: "three" } };
}
const modelBytes = (sampleRate: number) => encodeModel(model(sampleRate));

beforeAll(async () => {
  await place.wav("dry.wav", dry);
  await place.wav("wet.wav", distorted(dry));
  place.write("m.tonewright", modelBytes(48_000));
  place.write("m.nam", encodeNam(model(48_000)));
});
afterAll(() => place.remove());

describe("recordings that cannot be used", () => {
  const bytes = async (samples: Float32Array) => encodeWav({ channels: [samples], sampleRate: 44_100 });

  it("names the file that is not audio, empty, or cut off", async () => {
    place.write("text.wav", "this is no sound");
    place.write("empty.wav", "");
    place.write("cut.wav", (await bytes(dry)).subarray(0, 50_000));
    expect(await refused("text.wav", "wet.wav")).toMatchObject({
      code: "unknown-format",
      message: expect.stringMatching(/text\.wav/),
    });
    expect(await refused("dry.wav", "empty.wav")).toMatchObject({
      code: "empty-file",
      message: expect.stringMatching(/empty\.wav/),
    });
    expect(await refused("dry.wav", "cut.wav")).toMatchObject({
      code: "truncated-file",
      message: expect.stringMatching(/cut\.wav/),
    });
  });

  it("says where a sample is not a number", async () => {
    // The WAV writer refuses NaN, so it is put into the file afterwards.
    const file = await bytes(dry);
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    view.setFloat32(file.length - 4 * (dry.length - 44_100), Number.NaN, true);
    place.write("nan.wav", file);
    const error = await refused("dry.wav", "nan.wav");
    expect(error.code).toBe("non-finite-samples");
    expect(error.message).toMatch(/nan\.wav.*NaN.*1\.0000 s/);
  });

  it("refuses silence", async () => {
    await place.wav("silent.wav", new Float32Array(dry.length));
    expect(await refused("dry.wav", "silent.wav")).toMatchObject({
      code: "silent-recording",
      message: expect.stringMatching(/silent\.wav/),
    });
  });

  it("names both rates when they differ", async () => {
    await place.wav("fast.wav", distorted(dry), { sampleRate: 48_000 });
    const error = await refused("dry.wav", "fast.wav");
    expect(error.code).toBe("rate-mismatch");
    expect(error.message).toMatch(/48000 Hz.*44100 Hz/);
  });

  it("refuses a wet recording that is shorter than the model's memory needs", async () => {
    await place.wav("short.wav", distorted(dry).slice(0, 4000));
    const error = await refused("dry.wav", "short.wav", "--model", "wavenet-standard");
    expect(error.code).toBe("too-short");
    expect(error.message).toMatch(/4\.00 s.*0\.09 s.*"short\.wav" is too short, at least 1\.00 s/);
  });

  it("names both lengths when a segment is longer than the file", async () => {
    const segment = ["--segment", "1000000"];
    const error = await refused("dry.wav", "wet.wav", ...segment);
    expect(error).toMatchObject({ code: "bad-segment", message: expect.stringMatching(/176400 samples.*1000000/) });
    place.write("m44.tonewright", modelBytes(44_100));
    const args = ["evaluate", "m44.tonewright", "--dry", "dry.wav", "--wet", "wet.wav", ...segment, "--json"];
    expect(errorOf(await runCli(args, place.folder)).message).toBe(error.message);
  });

  it("refuses recordings that do not belong together", async () => {
    await place.wav("other.wav", distorted(drySignal(4, { seed: 99 })));
    expect(await refused("dry.wav", "other.wav")).toMatchObject({ code: "unrelated-signals" });
  });

  it("refuses a wet recording that comes before the dry one: they are swapped", async () => {
    const late = new Float32Array(dry.length);
    late.set(distorted(dry).subarray(0, dry.length - 400), 400);
    await place.wav("late.wav", late);
    expect(await refused("late.wav", "dry.wav")).toMatchObject({ code: "swapped" });
  });

  it("refuses a wet recording that is clipped throughout, with the time of the first place", async () => {
    const clipped = distorted(dry).map((value) => Math.max(-1, Math.min(1, 20 * value)));
    await place.wav("clipped.wav", clipped, { encoding: "pcm16" });
    const error = await refused("dry.wav", "clipped.wav");
    expect(error.code).toBe("clipped");
    expect(error.message).toMatch(/clipped\.wav.*first at \d+\.\d+ s/);
  });
});

describe("a training that diverges", () => {
  it("stops at its step, says why, and keeps the last good checkpoint", async () => {
    const args = ["--learning-rate", "1e30", "--epochs", "4", "--out", "diverged", "--json"];
    const result = await runCli(["capture", "dry.wav", "wet.wav", ...quick, ...args], place.folder);
    expect(result.code).toBe(1);
    expect(errorOf(result)).toMatchObject({
      code: "training-diverged",
      message: expect.stringMatching(/step \d+.*NaN/),
    });
    expect(errorOf(result).hint).toContain("--learning-rate");
    expect(existsSync(place.path("diverged", "checkpoint.safetensors"))).toBe(true);
    expect(JSON.parse(readFileSync(place.path("diverged", "run.json"), "utf8")).status).toBe("failed");
  });
});

describe("files and folders", () => {
  it("names the nearest file when one is missing", async () => {
    const error = await refused("dri.wav", "wet.wav");
    expect(error.code).toBe("file-not-found");
    expect(error.hint).toContain('"dry.wav"');
  });

  it("refuses a folder that cannot be made, also where the system makes none at all", async () => {
    for (const out of ["dry.wav/run", "/proc/run"]) {
      const result = await runCli(["capture", "dry.wav", "wet.wav", ...quick, "--out", out, "--json"], place.folder);
      expect(result.code).toBe(1);
      expect(errorOf(result)).toMatchObject({ code: "unwritable-folder", message: expect.stringContaining(out) });
    }
  });

  it("never writes over a run or a recording", async () => {
    mkdirSync(place.path("mine"));
    await place.wav("mine/dry.wav", dry.slice(0, 1000));
    const before = readFileSync(place.path("mine/dry.wav"));
    const demo = await runCli(["demo", "--budget", "1s", "--out", "mine", "--json"], place.folder);
    expect(errorOf(demo).code).toBe("file-exists");
    expect(readFileSync(place.path("mine/dry.wav"))).toEqual(before);
    const inputs = ["m.tonewright", "dry.wav", "wet.wav"];
    const contents = inputs.map((name) => readFileSync(place.path(name)));
    const commands = [
      ["render", "m.tonewright", "dry.wav", "dry.wav"],
      ["render", "m.tonewright", "dry.wav", "m.tonewright"],
      ["evaluate", "m.tonewright", "--dry", "dry.wav", "--wet", "wet.wav", "--out", "wet.wav"],
      ["inspect", "dry.wav", "--out", "./dry.wav"],
      ["export", "m.tonewright", "--format", "nam", "--out", "m.tonewright"],
    ];
    for (const command of commands) {
      const result = await runCli([...command, "--json"], place.folder);
      expect(result.code, command.join(" ")).toBe(1);
      expect(errorOf(result).code, command.join(" ")).toBe("overwrites-input");
    }
    expect(inputs.map((name) => readFileSync(place.path(name)))).toEqual(contents);
  });

  it("leaves the old file as it was when the disk is full", async () => {
    place.write("old.wav", "what was there");
    const scene = (folder: string, limit: string) => {
      const line = `${limit} "$0" "$1" render m48.tonewright dry.wav "${folder}/old.wav" --json`;
      return spawnSync("bash", ["-c", line, process.execPath, mainFile], { cwd: place.folder, encoding: "utf8" });
    };
    const random = createRandom(2);
    const architecture = presetArchitecture("lstm-2");
    const weights = new Float32Array(parameterCount(architecture)).map(() => random.normal());
    place.write(
      "m48.tonewright",
      encodeModel({ architecture, sampleRate: 44_100, weights, metadata: { name: "two" } }),
    );
    // No file may grow beyond 64 KiB: what a full disk looks like without needing one.
    const limited = scene(".", "ulimit -f 64;");
    expect(limited.status).toBe(1);
    expect(JSON.parse(limited.stdout).error.code).toBe("disk-full");
    expect(readFileSync(place.path("old.wav"), "utf8")).toBe("what was there");
    expect(readdirSync(place.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  const mayMount = process.getuid?.() === 0 && process.platform === "linux";
  it.skipIf(!mayMount)(
    "does so on a disk that is really full (skipped unless root: it mounts a small one)",
    (context) => {
      place.makeFolder("small");
      const disk = place.path("small");
      try {
        execFileSync("/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], { stdio: "ignore" });
      } catch {
        context.skip("this machine does not let root mount a tmpfs");
      }
      try {
        place.write("small/old.wav", "what was there");
        const args = [mainFile, "render", "m48.tonewright", "dry.wav", "small/old.wav", "--json"];
        const full = spawnSync(process.execPath, args, { cwd: place.folder, encoding: "utf8" });
        expect(full.status).toBe(1);
        expect(JSON.parse(full.stdout).error).toMatchObject({
          code: "disk-full",
          message: expect.stringMatching(/small\/old\.wav.*ENOSPC/),
        });
        expect(readFileSync(place.path("small", "old.wav"), "utf8")).toBe("what was there");
        expect(readdirSync(disk)).toEqual(["old.wav"]);
      } finally {
        execFileSync("/bin/umount", [disk]);
      }
    },
  );
});

describe("models", () => {
  const fails = async (...args: string[]) => {
    const result = await runCli([...args, "--json"], place.folder);
    expect(result.code).toBe(1);
    return errorOf(result);
  };

  it("names the nearest model for a name that there is not", async () => {
    const error = await refused("dry.wav", "wet.wav", "--model", "lsmt-16");
    expect(error.code).toBe("unknown-model");
    expect(error.hint).toContain('"lstm-16"');
  });

  it("names both rates when model and recording differ", async () => {
    const error = await fails("render", "m.tonewright", "dry.wav", "o.wav");
    expect(error.code).toBe("rate-mismatch");
    expect(error.message).toMatch(/44100 Hz.*48000 Hz/);
    expect(existsSync(place.path("o.wav"))).toBe(false);
    expect((await fails("evaluate", "m.nam", "--dry", "dry.wav", "--wet", "wet.wav")).code).toBe("rate-mismatch");
  });

  it("refuses damaged model files and formats that are not known", async () => {
    const nam = JSON.parse(readFileSync(place.path("m.nam"), "utf8"));
    place.write("few.nam", JSON.stringify({ ...nam, weights: nam.weights.slice(0, -3) }));
    place.write("conv.nam", JSON.stringify({ ...nam, architecture: "ConvNet" }));
    const own = new Uint8Array(readFileSync(place.path("m.tonewright")));
    place.write("cut.tonewright", own.subarray(0, own.length - 10));
    const few = await fails("render", "few.nam", "dry.wav", "o.wav");
    expect(few.message).toMatch(/few\.nam.*\d+/);
    expect((await fails("export", "conv.nam", "--format", "rtneural", "--out", "o.json")).message).toContain("ConvNet");
    expect((await fails("render", "cut.tonewright", "dry.wav", "o.wav")).message).toContain("cut.tonewright");
    expect((await fails("render", "dry.wav", "dry.wav", "o.wav")).code).toBe("unknown-model-format");
    expect(readdirSync(place.folder).filter((name) => name.startsWith("o."))).toEqual([]);
  });
});

describe("wrong usage", () => {
  const usage = async (...args: string[]) => {
    const result = await runCli(args, place.folder);
    expect(result.code, args.join(" ")).toBe(2);
    expect(result.stdout).toBe("");
    return result.stderr;
  };

  it("ends with exit code 2 and the nearest name", async () => {
    expect(await usage("captur", "dry.wav", "wet.wav")).toContain("Did you mean capture?");
    expect(await usage("capture", "dry.wav", "wet.wav", "--epoch", "5")).toContain("Did you mean --epochs?");
  });

  it("refuses values that cannot be meant", async () => {
    const rejected = [
      ["--budget", "5x"],
      ["--budget", "0s"],
      ["--epochs", "1.5"],
      ["--epochs", "1", "--budget", "5s"],
      ["--seed", "-1"],
      ["--threads", "0"],
      ["--learning-rate", "fast"],
      ["--loss", "mean"],
      ["--segment-skip", "100"],
      ["--segment", "1000", "--segment-skip", "1000"],
    ];
    for (const values of rejected) expect(await usage("capture", "dry.wav", "wet.wav", ...values)).toMatch(/^error: /);
  });

  it("refuses missing arguments", async () => {
    expect(await usage("capture", "dry.wav")).toContain("wet");
    expect(await usage("render", "m.nam", "dry.wav")).toContain("render <model> <in.wav> <out.wav>");
    expect(await usage("evaluate", "m.nam")).toContain("--dry");
    expect(await usage("evaluate", "m.nam", "--dry", "dry.wav")).toContain("--wet");
    expect(await usage("export", "m.nam")).toContain("--format");
  });

  it("refuses two files to write, and workloads that there are not", async () => {
    expect(await usage("render", "m.nam", "dry.wav", "o1.wav", "--out", "o2.wav")).toContain("twice");
    expect(await usage("bench", "--only", "nosuch")).toContain("lstm-32-train");
  });

  it("with --json tells it in a document too", async () => {
    const result = await runCli(["capture", "--json", "--epoch", "5"], place.folder);
    expect(result.code).toBe(2);
    expect(errorOf(result)).toMatchObject({ code: "usage", message: "unknown option '--epoch'" });
  });
});
