/** The luminance of WCAG 2: 0 is black, 1 is white. The canvas reads every notation of a colour. */
const luminance = (colour: string): number | undefined => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d')
  if (pixel === null) return undefined
  pixel.fillStyle = colour
  pixel.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Tells the developer, once, when the colours of the host cannot be read on each other. */
export const warnOfContrast = (sample: Element): void => {
  const { backgroundColor, color } = getComputedStyle(sample)
  const [a, b] = [luminance(backgroundColor), luminance(color)]
  if (a === undefined || b === undefined) return
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  if (ratio < 4.5) {
    console.warn(
      `<guichet-chat>: --guichet-on-accent on --guichet-accent has a contrast of ${ratio.toFixed(1)}, readable text needs 4.5`,
    )
  }
}
