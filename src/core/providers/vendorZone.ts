/** The vendors' documents count days and months in Beijing time, wherever the panel hangs. */
export const VENDOR_ZONE = 'Asia/Shanghai'
