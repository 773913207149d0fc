import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readNetlist } from "./read-netlist.ts";
import { resolveCircuit } from "./resolve-circuit.ts";
import { spiceDeck } from "./spice-deck.ts";
import { writeSpice } from "./write-spice.ts";

const ngspiceMissing = spawnSync("ngspice", ["--version"]).error !== undefined;

describe("a circuit as SPICE", () => {
  const netlist = readNetlist(`Two   words; more
*.input Vin volts=2
*.output x1.mid
*.knob r min=1k max=3k
.param r=1k
Vin in 0 0.5
X1 in out rc
R1 out 0 {r}
B1 b+ 0 V=if(V(in)>1,V(out)^3,pwrs(V(in),1.5))+limit(V(in),-1,1)
B2 b- 0 V={(V(in)>0 && V(out)) ? sqrt(V(in)) : ln(V(out))-(-2)}
R2 b+ b- 1k
F1 0 b+ Vin 2
L1 out a 1m
L2 a 0 1m
K1 L1 L2 0.5
D1 a 0 dd 2
M1 a b 0 0 mm w=1u l=2u
R3 b 0 1k
.model dd D(is=1p)
.model mm NMOS(vto=1)
.subckt rc a b
R1 a mid 1k
C1 mid 0 1u
R2 mid b 1k
.ends
.ic V(out)=0.25
`);

  it("has one line per element, with names that ngspice accepts", () => {
    expect(writeSpice(resolveCircuit(netlist, { knobs: { r: 0.5 } }), { directives: [".op"] })).toBe(`* Two words; more
vin in 0 dc 0.5
r_x1_r1 in x1_mid 1000
c_x1_c1 x1_mid 0 0.000001
r_x1_r2 x1_mid out 1000
r1 out 0 2000
b1 b_ 0 v=(((v(in)>1) ? (sgn(v(out))*pow(abs(v(out)),3)) : (sgn(v(in))*pow(abs(v(in)),1.5)))+min(max(v(in),min((-1),1)),max((-1),1)))
b2 b__2 0 v=(((v(in)>0) && (v(out)>0.5)) ? sqrt(abs(v(in))) : (ln(max(abs(v(out)),1e-30))-(-2)))
r2 b_ b__2 1000
f1 0 b_ vin 2
l1 out a 0.001
l2 a 0 0.001
k1 l1 l2 0.5
d1 a 0 d1_model area=2
.model d1_model d(is=1e-12)
m1 a b 0 0 m1_model w=0.000001 l=0.000002
.model m1_model nmos(vto=1)
r3 b 0 1000
.temp 27
.ic v(out)=0.25
.op
.end
`);
  });

  it("plays a sound file on top of its input's constant value", () => {
    const deck = spiceDeck(netlist, { inputFile: "dry.txt", seconds: 0.5, stepSeconds: 1e-6 });
    expect(deck).toContain("\nvin in behind_audio dc 0.5\ne_audio behind_audio 0 audio 0 1\n");
    expect(deck).toContain('filesource(file="dry.txt" amploffset=[0] amplscale=[2] timeoffset=0 timescale=1');
    expect(deck).toContain("\ne_audio_out audio_out 0 x1_mid 0 1\n");
    expect(deck).toMatch(/\n\.save v\(audio_out\)\n\.tran 0.000001 0.5 0 0.000001\n\.end\n$/);
    expect(spiceDeck(netlist, { inputFile: "a", seconds: 1, stepSeconds: 1, outputNode: "A" })).toContain(
      "audio_out 0 a 0 1",
    );
  });

  it("starts from given voltages", () => {
    const startVolts = { "x1.mid": 0.5, "0": 0 };
    expect(spiceDeck(netlist, { inputFile: "a", seconds: 1, stepSeconds: 1, startVolts })).toContain(
      "\n.ic v(out)=0.25\n.nodeset v(x1_mid)=0.5\n.options ",
    );
  });

  it("needs an input and an output", () => {
    const options = { inputFile: "a", seconds: 1, stepSeconds: 1e-6 };
    expect(() => spiceDeck(readNetlist("t\nR1 out 0 1"), options)).toThrow(/has no input/);
    expect(() => spiceDeck(readNetlist("t\nVin a 0 0\nR1 a 0 1"), options)).toThrow(/has no output/);
    expect(() => spiceDeck(netlist, { ...options, outputNode: "q" })).toThrow(/no output "q 0"/);
  });

  it.skipIf(ngspiceMissing)("is simulated by ngspice (skipped without ngspice)", () => {
    // A step of 1 full scale = 2 V into RC = 1 ms, on top of 0.5 V: after 1 ms, 0.5 + 2 (1 - 1/e).
    const work = mkdtempSync(join(tmpdir(), "tonewright-deck-"));
    try {
      const rc = readNetlist("rc\n*.input Vin volts=2\nVin in 0 0.5\nR1 in out 1k\nC1 out 0 1u\n");
      writeFileSync(join(work, "dry.txt"), "0 0\n1e-3 0\n1.000001e-3 1\n3e-3 1\n");
      writeFileSync(join(work, "deck.cir"), spiceDeck(rc, { inputFile: "dry.txt", seconds: 2e-3, stepSeconds: 1e-6 }));
      spawnSync("ngspice", ["-b", "-r", "out.raw", "deck.cir"], { cwd: work });
      const raw = readFileSync(join(work, "out.raw"));
      const start = raw.indexOf("Binary:\n") + 8;
      const values = new Float64Array(
        Uint8Array.from(raw.subarray(start, start + 16 * Math.floor((raw.length - start) / 16))).buffer,
      );
      const [time, volts] = [values.at(-2), values.at(-1)];
      expect(time).toBeCloseTo(2e-3, 9);
      expect(volts).toBeCloseTo(0.5 + 2 * (1 - Math.exp(-1)), 3);
    } finally {
      rmSync(work, { recursive: true });
    }
  });
});
