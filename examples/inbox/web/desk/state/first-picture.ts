/** With a server that does not answer, the rest comes all the same; in milliseconds. */
const longest = 2000

let show: () => void = () => undefined
const picture = new Promise<void>((resolve) => {
  show = resolve
})

/** Says when there is something to look at: the list, and the conversation that was open. */
export const firstPicture = (shown: Promise<unknown>): void => {
  const end = setTimeout(show, longest)
  void shown.finally(() => {
    clearTimeout(end)
    show()
  })
}

/** Runs once somebody has something to look at and the browser nothing else to do. */
export const afterFirstPicture = async (run: () => void): Promise<void> => {
  await picture
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 500)
}
