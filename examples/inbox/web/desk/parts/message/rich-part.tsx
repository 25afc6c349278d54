import type { RichPart } from '@guichet/engine/domain'
import { Icon } from '../../../shared/icon.tsx'
import type { Asked } from '../../state/asked-parts.ts'
import { lineOf, money } from '../../words/part-line.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'

const Link = ({ url, children }: { readonly url: string | undefined; readonly children: string }) =>
  url === undefined || !/^https?:/.test(url) ? (
    <>{children}</>
  ) : (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )

const value = (said: string | number | boolean): string =>
  typeof said === 'boolean' ? (said ? t().yes : t().no) : String(said)

const Answer = ({ part }: { readonly part: Extract<RichPart, { _tag: 'FormAnswer' }> }) => (
  <dl class="part answers">
    {Object.entries(part.values).map(([name, said]) => (
      <div key={name}>
        <dt>{part.labels?.[name] ?? name}</dt>
        <dd>{value(said)}</dd>
      </div>
    ))}
  </dl>
)

/** A part that is on its way, as it stands among files. */
export const LeavingPart = ({ part }: { readonly part: RichPart }) => (
  <span class="file">
    <Icon name="form" />
    <span class="file-name">{lineOf(part)}</span>
  </span>
)

export const RichPartView = ({ part, asked }: { readonly part: RichPart; readonly asked: Asked }) => {
  switch (part._tag) {
    case 'Form':
      return (
        <div class="part">
          <p class="part-title">
            <Icon name="form" size={14} /> {part.form.title}
          </p>
          <ul class="fields">
            {part.form.fields.map((field) => (
              <li key={field.name}>
                {field.label}
                {field.required ? ' *' : ''}
                {field.choices !== undefined && <span class="faint"> {field.choices.join(' / ')}</span>}
              </li>
            ))}
          </ul>
          <p class="aside">{asked.answered.has(part.form.id) ? w().formAnswered : w().formWaiting}</p>
        </div>
      )
    case 'FormAnswer':
      return <Answer part={part} />
    case 'Choices':
      return (
        <ul class="part offered-choices">
          {part.choices.map(({ id, label }) => {
            const taken = asked.chosen.has(id)
            return (
              <li key={id} class={taken ? 'taken' : ''}>
                {taken && <Icon name="check" size={12} />}
                {label}
                {taken && <span class="sr"> {w().chosen}</span>}
              </li>
            )
          })}
        </ul>
      )
    case 'Chosen':
      return (
        <p class="part chosen">
          <Icon name="check" size={14} /> {part.label}
        </p>
      )
    case 'Product':
    case 'PaymentLink':
      return (
        <div class="part">
          <p class="part-title">
            <Icon name="card" size={14} />
            <Link url={part.url}>{part.title}</Link>
            {part.price !== undefined && <b class="price">{money(part.price)}</b>}
          </p>
          {part._tag === 'Product' && part.description !== undefined && <p class="words">{part.description}</p>}
          {part._tag === 'PaymentLink' && <p class="aside">{t().part_PaymentLink}</p>}
        </div>
      )
    case 'CompanyDetails':
      return (
        <div class="part">
          <p class="part-title">
            <Link url={part.url}>{part.name}</Link>
          </p>
          <p class="words">{part.lines.join('\n')}</p>
        </div>
      )
    case 'ContactCard':
      return (
        <div class="part">
          <p class="part-title">
            <Icon name="user" size={14} /> {part.name}
          </p>
          <p class="words">{[part.company, ...part.emails, ...part.phones].filter(Boolean).join('\n')}</p>
        </div>
      )
    case 'Location': {
      const at = `${part.latitude},${part.longitude}`
      const map = `https://www.openstreetmap.org/?mlat=${part.latitude}&mlon=${part.longitude}#map=16/${part.latitude}/${part.longitude}`
      return (
        <div class="part">
          <p class="part-title">
            <Icon name="pin" size={14} />
            <Link url={map}>{part.label ?? at}</Link>
          </p>
          {part.address !== undefined && <p class="words">{part.address}</p>}
        </div>
      )
    }
    case 'ProviderTemplate':
      return <p class="words">{part.text}</p>
    case 'Order':
      return (
        <div class="part">
          {part.text !== undefined && <p class="words">{part.text}</p>}
          <ul class="fields">
            {part.items.map(({ id, quantity, price }) => (
              <li key={id}>
                {quantity} × {id}
                {price !== undefined && <span class="faint"> {money(price)}</span>}
              </li>
            ))}
          </ul>
        </div>
      )
    case 'Referral':
      return (
        <div class="part">
          <p class="part-title">
            <Link url={part.url}>{part.title ?? part.source}</Link>
          </p>
          {part.text !== undefined && <p class="words">{part.text}</p>}
        </div>
      )
    case 'Unsupported':
      return <p class="aside">{[lineOf(part), part.note].filter(Boolean).join(': ')}</p>
  }
}
