import type { ContactView } from '@guichet/engine'
import type { BlockTarget } from '@guichet/engine/domain'
import { useEffect, useRef, useState } from 'preact/hooks'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { closePeopleDialog } from '../../state/dialogs.ts'
import { say } from '../../state/say.ts'
import { setup } from '../../state/workspace.ts'
import { issuesByField } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Field } from '../details/field.tsx'
import { nameOf } from './name-of.ts'

const day = 86_400_000
const spans = { good: null, day, week: 7 * day, month: 30 * day } as const

interface Target {
  readonly label: string
  readonly of: (typed: string) => BlockTarget
  /** What is typed for it, when something is. */
  readonly typed?: { readonly label: string; readonly hint?: string; readonly value: string }
}

const addressTargets = (address = ''): ReadonlyArray<Target> => [
  {
    label: p().blockPattern,
    of: (pattern) => ({ _tag: 'Pattern', pattern }),
    typed: { label: p().blockPattern, hint: p().patternHint, value: address.replace(/^.*@/, '*@') },
  },
]

const rangeTarget = (ip = ''): Target => ({
  label: ip === '' ? p().ipRange : p().blockIp(ip),
  of: (range) => ({ _tag: 'Ip', range }),
  typed: { label: p().ipRange, hint: p().rangeHint, value: ip },
})

/** Whom one may mean, beginning with the most certain. */
const targetsOf = (contact: ContactView | undefined): ReadonlyArray<Target> => {
  if (contact === undefined) {
    return [
      {
        label: p().address,
        of: (address) => ({ _tag: 'Identity', address }),
        typed: { label: p().address, value: '' },
      },
      ...addressTargets(),
      rangeTarget(),
    ]
  }
  const mail = contact.identities.find(({ address }) => address.includes('@'))?.address
  return [
    { label: p().blockThisContact(nameOf(contact)), of: () => ({ _tag: 'Contact', contact: contact.id }) },
    ...contact.identities.map(
      ({ account, address }): Target => ({
        label: p().blockAddress(address),
        of: () => ({ _tag: 'Identity', address, account }),
      }),
    ),
    rangeTarget(contact.attributes['ip']),
    ...addressTargets(mail),
  ]
}

/** Whom not to hear any more, why, and for how long. */
export const BlockForm = ({
  contact,
  onDone = closePeopleDialog,
}: {
  readonly contact?: ContactView
  readonly onDone?: () => void
}) => {
  const targets = targetsOf(contact)
  const [chosen, setChosen] = useState(0)
  const [bad, setBad] = useState<ReadonlyMap<string, string>>(new Map())
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const target = targets[chosen]
  const submit = async (event: Event) => {
    event.preventDefault()
    if (form.current === null || target === undefined) return
    const fields = new FormData(form.current)
    const length = spans[String(fields.get('until')) as keyof typeof spans]
    const now = setup.value?.now ?? Date.now()
    const answer = await call('blocks.add', {
      target: target.of(String(fields.get('typed') ?? '')),
      reason: String(fields.get('reason') ?? ''),
      ...(length === null ? {} : { until: now + length }),
    })
    if (!answer.ok && answer.failure._tag === 'Invalid') {
      const issues = issuesByField(answer.failure)
      const mine = issues.get('reason')
      return setBad(new Map(mine === undefined ? [['target', p().bad_target]] : [['reason', mine]]))
    }
    if (!say(answer, p().blockedNow)) return
    if (contact !== undefined) await contactChanged(contact.id)
    onDone()
  }
  return (
    <form class="people-form" ref={form} onSubmit={submit}>
      <h2>{p().addBlock}</h2>
      <fieldset>
        <legend>{p().blockWhom}</legend>
        {targets.map(({ label }, at) => (
          <label key={label} class="radio">
            <input type="radio" name="target" checked={at === chosen} onChange={() => setChosen(at)} />
            {label}
          </label>
        ))}
      </fieldset>
      {target?.typed !== undefined && (
        <Field
          key={target.label}
          id="block-typed"
          label={target.typed.label}
          bad={bad.get('target')}
          {...(target.typed.hint === undefined ? {} : { hint: target.typed.hint })}
        >
          {(attributes) => <input {...attributes} name="typed" defaultValue={target.typed?.value} spellcheck={false} />}
        </Field>
      )}
      <Field id="block-reason" label={p().reason} bad={bad.get('reason')}>
        {(attributes) => <input {...attributes} name="reason" maxLength={2000} />}
      </Field>
      <Field id="block-until" label={p().until}>
        {(attributes) => (
          <select {...attributes} name="until">
            {(Object.keys(spans) as ReadonlyArray<keyof typeof spans>).map((one) => (
              <option key={one} value={one}>
                {p()[`for_${one}`]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="form-foot">
        <button type="button" class="button" onClick={onDone}>
          {t().cancel}
        </button>
        <button type="submit" class="button danger">
          {p().block}
        </button>
      </div>
    </form>
  )
}
