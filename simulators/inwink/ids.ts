export type IdSource = () => string;

/** GUIDs as this platform gives them: different in front, alike behind, in no order. */
export function sequentialIds(seed: number): IdSource {
  const machine = (0x0022_480a + seed).toString(16).padStart(8, '0');
  let count = 0;
  return () => {
    count += 1;
    // An odd factor makes this a bijection of 32 bits: no id comes twice.
    const front = (Math.imul(count, 0x9e37_79b1) ^ seed) >>> 0;
    const block = (0x5b7d + Math.floor(count / 0x1_0000)) & 0xffff;
    return `${front.toString(16).padStart(8, '0')}-${block.toString(16).padStart(4, '0')}-f011-8e2b-${machine}1b2c`;
  };
}
