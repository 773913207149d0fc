import { describe } from "vitest";
import { testGoldens } from "../ranking/test-calls.node.ts";

// Made by fixtures/metrics/ranking/make.py.
describe("clustering as scikit-learn 1.9.1", () => {
  testGoldens("clustering");
});
