const LONGEST = 40
/** Of a platform's long id: enough to tell a building's rooms apart, short enough to be read out. */
const LONGEST_ID = 12

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')

/** Without the prefix that every room of a platform has (`omm_`), which tells nothing. */
const idPart = (vendorId: string): string =>
  plain(vendorId.replace(/^[a-z]{1,4}_/, ''))
    .slice(0, LONGEST_ID)
    .replace(/-+$/, '')

/**
 * An id for a room's address, from its name where that has letters an address can carry, else from the platform's id.
 * @param taken ids that are in use
 */
export function roomSlug(name: string, vendorId: string, taken: readonly string[]): string {
  const fromName = plain(name)
  // A Chinese name leaves a crumb such as "3f": two rooms of one floor would get the same.
  const isTelling = fromName.length >= 3 && !/[^\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}]/u.test(name)
  const base = isTelling ? fromName : `room-${idPart(vendorId) || '1'}`
  if (!taken.includes(base)) return base
  for (let n = 2; ; n += 1) if (!taken.includes(`${base}-${n}`)) return `${base}-${n}`
}
