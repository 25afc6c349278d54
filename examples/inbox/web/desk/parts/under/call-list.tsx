import { useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { age } from '../../../shared/time.ts'
import { callLog, type LoggedCall } from '../../state/call-log.ts'
import { codeOf } from '../../state/call-code.ts'
import { contactSentence } from '../../words/people/refused.ts'
import { toast } from '../../state/toasts.ts'
import { u } from '../../words/under/u.ts'
import { Opening } from './json.tsx'

/** What changes nothing, and what happens by itself while somebody types or looks. */
const quiet =
  /^(?:conversations\.(?:list|counts|get|timeline|search|transcript|scheduled|watchers|draft|saveDraft|typing|markRead)|slash\.list|presence\.(?:list|device)|queues\.overview|report|[a-z]+\.(?:get|find|list|history|fill))$/i

const copy = async (code: string): Promise<void> => {
  await navigator.clipboard?.writeText(code)
  toast(u().copied)
}

const Call = ({ call }: { readonly call: LoggedCall }) => {
  const code = codeOf(call)
  return (
    <li class="under-call">
      <Opening value={call.refusal === null ? call.args : { refusal: call.refusal, args: call.args }}>
        <span class={`under-outcome ${call.outcome === 'ok' ? 'ok' : 'refused'}`}>{call.outcome}</span>
        <code class="under-code grow">{code}</code>
        <time dateTime={new Date(call.at).toISOString()}>{age(call.at)}</time>
      </Opening>
      <button
        type="button"
        class="icon-button small"
        aria-label={u().copyCall}
        title={u().copyCall}
        onClick={() => void copy(code)}
      >
        <Icon name="copy" size={14} />
      </button>
      {call.outcome !== 'ok' && (
        <p class="under-why">{contactSentence({ _tag: call.outcome, ...(call.refusal as object) })}</p>
      )}
    </li>
  )
}

/** The line of code behind each thing that was done here, and what the engine answered. */
export const CallList = ({ refusedOnly }: { readonly refusedOnly: boolean }) => {
  const [reads, setReads] = useState(false)
  const shown = callLog.value.filter(({ name, outcome }) =>
    refusedOnly ? outcome !== 'ok' : reads || outcome !== 'ok' || !quiet.test(name),
  )
  return (
    <>
      {!refusedOnly && (
        <label class="under-filter">
          <input type="checkbox" checked={reads} onChange={(event) => setReads(event.currentTarget.checked)} />
          {u().reads}
        </label>
      )}
      {shown.length === 0 ? (
        <p class="under-empty">{refusedOnly ? u().empty_refusals : u().empty_calls}</p>
      ) : (
        <ol class="under-lines">
          {shown.map((call) => (
            <Call key={call.key} call={call} />
          ))}
        </ol>
      )}
    </>
  )
}
