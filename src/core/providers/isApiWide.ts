import type { ProviderError } from './ProviderError.ts'

/**
 * Failures that the next call of the same API would meet again, or make worse. What concerns one room, or one answer,
 * is not among them: a room that always fails must not starve its siblings.
 */
export const isApiWide = ({ kind }: ProviderError): boolean =>
  kind !== 'notFound' && kind !== 'badResponse' && kind !== 'server'
