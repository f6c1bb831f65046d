// Names for what is written, made in the browser, so that the same words sent twice are kept once.

/** A UUIDv7. */
export function newId() {
  const bytes = random();
  const now = BigInt(Date.now());
  for (let place = 0; place < 6; place++) bytes[place] = Number((now >> BigInt(8 * (5 - place))) & 0xffn);
  return written(bytes, 7);
}

/** A random id (UUID version 4): one with a time in it would tell when an answer was written. */
export function blindId() {
  return written(random(), 4);
}

const random = () => crypto.getRandomValues(new Uint8Array(16));

/**
 * @param {Uint8Array} bytes
 * @param {number} version
 */
function written(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
