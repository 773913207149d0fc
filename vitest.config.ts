import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src", "apps", "test", "benchmarks", "examples"].map((folder) => `${folder}/**/*.test.{ts,tsx}`),
    testTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
