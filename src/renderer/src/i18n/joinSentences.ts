/** Sentences in a row: with a space after a Latin full stop, with none after a full-width one, which brings its own. */
export const joinSentences = (...sentences: readonly string[]): string =>
  sentences.join(' ').replace(/([。！？；]) /g, '$1')
