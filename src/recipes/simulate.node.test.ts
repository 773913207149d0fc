import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createRandom, encodeWav } from "../signal/index.ts";
import { simulateDataset, type SimulationResult } from "./simulate.node.ts";
import { openDatasetFolder } from "./simulate-folder.node.ts";
import { planSimulation, type SimulationWish } from "./simulate-plan.node.ts";

const sampleRate = 8000;
const place = await mkdtemp(join(tmpdir(), "tonewright-simulate-"));
afterAll(() => rm(place, { recursive: true, force: true }));

const noise = (samples: number, level: number, seed = 1) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => level * random.normal());
};
async function wav(name: string, x: Float32Array): Promise<string> {
  const path = join(place, name);
  await writeFile(path, await encodeWav({ channels: [x], sampleRate }, { encoding: "float32" }));
  return path;
}
async function netlist(name: string, ...lines: string[]): Promise<string> {
  const path = join(place, name);
  await writeFile(path, ["title", "*.input Vin", "*.output out", "Vin in 0 0", ...lines, ".end", ""].join("\n"));
  return path;
}

const clock = () => performance.now();

async function simulate(
  out: string,
  wish: Omit<SimulationWish, "seed">,
  { threads = 1, commandLine = "it" }: { readonly threads?: number; readonly commandLine?: string } = {},
): Promise<SimulationResult> {
  const { request, description, found } = await planSimulation(
    { sampleRate, oversampling: 1, ...wish, seed: 1 },
    { clock, threads },
  );
  const opened = await openDatasetFolder({ folder: join(place, out) }, { request: description });
  const { sourceHash } = found;
  const platform = { clock, now: () => "now", toolVersion: "1", stop: new AbortController().signal };
  const work = simulateDataset(request, { ...opened, ...platform, description, sourceHash, threads, commandLine });
  for (;;) {
    const step = await work.next();
    if (step.done === true) return step.value;
  }
}

// The workers are those of the last build.
const isBuilt = existsSync(new URL("../../dist/src/recipes/simulate-worker.node.js", import.meta.url));

