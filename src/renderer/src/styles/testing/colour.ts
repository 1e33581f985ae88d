/** Linear sRGB, each channel 0 to 1 inside the gamut. */
export type LinearRgb = readonly [red: number, green: number, blue: number]

/** Reads `oklch(L C H)` with plain numbers; the tokens use no other notation. */
export function parseOklch(text: string): LinearRgb {
  const match = /^oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\)$/.exec(text.trim())
  if (!match) throw new Error(`not an oklch colour: ${text}`)
  const [lightness, chroma, hue] = match.slice(1).map(Number) as [number, number, number]
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  // Björn Ottosson's published Oklab matrices.
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** Whether a screen can show the colour as it is written. */
export function isInGamut(rgb: LinearRgb): boolean {
  return rgb.every((channel) => channel > -0.0005 && channel < 1.0005)
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** WCAG 2 relative luminance. */
function luminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * clamp(red) + 0.7152 * clamp(green) + 0.0722 * clamp(blue)
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(a: LinearRgb, b: LinearRgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** CIE lightness, 0 to 100: how light a surface looks. */
export function lightness(rgb: LinearRgb): number {
  const y = luminance(rgb)
  return y > 216 / 24_389 ? 116 * Math.cbrt(y) - 16 : (24_389 / 27) * y
}

/**
 * Full dichromacy after Machado, Oliveira and Fernandes (2009), applied in linear light; `typical` leaves the colour alone.
 */
export const visions = {
  typical: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

export type Vision = keyof typeof visions

/** The colour as the given vision sees it. */
export function seenBy(vision: Vision, rgb: LinearRgb): LinearRgb {
  const [red, green, blue] = rgb.map(clamp) as [number, number, number]
  return visions[vision].map(([r, g, b]) => clamp(r * red + g * green + b * blue)) as unknown as LinearRgb
}
