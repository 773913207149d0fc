/**
 * The checksum of an Ogg page, over all of it with the four bytes of the checksum itself taken as zeros.
 *
 * @param page - The whole page, at least 27 bytes.
 * @returns 32 bits, to be compared with bytes 22 to 25 of the page (least significant first).
 * @see RFC 3533, section 6: polynomial 0x04c11db7, most significant bit first, from 0.
 */
export function oggChecksum(page: Uint8Array): number {
  let crc = update(0, page, 0, CHECKSUM_AT);
  crc = update(crc, ZEROS, 0, 4);
  return update(crc, page, CHECKSUM_AT + 4, page.length) >>> 0;
}

const CHECKSUM_AT = 22;
const ZEROS = new Uint8Array(4);

/** `TABLES[k]` holds what a byte leaves behind when k more bytes follow it, so that four are taken at a time. */
const TABLES = makeTables();

function update(from: number, bytes: Uint8Array, start: number, end: number): number {
  const [t0, t1, t2, t3] = TABLES;
  let crc = from;
  let n = start;
  for (; n + 4 <= end; n += 4) {
    crc ^= (bytes[n]! << 24) | (bytes[n + 1]! << 16) | (bytes[n + 2]! << 8) | bytes[n + 3]!;
    crc = t3[crc >>> 24]! ^ t2[(crc >>> 16) & 255]! ^ t1[(crc >>> 8) & 255]! ^ t0[crc & 255]!;
  }
  for (; n < end; n++) crc = (crc << 8) ^ t0[(crc >>> 24) ^ bytes[n]!]!;
  return crc;
}

function makeTables(): [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << 24;
    for (let k = 0; k < 8; k++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
    return crc;
  });
  const next = (table: Int32Array) => table.map((crc) => (crc << 8) ^ (first[crc >>> 24] ?? 0));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}
