interface Running {
  readonly url: string
  /** Resolves when nobody is sent here any more. */
  readonly leave?: () => Promise<void>
  readonly close: () => Promise<void>
}

const fail = (error: unknown): never => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(taken ? `${error.message}. Set PORT or SMTP_PORT to another one.` : error)
  process.exit(1)
}

/** Starts it, says where it is, and ends it when this process is told to end. */
export const run = async <A extends Running>(start: () => Promise<A>): Promise<A> => {
  const running = await start().catch(fail)
  let leaving = false
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    running.close().then(() => process.exit(0), fail)
  }
  /** A terminal sends its signal to the whole group, and the parent forwards it: once is enough. */
  const leave = () => {
    if (leaving) return
    leaving = true
    Promise.resolve(running.leave?.()).then(end, fail)
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
  // The process that started this one is gone, even if it could not say so: nobody is left to be told.
  process.on('disconnect', end)
  console.log(`ready ${running.url}`)
  return running
}
