/** WeCom's equipment ids (D:93619): TV, phone, projector, whiteboard, video. Texts: `settings.equipment.<id>`. */
export const equipmentIds = [1, 2, 3, 4, 5] as const
