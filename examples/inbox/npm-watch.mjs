import { readFileSync } from 'node:fs'

/** Linux alone tells who somebody's parent is without starting a process; elsewhere nothing is watched. */
const seen = (pid) => {
  try {
    const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
    return { parent, title: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }
  } catch {
    return undefined
  }
}

const isNpm = (pid) => seen(pid)?.title.startsWith('npm ') === true

/** The npm processes that this one runs under, and the shells that they started, nearest first. */
const chain = () => {
  const found = []
  for (let pid = process.ppid; isNpm(pid) || isNpm(seen(pid)?.parent); pid = seen(pid)?.parent) found.push(pid)
  return found
}

/**
 * Calls back when one of the npm processes above is gone. npm passes a signal to its shell, and the shell to nobody: a
 * server would go on without its terminal, on the port that the next start wants.
 */
export const whenNpmEnds = (then) => {
  const above = chain()
  const intact = () => above.every((pid, at) => (at === 0 ? process.ppid : seen(above[at - 1])?.parent) === pid)
  if (above.length === 0) return
  const timer = setInterval(() => {
    if (intact() && seen(above.at(-1)) !== undefined) return
    clearInterval(timer)
    then()
  }, 250)
  timer.unref()
}
