/**
 * How long this process has worked so far, in milliseconds of the processor: a limit on it holds on a machine that is busy
 * with something else, where one on the time of day does not.
 */
export const worked = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
