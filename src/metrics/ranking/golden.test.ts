import { describe } from "vitest";
import { testGoldens } from "./test-calls.node.ts";

// Made by fixtures/metrics/ranking/make.py.
describe("ranking as scikit-learn 1.9.1", () => {
  testGoldens("ranking");
});
