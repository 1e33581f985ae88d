import { remedyFor } from '../settings/settingsRemedies.ts'

/** What to write into the fields that only a provisioning file has; `*` stands for a place in the table. */
const remedies: Readonly<Record<string, string>> = {
  '': 'write {"settings": {...}, "secrets": {...}} after the example in docs/kiosk.md',
  settings: 'write the settings of the panel into it, after the example in docs/settings.md',
  secrets: 'write {"wecom.corpSecret": "..."}, or leave it out',
  devices: 'write a list of {"hostName": "door-17", "room": "west-lake"}, or leave it out',
  'devices.*':
    'write {"hostName": "door-17", "room": "west-lake"} or {"serial": "5CG1234XYZ", "room": "west-lake"}',
  'devices.*.hostName': 'write the name the tablet has in the network, once in the whole table',
  'devices.*.serial':
    'write the serial number of the tablet, once in the whole table, or use its hostName instead',
  'devices.*.room': 'write the id of one of the rooms of the settings',
  'devices.*.display': 'write what this tablet shows differently, or leave it out',
  'devices.*.kiosk': 'write what this tablet does differently, or leave it out',
}

/** @param path as in an issue of a provisioning file, e.g. `settings.rooms.0.id` or `devices.3.room` */
export function provisioningRemedyFor(path: string): string {
  const known = remedies[path.replace(/^devices\.\d+/, 'devices.*')]
  if (known !== undefined) return known
  if (path.startsWith('secrets.')) return 'remove it, or correct its name or the platform of the account'
  return remedyFor(path.replace(/^(?:settings|devices\.\d+)\./, ''))
}
