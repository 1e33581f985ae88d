import type { CheckInDevice, CheckInState, ReleaseKind } from '../../world/roomUse.ts'

/** What the reservation list calls things, in one language. */
export interface ReservationTexts {
  readonly pending: string
  readonly booked: string
  readonly cancelled: string
  readonly refused: string
  readonly released: Readonly<Record<ReleaseKind, string>>
  readonly checkIn: Readonly<Record<CheckInState, string>>
  readonly device: Readonly<Record<CheckInDevice, string>>
}

/** The Chinese list of the documents, full-width brackets and all; `cancelled` and `refused` are in none. */
const zh: ReservationTexts = {
  pending: '审批中',
  booked: '预定成功',
  cancelled: '已取消',
  refused: '预定失败',
  released: {
    manual: '已释放（手动释放）',
    afterEnd: '已释放（会议结束后自动释放）',
    noShow: '已释放（未签到被释放）',
    sensor: '已释放（传感器自动释放）',
  },
  checkIn: {
    waiting: '待签到',
    windowOpen: '签到时间未结束',
    checkedIn: '已签到',
    missed: '超时未签到',
    impossible: '不可签到（会议室被禁用）',
    notRequired: '无需签到',
    notRequiredInstant: '无需签到（即时预定）',
    notRequiredOff: '无需签到（未开启签到设置）',
    notRequiredNoDevice: '无需签到（未安装签到设备）',
  },
  device: {
    panel: '签到板',
    qr: '签到二维码',
    controller: '控制器',
    touchScreen: '触屏版',
    autoOffline: '设备离线，自动签到',
  },
}

/**
 * Only `reserve success`, `display`, `checkin` and `released` stand in a document; the other English texts are made
 * up (UNVERIFIED), of the words a reader would look for.
 */
const en: ReservationTexts = {
  pending: 'approving',
  booked: 'reserve success',
  cancelled: 'canceled',
  refused: 'reserve failed',
  released: {
    manual: 'released',
    afterEnd: 'released (after the meeting ended)',
    noShow: 'released (no check-in)',
    sensor: 'released (by sensor)',
  },
  checkIn: {
    waiting: 'waiting for checkin',
    windowOpen: 'checkin not ended',
    checkedIn: 'checkin',
    missed: 'checkin overtime',
    impossible: 'checkin unavailable (room disabled)',
    notRequired: 'checkin not required',
    notRequiredInstant: 'checkin not required (instant booking)',
    notRequiredOff: 'checkin not required (not enabled)',
    notRequiredNoDevice: 'checkin not required (no device)',
  },
  device: {
    panel: 'display',
    qr: 'QR code',
    controller: 'controller',
    touchScreen: 'touch display',
    autoOffline: 'device offline, auto checkin',
  },
}

export const reservationTexts = { zh, en } as const
