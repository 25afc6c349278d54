/** What was just changed is drawn. */
export const nextPicture = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))

/** Brings the pen to what comes later, unless somebody has gone elsewhere by then: what she types is meant for there. */
export const focusAfter = async (coming: Promise<unknown>, selector: string): Promise<void> => {
  const before = document.activeElement
  await coming
  const now = document.activeElement
  if (now === before || now === document.body) document.querySelector<HTMLElement>(selector)?.focus()
}
