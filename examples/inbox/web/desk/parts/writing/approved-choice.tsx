import type { RichPart } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import type { ApprovedTemplate } from '../../../../server/approved-templates.ts'
import { ask, type Failure } from '../../api.ts'
import { firstName } from '../../state/workspace.ts'
import { languageName } from '../../words/languages.ts'
import { w } from '../../words/writing/w.ts'
import { type Filled, keyOf, knownIn, partOf, type Place, piecesOf, placesIn } from './approved-part.ts'
import { Field } from './form-parts.tsx'

const categoryName = (category: string): string => {
  const names = w() as unknown as Readonly<Record<string, string>>
  return names[`category_${category}`] ?? category
}

/** `{{1}}` where nothing stands in for it yet. */
const Words = ({
  text,
  where,
  filled,
}: {
  readonly text: string
  readonly where: Place['where']
  readonly filled: Filled
}) => (
  <>
    {piecesOf(text, where).map((piece, at) =>
      typeof piece === 'string' ? piece : <mark key={at}>{filled[keyOf(piece)] || `{{${piece.name}}}`}</mark>,
    )}
  </>
)

const Preview = ({ template, filled }: { readonly template: ApprovedTemplate; readonly filled: Filled }) => (
  <div class="approved-preview" role="group" aria-label={w().preview}>
    <div class="bubble">
      {template.header !== null && (
        <p class="words approved-header">
          <Words text={template.header} where="header" filled={filled} />
        </p>
      )}
      <p class="words">
        <Words text={template.body} where="body" filled={filled} />
      </p>
      {template.footer !== null && <p class="faint">{template.footer}</p>}
    </div>
  </div>
)

const Fill = ({
  template,
  filled,
  tried,
  change,
}: {
  readonly template: ApprovedTemplate
  readonly filled: Filled
  readonly tried: boolean
  readonly change: (to: Filled) => void
}) => (
  <div class="approved-fill">
    {placesIn(template).map((place) => {
      const [key, example] = [keyOf(place), template.examples[place.where][place.name]]
      const missing = tried && (filled[key] ?? '').trim() === ''
      return (
        <Field key={key} label={w().approvedValue(place.name)} problem={missing ? w().needed : undefined}>
          <input
            value={filled[key] ?? ''}
            aria-required="true"
            aria-invalid={missing}
            {...(example === undefined ? {} : { placeholder: w().forExample(example) })}
            onInput={(event) => change({ ...filled, [key]: event.currentTarget.value })}
          />
        </Field>
      )
    })}
    <Preview template={template} filled={filled} />
  </div>
)

const Names = ({
  items,
  chosen,
  choose,
}: {
  readonly items: ReadonlyArray<ApprovedTemplate>
  readonly chosen: ApprovedTemplate | undefined
  readonly choose: (template: ApprovedTemplate) => void
}) => (
  <div class="approved-names" role="radiogroup" aria-label={w().templatesTitle}>
    {items.map((one) => (
      <label key={`${one.name} ${one.language}`} class="approved-name">
        <input type="radio" name="approved" checked={one === chosen} onChange={() => choose(one)} />
        <span>
          {one.name.replaceAll('_', ' ')}
          <span class="choice-hint">
            {languageName(one.language.replaceAll('_', '-'))} · {categoryName(one.category)}
          </span>
        </span>
      </label>
    ))}
  </div>
)

/** What is being chosen and filled in. */
export interface Approving {
  /** Null until the provider has been asked. */
  readonly items: ReadonlyArray<ApprovedTemplate> | null
  readonly failure: Failure | null
  readonly chosen: ApprovedTemplate | undefined
  readonly filled: Filled
  /** It was to leave: what is missing is said. */
  readonly tried: boolean
  readonly choose: (template: ApprovedTemplate | undefined) => void
  readonly fill: (filled: Filled) => void
  /** The message; undefined while something is missing, which is then said. */
  readonly take: () => RichPart | undefined
}

/** Asks the server at that path, for a customer of this name; a path of null asks nothing. */
export const useApproved = (path: string | null, name: string | null): Approving => {
  const [items, setItems] = useState<ReadonlyArray<ApprovedTemplate> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [chosen, setChosen] = useState<ApprovedTemplate | undefined>()
  const [filled, fill] = useState<Filled>({})
  const [tried, setTried] = useState(false)
  const choose = (template: ApprovedTemplate | undefined) => {
    setChosen(template)
    fill(template === undefined ? {} : knownIn(template, name ? firstName(name) : undefined))
    setTried(false)
  }
  useEffect(() => {
    let stale = false
    setItems(null)
    setFailure(null)
    choose(undefined)
    if (path !== null) {
      void ask<{ readonly items: ReadonlyArray<ApprovedTemplate> }>(path).then((answer) => {
        if (stale) return
        if (!answer.ok) return setFailure(answer.failure)
        setItems(answer.value.items)
        choose(answer.value.items[0])
      })
    }
    return () => {
      stale = true
    }
  }, [path, name])
  const take = (): RichPart | undefined => {
    setTried(true)
    const isWhole =
      chosen !== undefined && placesIn(chosen).every((place) => (filled[keyOf(place)] ?? '').trim() !== '')
    return isWhole ? partOf(chosen, filled) : undefined
  }
  return { items, failure, chosen, filled, tried, choose, fill, take }
}

/** Messages that the provider has approved, each with what is to be filled in, and as the customer will read it. */
export const ApprovedChoice = ({ of }: { readonly of: Approving }) => {
  const { items, chosen, filled, tried, choose, fill } = of
  if (items === null) return null
  if (items.length === 0) return <p class="aside">{w().noApproved}</p>
  return (
    <div class="approved-columns">
      <Names items={items} chosen={chosen} choose={choose} />
      {chosen !== undefined && <Fill template={chosen} filled={filled} tried={tried} change={fill} />}
    </div>
  )
}
