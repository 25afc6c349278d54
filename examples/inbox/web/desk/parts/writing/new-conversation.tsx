import type { Contact } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import type { Failure } from '../../api.ts'
import { call } from '../../engine.ts'
import { asked, closeAsked } from '../../state/asked.ts'
import { addressesIn } from '../../state/extras.ts'
import { refresh } from '../../state/list.ts'
import { open } from '../../state/thread.ts'
import { me, setup } from '../../state/workspace.ts'
import { explain } from '../../state/acts.ts'
import { channelName } from '../../words/channel-name.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { type Choice, Choices } from '../choices.tsx'
import { Dialog } from '../dialog.tsx'
import { ApprovedChoice, useApproved } from './approved-choice.tsx'
import { DialogFoot, DialogHead, Field } from './form-parts.tsx'

type To = { readonly contact: string } | { readonly address: string }

/** How long the typing must rest before the engine is asked, in milliseconds. */
const rest = 140

/** An address as this channel has it, of what was typed; undefined when that is none. */
const addressIn = (typed: string, mail: boolean): string | undefined => {
  if (mail) return /^\S+@\S+\.\S+$/.test(typed) ? typed : undefined
  const number = typed.replaceAll(/[\s.()-]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined
}

const Recipient = ({ mail, choose }: { readonly mail: boolean; readonly choose: (to: To, name: string) => void }) => {
  const [words, setWords] = useState('')
  const [found, setFound] = useState<ReadonlyArray<Contact>>([])
  useEffect(() => {
    let stale = false
    const timer = setTimeout(async () => {
      const wanted = words.trim()
      const answer = await call('contacts.find', { limit: 8, ...(wanted === '' ? {} : { words: wanted }) })
      if (answer.ok && !stale) setFound(answer.value.items)
    }, rest)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [words])
  const address = addressIn(words.trim(), mail)
  const choices: ReadonlyArray<Choice> = [
    ...(address === undefined
      ? []
      : [
          {
            id: 'new',
            label: w().asAddress(address),
            icon: mail ? ('mail' as const) : ('chat' as const),
            run: () => choose({ address }, address),
          },
        ]),
    ...found.map((contact): Choice => {
      const [reached] = mail ? contact.emails : contact.phones
      const name = contact.name ?? reached ?? contact.id
      return {
        id: contact.id,
        label: name,
        ...(reached === undefined ? {} : { hint: reached }),
        icon: 'user',
        run: () => choose({ contact: contact.id }, name),
      }
    }),
  ]
  return (
    <div class="recipient">
      <Choices label={w().to} placeholder={w().toHint} choices={choices} onFilter={setWords} />
    </div>
  )
}

/** The first word is ours: to somebody who is known, or to an address. */
export const NewConversation = () => {
  const accounts = setup.value?.accounts ?? []
  const chosen = asked.value?._tag === 'NewConversation' ? asked.value.to : undefined
  const mailbox = accounts.find(({ channel }) => channel === 'email') ?? accounts[0]
  const [account, setAccount] = useState(chosen?.account ?? mailbox?.id ?? '')
  const [to, setTo] = useState<{ readonly to: To; readonly name: string } | null>(
    chosen === undefined ? null : { to: { contact: chosen.contact }, name: chosen.name },
  )
  const [subject, setSubject] = useState('')
  const [cc, setCc] = useState('')
  const [replyTo, setReplyTo] = useState<'account' | 'agent'>('account')
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [going, setGoing] = useState(false)
  const channel = accounts.find(({ id }) => id === account)?.channel
  const mail = channel === 'email'
  // There the first word is one that the provider has approved.
  const whatsapp = channel === 'whatsapp'
  const path = whatsapp ? `/api/accounts/${encodeURIComponent(account)}/approvedTemplates` : null
  const approved = useApproved(path, to !== null && 'contact' in to.to ? to.name : null)
  const start = async () => {
    if (to === null) return
    const part = whatsapp ? approved.take() : undefined
    if (whatsapp && part === undefined) return
    setGoing(true)
    const copies = addressesIn(cc)
    const done = await call('conversations.start', {
      account,
      to: to.to,
      ...(part === undefined ? { text } : { parts: [part] }),
      ...(mail && subject.trim() !== '' ? { subject: subject.trim() } : {}),
      ...(mail && copies.length > 0 ? { cc: copies } : {}),
      ...(mail && replyTo === 'agent' ? { replyTo } : {}),
    })
    setGoing(false)
    if (!done.ok) return setFailure(done.failure)
    closeAsked()
    await Promise.all([open(done.value.conversation.id), refresh()])
  }
  const why = failure ?? approved.failure
  return (
    <Dialog label={t().newConversation} kind={`writing ${whatsapp ? 'approved' : ''}`} onClose={closeAsked}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <DialogHead title={t().newConversation} />
        <Field label={w().from}>
          <select name="account" value={account} onChange={(event) => setAccount(event.currentTarget.value)}>
            {accounts.map(({ id, name, channel: by }) => (
              <option key={id} value={id}>
                {`${name} · ${channelName(by)}`}
              </option>
            ))}
          </select>
        </Field>
        {to === null ? (
          <Recipient mail={mail} choose={(whom, name) => setTo({ to: whom, name })} />
        ) : (
          <p class="chosen-recipient">
            <span class="field-label">{w().to}</span>
            <b class="grow">{to.name}</b>
            <button type="button" class="link" onClick={() => setTo(null)}>
              {w().change}
            </button>
          </p>
        )}
        {mail && (
          <>
            <Field label={w().subject}>
              <input name="subject" value={subject} onInput={(event) => setSubject(event.currentTarget.value)} />
            </Field>
            <Field label={t().cc}>
              <input name="cc" value={cc} inputMode="email" onInput={(event) => setCc(event.currentTarget.value)} />
            </Field>
            {me.value.email !== undefined && (
              <Field label={w().replyToBox} {...(replyTo === 'agent' ? { hint: w().ownBoxHint } : {})}>
                <select
                  name="replyTo"
                  value={replyTo}
                  onChange={(event) => setReplyTo(event.currentTarget.value as 'account' | 'agent')}
                >
                  <option value="account">{accounts.find(({ id }) => id === account)?.name}</option>
                  <option value="agent">{me.value.email}</option>
                </select>
              </Field>
            )}
          </>
        )}
        {whatsapp ? (
          <ApprovedChoice of={approved} />
        ) : (
          <Field label={w().message}>
            <textarea name="text" rows={6} value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </Field>
        )}
        {why !== null && (
          <p class="field-problem" role="alert">
            {explain(why, '')}
          </p>
        )}
        <DialogFoot
          act={w().startNow}
          disabled={to === null || going || (whatsapp ? !approved.chosen : !text.trim())}
        />
      </form>
    </Dialog>
  )
}
