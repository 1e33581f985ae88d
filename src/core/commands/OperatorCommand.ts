import type { Language } from '../../shared/settings/panelConfig.ts'

/** What an operator may ask of the program on a command line instead of starting a panel. */
export type OperatorCommand =
  FileCommand | { readonly kind: 'doctor'; readonly isJson: boolean; readonly language: Language | null }

/** The commands that look at a file alone. */
export type FileCommand =
  | { readonly kind: 'checkConfig'; readonly file: string }
  | {
      readonly kind: 'provisioningCode'
      readonly file: string
      /** Host name or serial number of the one tablet the code is for; null keeps the table of devices in it. */
      readonly device: string | null
      /** Where the code is drawn as a picture (SVG); null draws it on the terminal only. */
      readonly pictureFile: string | null
    }

/** What a command has to say, and how the program ends. */
export interface CommandAnswer {
  /** For standard output. */
  readonly output: string
  /** For a person, on standard error. */
  readonly notes: string
  readonly exitCode: number
}
