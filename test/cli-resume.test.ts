import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeModel } from "../src/modelfile/index.ts";
import { distorted, drySignal, errorOf, eventCount, runCli, startCli, until, Workplace } from "./cli-harness.ts";

const place = new Workplace();
const settings = ["--model", "lstm-4", "--epochs", "60", "--kernels", "simd", "--seed", "5"];

const weights = (folder: string) => {
  const path = place.path(folder, "model.tonewright");
  return decodeModel(new Uint8Array(readFileSync(path)), { name: path }).weights;
};
const status = (folder: string) => JSON.parse(readFileSync(place.path(folder, "run.json"), "utf8")).status;

beforeAll(async () => {
  const dry = drySignal(10);
  await place.wav("dry.wav", dry);
  await place.wav("wet.wav", distorted(dry));
});
afterAll(() => place.remove());

describe("a run that is interrupted", () => {
  it("ends with the same bits as one that is not: Ctrl-C, then kill -9, on one thread and on two", async () => {
    const whole = await runCli(["capture", "dry.wav", "wet.wav", ...settings, "--out", "whole"], place.folder);
    expect(whole.code).toBe(0);

    const first = startCli(
      ["capture", "dry.wav", "wet.wav", ...settings, "--threads", "1", "--out", "parts"],
      place.folder,
    );
    const folder = place.path("parts");
    await until(() => eventCount(folder, '"validation"') > 0, { seconds: 30, what: "the first validation" });
    first.child.kill("SIGINT");
    const stopped = await first.ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain("--resume parts");
    expect(existsSync(place.path("parts", "checkpoint.safetensors"))).toBe(true);
    expect(status("parts")).toBe("stopped");

    expect(existsSync(place.path("parts", "lock"))).toBe(false);

    const before = eventCount(folder, '"validation"');
    const second = startCli(["capture", "--resume", "parts", "--threads", "2"], place.folder);
    await until(() => eventCount(folder, '"validation"') > before, { seconds: 30, what: "another validation" });
    second.child.kill("SIGKILL");
    await second.ended;
    expect(status("parts")).toBe("running");
    const stale = readFileSync(place.path("parts", "lock"), "utf8");
    expect(stale).toBe(`${second.child.pid}\n`);
    // As if this process, which lives, worked on it.
    place.write("parts/lock", `${process.pid}\n`);
    const busy = await runCli(["capture", "--resume", "parts", "--json"], place.folder);
    expect(errorOf(busy).code).toBe("run-in-use");
    expect(status("parts")).toBe("running");
    place.write("parts/lock", stale);

    // Without a name it finds the run that has not ended, in --out.
    const last = await runCli(["capture", "--resume", "--out", "parts", "--threads", "1", "--json"], place.folder);
    expect(last.code).toBe(0);
    expect(status("parts")).toBe("finished");
    expect(weights("parts")).toEqual(weights("whole"));
    const [a, b] = ["parts", "whole"].map((name) => JSON.parse(readFileSync(place.path(name, "scores.json"), "utf8")));
    expect(a.scores).toEqual(b.scores);
    expect(a.training.steps).toBe(b.training.steps);
  }, 90_000);

  it("gives the result again when there is nothing left to do", async () => {
    const again = await runCli(["capture", "--resume", "whole", "--json"], place.folder);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout).scores).toEqual(
      JSON.parse(readFileSync(place.path("whole", "scores.json"), "utf8")).scores,
    );
  });

  it("with --json says so on standard output, and how to go on", async () => {
    const run = startCli(["capture", "dry.wav", "wet.wav", ...settings, "--out", "json", "--json"], place.folder);
    await until(() => eventCount(place.path("json"), '"start"') > 0, { seconds: 30, what: "the start" });
    run.child.kill("SIGTERM");
    const result = await run.ended;
    expect(result.code).toBe(130);
    expect(errorOf(result)).toMatchObject({ code: "interrupted" });
    expect(errorOf(result).hint).toContain("--resume");
  }, 60_000);
});

describe("resume", () => {
  const refused = async (...args: string[]) => {
    const result = await runCli([...args, "--json"], place.folder);
    expect(result.code).toBe(1);
    return errorOf(result);
  };

  it("refuses other settings and other recordings than the run was started with", async () => {
    expect((await refused("capture", "--resume", "json", "--epochs", "61")).code).toBe("checkpoint-mismatch");
    expect((await refused("capture", "--resume", "json", "wet.wav", "dry.wav")).code).toBe("recording-changed");
  });

  it("takes the same command line again, with the recordings after the option", async () => {
    const result = await runCli(
      ["capture", ...settings, "--out", "json", "--json", "--resume", "dry.wav", "wet.wav"],
      place.folder,
    );
    expect(result.code).toBe(0);
    expect(weights("json")).toEqual(weights("whole"));
  }, 60_000);

  it("refuses a damaged checkpoint and leaves it as it is", async () => {
    const run = startCli(["capture", "dry.wav", "wet.wav", ...settings, "--out", "damaged"], place.folder);
    await until(() => eventCount(place.path("damaged"), '"validation"') > 0, { seconds: 30, what: "a validation" });
    run.child.kill("SIGINT");
    await run.ended;
    const path = place.path("damaged", "checkpoint.safetensors");
    const bytes = new Uint8Array(readFileSync(path));
    bytes[bytes.length - 7] = (bytes[bytes.length - 7] ?? 0) ^ 0x10;
    place.write("damaged/checkpoint.safetensors", bytes);
    const error = await refused("capture", "--resume", "damaged");
    expect(error.code).toBe("corrupt-checkpoint");
    expect(error.message).toContain("checkpoint.safetensors");
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
    place.write("damaged/run.json", '{"format":"tonewright-run"');
    expect((await refused("capture", "--resume", "damaged")).code).toBe("corrupt-run");
  }, 60_000);

  it("says so when there is nothing to resume", async () => {
    place.makeFolder("empty");
    expect((await refused("capture", "--resume", "--out", "empty")).code).toBe("nothing-to-resume");
    expect((await refused("capture", "--resume", "empty")).code).toBe("not-a-run");
  });
});
