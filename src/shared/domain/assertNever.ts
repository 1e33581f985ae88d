/**
 * Marks a branch the types prove unreachable.
 * @throws Error when data from outside broke that proof.
 */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${JSON.stringify(value)}`)
}
