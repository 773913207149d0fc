const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * The CRC-32 checksum of the bytes.
 *
 * It finds damage, not forgery.
 *
 * @param bytes - Any length.
 * @returns An unsigned 32-bit integer.
 * @see ISO 3309: reflected polynomial 0xEDB88320, start and final value 0xFFFFFFFF, as in zip and png.
 */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
