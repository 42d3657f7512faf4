/** True for base 64 as Go's standard encoding reads it: with its padding; line breaks are left aside. */
export function isBase64(text: string): boolean {
  const plain = text.replace(/[\r\n]/g, "");
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}
