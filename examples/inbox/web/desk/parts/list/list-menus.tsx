import type { ComponentChildren } from 'preact'
import { bulk } from '../../state/bulk.ts'
import { known } from '../../state/conversations.ts'
import { closeMenu, type ListMenuName } from '../../state/menus.ts'
import { tagDefinitions } from '../../state/tags.ts'
import { setup } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { Choices } from '../choices.tsx'
import { SnoozeMenu } from '../snooze-menu.tsx'
import { People } from '../transfer/people.tsx'
import { FilterForm } from './filter-form.tsx'
import { ViewForm } from './view-form.tsx'

const BulkTags = () => {
  const add = (tag: string) => () => {
    closeMenu()
    void bulk({ _tag: 'Tag', tags: [tag] })
  }
  const all = [
    ...new Set([
      ...(tagDefinitions.value ?? []).map(({ id }) => id),
      ...[...known.value.values()].flatMap(({ tags }) => tags),
    ]),
  ].sort((a, b) => a.localeCompare(b))
  return (
    <Choices
      label={t().addTag}
      placeholder={t().addTag}
      choices={all.map((tag) => ({ id: tag, label: tag, icon: 'tag', run: add(tag) }))}
      extra={(text) =>
        text === '' || all.includes(text) ? [] : [{ id: 'new', label: t().newTag(text), icon: 'plus', run: add(text) }]
      }
    />
  )
}

export const listTitles = (): Readonly<Record<ListMenuName, string>> => ({
  filter: t().filters,
  saveView: t().saveView,
  view: t().views,
  bulkAssign: t().assignTo,
  bulkTag: t().addTag,
  bulkSnooze: t().snooze,
})

/** The popovers of the list and the navigation; `view` is about one. */
export const listContent = (name: ListMenuName, subject: string | null): ComponentChildren => {
  switch (name) {
    case 'filter':
      return <FilterForm />
    case 'saveView':
      return <ViewForm />
    case 'view': {
      const view = setup.value?.views.find(({ id }) => id === subject)
      return view === undefined ? null : <ViewForm view={view} />
    }
    case 'bulkAssign':
      return (
        <People
          label={t().assignTo}
          queue={null}
          run={(to) => 'agent' in to && void bulk({ _tag: 'Assign', agents: [to.agent] })}
        />
      )
    case 'bulkTag':
      return <BulkTags />
    case 'bulkSnooze':
      return (
        <SnoozeMenu
          run={(until) => {
            closeMenu()
            void bulk(until === null ? { _tag: 'Snooze' } : { _tag: 'Snooze', until })
          }}
        />
      )
  }
}
