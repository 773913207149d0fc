import { all, at, load, madd, storeFirst } from "../lanes/lanes.as";

export function fill(n: i32, value: f32, y: i32): void {
  const v = all(value);
  for (let j: i32 = 0; j < n; j += 4) storeFirst(at(y + j), v, n - j);
}

export function scaleAdd(n: i32, a: f32, x: i32, b: f32, y: i32): void {
  const va = all(a);
  if (b == 0) {
    for (let j: i32 = 0; j < n; j += 4) storeFirst(at(y + j), f32x4.mul(va, load(at(x + j))), n - j);
    return;
  }
  const vb = all(b);
  for (let j: i32 = 0; j < n; j += 4) {
    storeFirst(at(y + j), madd(va, load(at(x + j)), f32x4.mul(vb, load(at(y + j)))), n - j);
  }
}

export function multiplyAdd(n: i32, x: i32, y: i32, z: i32): void {
  for (let j: i32 = 0; j < n; j += 4) {
    storeFirst(at(z + j), madd(load(at(x + j)), load(at(y + j)), load(at(z + j))), n - j);
  }
}

export function transpose(rows: i32, columns: i32, src: i32, dst: i32): void {
  for (let r: i32 = 0; r < rows; r++) {
    for (let c: i32 = 0; c < columns; c++) f32.store(at(dst + c * rows + r), f32.load(at(src + r * columns + c)));
  }
}
