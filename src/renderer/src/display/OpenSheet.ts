import type { Component } from 'vue'

/** A sheet over the panel, as whoever opened it wants it drawn. */
export interface OpenSheet {
  readonly is: Component
  readonly props: Readonly<Record<string, unknown>>
}
