/** What to write into each field of the site's own settings; `*` stands for a place in a list. */
const siteRemedies: Readonly<Record<string, string>> = {
  '': 'write one JSON object after the example in docs/settings.md',
  version: 'write 1',
  timeZone: 'write the IANA name of the rooms\' zone, such as "Asia/Shanghai"',
  account: 'write {"platform": "wecom", "corpId": "..."}, or what docs/settings.md shows of your platform',
  'account.platform': 'write "wecom", "dingtalk" or "feishu"',
  'account.baseUrl':
    "leave it out for the platform's public address, or write the http(s) address of your own without query",
  'account.oapiBaseUrl':
    'leave it out so that it follows baseUrl, or write the http(s) address of the older DingTalk calls',
  'account.corpId': 'copy it from the WeCom console, 我的企业 > 企业信息',
  'account.clientId': 'copy it from the DingTalk developer console, the app > 凭证与基础信息',
  'account.operatorUnionId':
    'write the unionId of an employee who may see the rooms; the call topapi/v2/user/get tells it',
  'account.appId': 'copy it from the Feishu developer console, the app > 凭证与基础信息; it begins with cli_',
  'account.monthlyCalls':
    "write the calls a month of your organisation's plan, a whole number from 100, or null for no limit",
  'account.sharedByPanels': 'write how many Doorplate installations share these calls, from 1 to 10000',
  'account.bookerUserId': 'write the userid of the service person who books at the door, or leave it out',
  'account.bookerUnionId': 'write the unionId of the service person who books at the door, or leave it out',
  'account.bookerOpenId': 'write the open_id of the contact person of door bookings, or leave it out',
  rooms: 'list 1 to 200 rooms, each with id and source',
  'rooms.*': 'write {"id": "west-lake", "source": {"officeRoomId": 7}}',
  'rooms.*.id':
    'write a name of your own for the address, such as "west-lake", once per room, at most 63 characters',
  'rooms.*.name': "leave it out to show the platform's name, or write 1 to 60 characters",
  'rooms.*.source':
    'write {"officeRoomId": 7} with the number of the WeCom office room, or {"roomId": "..."} of DingTalk or Feishu',
  'rooms.*.source.officeRoomId': 'write the meetingroom_id of the WeCom office room, a whole number above 0',
  'rooms.*.source.meetingRoomId': 'write the meeting_room_id of the Rooms hardware as text, or leave it out',
  'rooms.*.source.roomsId': 'write the rooms_id of the Rooms hardware as text, or leave it out',
  'rooms.*.source.roomId':
    'write the roomId of the DingTalk room, or the room_id of the Feishu room, which begins with omm_',
  'rooms.*.source.isSoleBooker':
    'write true only if every booking of the room is made by this app, else false',
  defaultRoomId: 'write the id of one of the rooms, or leave it out for the first one',
  display: 'write an object, or leave it out for the defaults',
  'display.language': 'write "zh-CN" or "en-US"',
  'display.theme': 'write "auto", "light" or "dark"',
  'display.hourCycle': 'write "24" or "12", in quotes',
  'display.privacy': 'write "full", "organizer" or "busy"',
  'display.soonMinutes': 'write a whole number from 0 to 60',
  checkIn: 'write an object, or leave it out for the defaults',
  'checkIn.mode': 'write "off", "platform" or "local"',
  'checkIn.opensBeforeMinutes': 'write a whole number from 0 to 60',
  'checkIn.closesAfterMinutes': 'write a whole number from 1 to 60',
  'checkIn.isReleaseOn': 'write true or false',
  actions: 'write an object, or leave it out for the defaults',
  'actions.checkIn': 'write "anyone", "pin" or "off"',
  'actions.book': 'write "anyone", "pin" or "off"',
  'actions.extend': 'write "anyone", "pin" or "off"',
  'actions.end': 'write "anyone", "pin" or "off"',
  'actions.title': 'write 1 to 60 characters, such as "现场预订"',
  officeHours: 'write an object, or leave it out for the defaults',
  'officeHours.days': 'write a list of weekdays from 0 (Sunday) to 6, such as [1, 2, 3, 4, 5]',
  'officeHours.days.*': 'write a weekday from 0 (Sunday) to 6',
  'officeHours.from': 'write a time such as "08:00"',
  'officeHours.until': 'write a time such as "20:00"',
  polling: 'write an object, or leave it out for the defaults',
  'polling.intervalSeconds': 'write a whole number from 10 to 3600',
  'polling.quietIntervalSeconds': 'write a whole number from 30 to 7200',
  'polling.unknownAfterMinutes': 'write a whole number from 1 to 60',
  kiosk: 'write an object, or leave it out for the defaults',
  'kiosk.displayNumber': 'write a whole number from 1 to 9, or null for the primary screen',
  'kiosk.isAlwaysOnTop': 'write true or false',
  'kiosk.isAutostarted': 'write true or false',
  'kiosk.isRestartedNightly': 'write true or false',
}

/** What a room may say otherwise is written like the site's. */
const OVERRIDES = 'rooms.*.overrides'
const overrideRemedies = Object.entries(siteRemedies).flatMap(([path, remedy]) =>
  /^(?:display|checkIn|actions)(?:\.|$)/.test(path) ? [[`${OVERRIDES}.${path}`, remedy] as const] : [],
)

/** A test holds them to the schema. */
const remedies: Readonly<Record<string, string>> = {
  ...siteRemedies,
  [OVERRIDES]: 'write {"display": {"theme": "dark"}}, or leave it out so that the room is like all others',
  ...Object.fromEntries(overrideRemedies),
}

/** Fields people expect here although secrets live elsewhere. */
const misplacedSecret = /secret|token|passw/i

/** Fields this table knows; for the test that holds it to the schema. */
export const remediedFields: readonly string[] = Object.keys(remedies)

/** @param path as in a field issue, e.g. `rooms.0.id` */
export function remedyFor(path: string): string {
  const generic = path.replace(/(^|\.)\d+(?=\.|$)/g, '$1*')
  const known = remedies[generic]
  if (known !== undefined) return known
  if (misplacedSecret.test(path)) {
    return 'remove it; secrets belong into "secrets" of a provisioning file, or on the Node host into the file of --secrets'
  }
  return 'see docs/settings.md for the fields there are'
}
