#!/usr/bin/env node
import { enableRelaxedSimd } from "../../src/kernels/index.node.ts";
import { createProgram, runProgram } from "./command.ts";
import { addBench } from "./commands/bench.ts";
import { addCapture } from "./commands/capture.ts";
import { addDemo } from "./commands/demo.ts";
import { addEvaluate } from "./commands/evaluate.ts";
import { addExport } from "./commands/export.ts";
import { addFeatures } from "./commands/features.ts";
import { addInspect } from "./commands/inspect.ts";
import { addPlay } from "./commands/play.ts";
import { addRender } from "./commands/render.ts";
import { addSimulate } from "./commands/simulate.ts";
import { addSignal } from "./commands/signal.ts";

enableRelaxedSimd();
const program = createProgram();
addDemo(program);
addSimulate(program);
addCapture(program);
addEvaluate(program);
addExport(program);
addRender(program);
addInspect(program);
addFeatures(program);
addSignal(program);
addPlay(program);
addBench(program);
await runProgram(program, process.argv);
