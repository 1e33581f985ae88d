/** Cuts a list into pieces of at most `size`, in order. */
export function inChunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_piece, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
