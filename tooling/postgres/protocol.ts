/** What is said between the process that asked for a server and the one that watches over it. */

/**
 * Fast: as an operator stops it; immediate: all processes at once, without a checkpoint; a crash: the main process dies
 * and the others notice.
 */
export type StopSignal = 'SIGINT' | 'SIGQUIT' | 'SIGKILL'

export type Order = { readonly _tag: 'Kill'; readonly signal: StopSignal } | { readonly _tag: 'Restart' }

/** One for the start and one for every order, in their order. */
export type Report =
  | { readonly _tag: 'Started'; readonly port: number; readonly dataDirectory: string }
  | { readonly _tag: 'Killed' }
  | { readonly _tag: 'Failed'; readonly why: string }
