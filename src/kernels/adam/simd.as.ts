import { all, at, load, madd, storeFirst } from "../lanes/lanes.as";

export function adam(
  n: i32,
  parameters: i32,
  gradients: i32,
  m: i32,
  v: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  correction1: f32,
  correction2: f32,
): void {
  const b1 = all(beta1);
  const b2 = all(beta2);
  const r1 = all(1 - beta1);
  const r2 = all(1 - beta2);
  const step = all(-rate / correction1);
  const scale = all(1 / correction2);
  const eps = all(epsilon);
  for (let j: i32 = 0; j < n; j += 4) {
    const g = load(at(gradients + j));
    const mj = madd(r1, g, f32x4.mul(b1, load(at(m + j))));
    const vj = madd(r2, f32x4.mul(g, g), f32x4.mul(b2, load(at(v + j))));
    const denominator = f32x4.add(f32x4.sqrt(f32x4.mul(vj, scale)), eps);
    const p = madd(step, f32x4.div(mj, denominator), load(at(parameters + j)));
    storeFirst(at(m + j), mj, n - j);
    storeFirst(at(v + j), vj, n - j);
    storeFirst(at(parameters + j), p, n - j);
  }
}
