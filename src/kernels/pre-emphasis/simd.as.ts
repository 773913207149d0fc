import { all, at, load, madd, storeFirst } from "../lanes/lanes.as";

export function preEmphasisForward(steps: i32, columns: i32, coefficient: f32, x: i32, y: i32): void {
  const c = all(-coefficient);
  const n = (steps - 1) * columns;
  for (let j: i32 = 0; j < n; j += 4) {
    storeFirst(at(y + j), madd(c, load(at(x + j)), load(at(x + columns + j))), n - j);
  }
}

export function preEmphasisBackward(steps: i32, columns: i32, coefficient: f32, dy: i32, dx: i32): void {
  const c = all(-coefficient);
  const n = (steps - 1) * columns;
  for (let j: i32 = 0; j < n; j += 4) {
    storeFirst(at(dx + j), madd(c, load(at(dy + j)), load(at(dx + j))), n - j);
  }
  for (let j: i32 = 0; j < n; j += 4) {
    const d = at(dx + columns + j);
    storeFirst(d, f32x4.add(load(at(dy + j)), load(d)), n - j);
  }
}
