/**
 * How many colours a picture has: one while nothing is drawn, many hundreds where letters are.
 * @param picture a binary PPM with eight bits a channel
 */
export function countColours(picture: Buffer): number {
  const header = /^P6\s+\d+\s+\d+\s+255\s/.exec(picture.toString('latin1', 0, 64))?.[0]
  if (header === undefined) throw new Error('this is no PPM')
  const colours = new Set<number>()
  for (let at = header.length; at + 2 < picture.length; at += 3) colours.add(picture.readUIntBE(at, 3))
  return colours.size
}
