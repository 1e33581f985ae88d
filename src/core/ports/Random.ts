/** @returns a number in `[0, 1)`; the only source of chance in the core */
export type Random = () => number
