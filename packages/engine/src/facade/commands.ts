import type { Entry } from '../domain/conversation/entry.ts'
import { type Part, filesOf } from '../domain/message/part.ts'
import type { Viewer } from '../runtime/read/viewer.ts'
import type { Running } from '../runtime/engine.ts'
import { messageOf } from '../runtime/target.ts'
import { amiss, given } from './refusing.ts'
import { type Asked, runnerFor } from './run-command.ts'
import type { CommandOptions, Conversations, Done, Outcome, ReplyOptions, WriteOptions } from './types.ts'
import { wordsIn, write } from './writing.ts'

/** Commands that say nothing but their name. */
const plain = {
  claim: 'Claim',
  takeOver: 'TakeOver',
  release: 'Release',
  lock: 'Lock',
  unlock: 'Unlock',
  leave: 'Leave',
  close: 'Close',
  reopen: 'Reopen',
  spam: 'MarkSpam',
  notSpam: 'MarkNotSpam',
  archive: 'Archive',
  unarchive: 'Unarchive',
  delete: 'Delete',
  giveToBot: 'GiveToBot',
  acceptOffer: 'AcceptOffer',
  declineOffer: 'DeclineOffer',
  takeControl: 'TakeControl',
  passControl: 'PassControl',
} as const

/** Commands that carry their options as they are. */
const carrying = {
  snooze: 'Snooze',
  assign: 'Assign',
  unassign: 'Unassign',
  transfer: 'Transfer',
  setPriority: 'SetPriority',
  invite: 'Invite',
  deleteMessage: 'DeleteMessage',
  handOver: 'HandOver',
  blockBot: 'BlockBot',
  unblockBot: 'UnblockBot',
  runBot: 'RunBot',
  flag: 'Flag',
  unflag: 'Unflag',
  tag: 'Tag',
  untag: 'Untag',
  rename: 'Rename',
  setSubject: 'ChangeSubject',
  setAttributes: 'SetAttributes',
  setTranslation: 'SetTranslation',
  noteConsent: 'ChangeConsent',
} as const

/** Whether an entry is what these files were stored for. */
export const hasFiles = (entry: Entry | null, parts: ReadonlyArray<Part>): boolean => {
  const said = filesOf((entry && messageOf(entry)?.parts) ?? [])
  return filesOf(parts).every(({ blob }) => said.some((file) => file.blob === blob))
}

type Commands = Pick<Conversations, keyof typeof plain | keyof typeof carrying | 'reply' | 'note' | 'edit'>

/** Everything that an agent can do to a conversation, as methods. */
export const commandsFor = (running: Running, viewer: Viewer): Commands => {
  const { core } = running
  const run = runnerFor(running, viewer)

  /** Options of the call, not of the command, do not get into it; nor can they make it another one. */
  const carried = (tag: Asked['_tag'], options: CommandOptions | undefined): Asked => {
    const { signal: _, expectedVersion: __, idempotencyKey: ___, ...rest } = given(options)
    return { ...rest, _tag: tag } as unknown as Asked
  }

  const writing = async (
    id: string,
    options: WriteOptions,
    command: (parts: Awaited<ReturnType<typeof write>>['parts']) => Asked,
  ): Promise<Outcome<Done>> => {
    const refusal = amiss(options)
    if (refusal !== null) return { ok: false, refusal }
    const written = await write(core, viewer.workspace, options)
    const outcome = await run(id, command(written.parts), options)
    // A repeated answer is the first one, with the files of the first.
    if (!outcome.ok || !hasFiles(outcome.value.entry, written.parts)) await written.discard()
    return outcome
  }

  const reply = (id: string, asked: ReplyOptions): Promise<Outcome<Done>> => {
    const options = given(asked)
    const { quote, cc, mentions, replyTo, expectedLastMessage } = options
    return writing(id, options, (parts) => ({
      _tag: 'Reply',
      parts,
      ...(quote === undefined ? {} : { quote }),
      ...(cc === undefined ? {} : { cc }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(expectedLastMessage === undefined ? {} : { expectedLastMessage }),
    }))
  }

  return {
    ...(Object.fromEntries(
      Object.entries(plain).map(([name, tag]) => [
        name,
        (id: string, options?: CommandOptions) => run(id, { _tag: tag }, options),
      ]),
    ) as Pick<Commands, keyof typeof plain>),
    ...(Object.fromEntries(
      Object.entries(carrying).map(([name, tag]) => [
        name,
        (id: string, options?: CommandOptions) => run(id, carried(tag, options), options),
      ]),
    ) as unknown as Pick<Commands, keyof typeof carrying>),
    reply,
    note: (id, options) => {
      const { mentions = [], quote } = given(options)
      return writing(id, given(options), (parts) => ({
        _tag: 'AddNote',
        parts,
        mentions,
        ...(quote === undefined ? {} : { quote }),
      }))
    },
    edit: (id, options) => {
      const { message, text } = given(options)
      return run(id, { _tag: 'EditMessage', message, parts: [wordsIn(text)] }, options)
    },
  }
}
