// The one map of doors: which folder of src/ may import which. tools/doors-tsconfig.mjs and .dependency-cruiser.cjs are made from it.

/** Every door with the doors it may import. `errors` is open to all and is added below. */
const imports = {
  errors: [],
  kernels: [],
  notes: [],
  signal: ["kernels"],
  modelfile: ["signal"],
  tensor: ["kernels"],
  realtime: ["kernels", "signal", "modelfile"],
  circuits: ["kernels", "signal"],
  estimators: ["kernels"],
  metrics: ["kernels", "signal"],
  datasets: ["signal", "circuits", "notes", "estimators"],
  nn: ["tensor"],
  models: ["tensor", "nn", "modelfile"],
  training: ["tensor", "nn", "models", "datasets", "metrics", "modelfile"],
  agents: ["tensor", "nn", "models", "notes"],
  recipes: [
    "signal",
    "circuits",
    "notes",
    "datasets",
    "tensor",
    "nn",
    "models",
    "training",
    "metrics",
    "estimators",
    "modelfile",
    "realtime",
    "agents",
  ],
  cluster: ["recipes"],
};

/**
 * Doors whose plain files need more than the language itself (`WebAssembly`, `TextDecoder`, `structuredClone`).
 * "WebWorker" is the smallest library that declares these; Node and browsers both have them.
 */
const extraLibs = {
  kernels: ["WebWorker"],
  signal: ["WebWorker"],
  datasets: ["WebWorker"],
  tensor: ["WebWorker"],
  modelfile: ["WebWorker"],
  realtime: ["WebWorker"],
  training: ["WebWorker"],
  recipes: ["WebWorker"],
};

/** @type {Record<string, { imports: string[], lib: string[] }>} */
const doors = {};
for (const [door, allowed] of Object.entries(imports)) {
  doors[door] = {
    imports: door === "errors" ? [] : ["errors", ...allowed],
    lib: ["ES2023", ...(extraLibs[/** @type {keyof typeof extraLibs} */ (door)] ?? [])],
  };
}

module.exports = { doors };
