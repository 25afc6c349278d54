/**
 * Runs something once what is under way now has had its turn. Timers are coarse and come in any order; where there is
 * `setImmediate`, what is put off first runs first.
 */
export const defer: (run: () => void) => void =
  typeof globalThis.setImmediate === 'function'
    ? (run) => void globalThis.setImmediate(run)
    : (run) => void setTimeout(run, 0)
