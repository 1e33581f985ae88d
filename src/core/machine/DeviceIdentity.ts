/** What a machine calls itself. */
export interface DeviceNames {
  readonly hostName: string
  /** Every number it is known by, none of which is a filler such as "Default string"; may be empty. */
  readonly serials: readonly string[]
}

/** Tells a fleet's tablets apart. Never rejects. */
export interface DeviceIdentity {
  read(): Promise<DeviceNames>
}

/** What boards carry whose maker wrote no serial number; in capitals. */
const fillers: ReadonlySet<string> = new Set([
  ...['TO BE FILLED BY O.E.M.', 'DEFAULT STRING', 'SYSTEM SERIAL NUMBER', 'NOT SPECIFIED', 'NOT APPLICABLE'],
  ...['NONE', 'N/A', 'INVALID', 'OEM', 'O.E.M.', 'SERIAL', 'CHASSIS SERIAL NUMBER', 'EMPTY', 'UNKNOWN'],
])

/** Whether a text is no serial number although it stands where one belongs: two tablets may carry the same. */
export function isFillerSerial(text: string): boolean {
  const wanted = text.trim().toUpperCase()
  return fillers.has(wanted) || /^[0.\-X]*$/.test(wanted) || /^(?:0?123456789|1234567890?)$/.test(wanted)
}
