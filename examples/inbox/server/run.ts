interface Running {
  readonly url: string
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
  let stopping = false
  /** A terminal sends its signal to the whole group, and the parent forwards it: once is enough. */
  const stop = () => {
    if (stopping) return
    stopping = true
    running.close().then(() => process.exit(0), fail)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // The process that started this one is gone, even if it could not say so.
  process.on('disconnect', stop)
  console.log(`ready ${running.url}`)
  return running
}
