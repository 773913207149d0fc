import { all, at, load, madd, storeFirst } from "../lanes/lanes.as";

export function dcBlockForward(steps: i32, columns: i32, pole: f32, x: i32, y: i32, state: i32): void {
  const r = all(pole);
  for (let j: i32 = 0; j < columns; j += 4) {
    const many = columns - j;
    let before = load(at((state == 0 ? x : state) + j));
    let value = state == 0 ? all(0) : load(at(state + columns + j));
    for (let t: i32 = 0; t < steps; t++) {
      const now = load(at(x + t * columns + j));
      value = madd(r, value, f32x4.sub(now, before));
      storeFirst(at(y + t * columns + j), value, many);
      before = now;
    }
    if (state != 0) {
      storeFirst(at(state + j), before, many);
      storeFirst(at(state + columns + j), value, many);
    }
  }
}

export function dcBlockBackward(steps: i32, columns: i32, pole: f32, dy: i32, dx: i32, carried: i32): void {
  const r = all(pole);
  for (let j: i32 = 0; j < columns; j += 4) {
    const many = columns - j;
    let after = all(0);
    for (let t: i32 = steps - 1; t >= 0; t--) {
      // Started at rest on its first sample, the first output is 0 whatever that sample is.
      const now = t == 0 && carried == 0 ? all(0) : madd(r, after, load(at(dy + t * columns + j)));
      const d = at(dx + t * columns + j);
      storeFirst(d, f32x4.add(load(d), f32x4.sub(now, after)), many);
      after = now;
    }
  }
}