describe.skipIf(!isBuilt)("simulateDataset", () => {
  it("plays a circuit that knows the time in one piece", { timeout: 60_000 }, async () => {
    const circuit = await netlist("late.cir", "Vc c 0 PULSE(0 0.5 25 1m 1m)", "R1 c out 1k", "R2 in out 1k");
    const input = await wav("long.wav", noise(32 * sampleRate, 0.1));
    const { card } = await simulate("late", { circuit, inputs: [input], split: "none" });
    expect(card?.source).toMatchObject({ warmUpSeconds: 0 });
    // The pulse comes through a divider: 0.25 V for the last 7 of 32 s.
    expect(card?.warnings.join()).toContain("DC, up to 0.055 of full scale");
  });

  it("drops what other sounds gave at a setting that fails, on any number of threads", {
    timeout: 60_000,
  }, async () => {
    // What is loud has no solution at the second setting.
    const circuit = await netlist(
      "loud.cir",
      "*.knob cut",
      ".param cut=0",
      "R1 in out 1k",
      "B1 out 0 V={cut==1 && abs(V(in))>0.2 ? (V(out)>0 ? -1 : 1) : V(in)}",
    );
    const inputs = [
      await wav("quiet.wav", noise(8000, 1e-4, 1)),
      await wav("loud.wav", noise(8000, 0.3, 2)),
      await wav("quiet-too.wav", noise(8000, 1e-4, 3)),
    ];
    const wish = { circuit, inputs, knobs: "cut=0|1", split: "none" } as const;
    const [one, four] = [await simulate("one", wish), await simulate("four", wish, { threads: 3 })];
    expect(one.card?.pairs.map(({ knobs }) => knobs)).toEqual([[0], [0], [0]]);
    expect(one.failed).toHaveLength(1);
    expect(four.card).toEqual(one.card);
    expect(await readdir(join(place, "four", "Train"))).toEqual(await readdir(join(place, "one", "Train")));
    expect(await readdir(join(place, "one", "Train"))).toHaveLength(6);
  });

  it("makes the other settings where the netlist has a fault at one, and all of them where only the movement has", async () => {
    const circuit = await netlist(
      "split.cir",
      "*.knob cut",
      ".param cut=0.5",
      "R1 in out {1k/(cut>0.3 ? cut : 0)}",
      "C1 out 0 10n",
    );
    const inputs = [await wav("dry.wav", noise(4000, 0.1))];
    const made = await simulate("split", { circuit, inputs, knobs: "cut=0|0.5|1", split: "none" });
    expect(made.failed).toEqual([
      expect.objectContaining({ knobs: { cut: 0 }, code: expect.stringMatching(/^netlist-/) }),
    ]);
    expect(made.targets).toEqual({ done: 2, of: 3 });
    const moved = await simulate("moved", { circuit, inputs, knobs: "cut=0.5|1", split: "none", move: "cut=0@0|1@1" });
    expect(moved.card).toMatchObject({ moving: [], failed: [] });
    expect(moved.card?.warnings.join()).toContain("the recording with knobs that move could not be made");
    // Where all settings share it, it is told before there is a folder.
    await expect(simulate("never", { circuit, inputs, knobs: "cut=0", split: "none" })).rejects.toMatchObject({
      code: expect.stringMatching(/^netlist-/),
    });
    expect(existsSync(join(place, "never"))).toBe(false);
  });

  it("leaves nothing behind where nothing came of it, and only what was there before", async () => {
    const circuit = await netlist("nothing.cir", "R1 in out 1k", "V2 out 0 1", "V3 out 0 2");
    const inputs = [await wav("dry.wav", noise(4000, 0.1))];
    const refused = expect.objectContaining({ code: "nothing-rendered" });
    await expect(simulate("a/b/nothing", { circuit, inputs })).rejects.toEqual(refused);
    expect(existsSync(join(place, "a"))).toBe(false);
    await mkdir(join(place, "mine"));
    await expect(simulate("mine", { circuit, inputs })).rejects.toEqual(refused);
    expect(await readdir(join(place, "mine"))).toEqual([]);
  });

  it("refuses what cannot be divided or made before there is a folder", async () => {
    const inputs = [await wav("x.wav", noise(4000, 0.1, 4)), await wav("y.wav", noise(4000, 0.1, 5))];
    const code = async (wish: Omit<SimulationWish, "seed">) => {
      const error = await simulate("refused", { circuit: "rc-lowpass", ...wish }).then(
        () => undefined,
        (one) => one,
      );
      expect(existsSync(join(place, "refused"))).toBe(false);
      return error?.code;
    };
    expect(await code({ inputs, split: "file" })).toBe("cannot-split");
    expect(await code({ inputs, split: "group" })).toBe("cannot-split");
    expect(await code({ inputs, split: "knobs", knobs: "cutoff=0.5" })).toBe("cannot-split");
    expect(await code({ signal: "drms" })).toBeDefined();
    await wav("same.wav", noise(4000, 0.1, 4));
    expect(await code({ inputs: [...inputs, join(place, "same.wav")] })).toBe("same-recording");
  });

  it("says what was edited where the same command finds another dataset", async () => {
    const inputs = [await wav("dry.wav", noise(4000, 0.1))];
    const lines = ["R1 in out 1k", "C1 out 0 10n"];
    await simulate("edited", { circuit: await netlist("edited.cir", ...lines), inputs });
    const again = simulate("edited", { circuit: await netlist("edited.cir", ...lines, "R2 out 0 1k"), inputs });
    await expect(again).rejects.toMatchObject({
      code: "plan-changed",
      message: expect.stringMatching(/its netlist is not what is asked for now$/),
      hint: expect.stringContaining("choose another folder with --out: where the netlist was edited since"),
    });
  });
});
