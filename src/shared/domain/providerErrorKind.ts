/** Every way a platform can refuse or fail, by the reaction it asks for. Texts are chosen by the renderer. */
export const providerErrorKinds = [
  'auth',
  'permission',
  'rateLimited',
  'quota',
  'notFound',
  'ipNotAllowed',
  'network',
  'tls',
  'server',
  'badResponse',
] as const

/** See {@link providerErrorKinds}. */
export type ProviderErrorKind = (typeof providerErrorKinds)[number]
