const LONGEST = 40

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')

/**
 * An id for a room's address, from its name where that has letters an address can carry, else from the platform's id.
 * @param taken ids that are in use
 */
export function roomSlug(name: string, vendorId: string, taken: readonly string[]): string {
  const fromName = plain(name)
  // A Chinese name leaves a crumb such as "3f": two rooms of one floor would get the same.
  const isTelling = fromName.length >= 3 && !/[^\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}]/u.test(name)
  const base = isTelling ? fromName : `room-${plain(vendorId) || '1'}`
  if (!taken.includes(base)) return base
  for (let n = 2; ; n += 1) if (!taken.includes(`${base}-${n}`)) return `${base}-${n}`
}
