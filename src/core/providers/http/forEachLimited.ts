/**
 * Runs one item after the other, at most `width` at a time. A later item begins only when an earlier one is done, so
 * what `run` learned from one is known before the next. Rejects with the first rejection.
 */
export async function forEachLimited<Item>(
  items: readonly Item[],
  width: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const work = async (): Promise<void> => {
    for (const item of left) await run(item)
  }
  await Promise.all(Array.from({ length: width }, work))
}
