/** The platforms a room's meetings can come from. A further platform starts here. */
export const platforms = ['wecom', 'dingtalk', 'feishu'] as const

/** See {@link platforms}. */
export type Platform = (typeof platforms)[number]
