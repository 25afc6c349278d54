import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { language, languages, letterKeys, theme, themes } from '../../shared/preferences.ts'
import { as } from '../api.ts'
import { commands } from '../commands.ts'
import { current, usable } from '../commands/command.ts'
import { act } from '../state/acts.ts'
import { conversation, known } from '../state/conversations.ts'
import { markAllRead } from '../state/list.ts'
import { closeMenu, helpOpen, type ListMenuName, menu, type OpenMenu, type WritingMenu } from '../state/menus.ts'
import { say } from '../state/presence.ts'
import { threadOf } from '../state/thread.ts'
import { tagDefinition, tagDefinitions } from '../state/tags.ts'
import { seatOf, setup } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import { w } from '../words/writing/w.ts'
import { type Choice, Choices } from './choices.tsx'
import { listContent, listTitles } from './list/list-menus.tsx'
import { People } from './transfer/people.tsx'
import { RenameForm } from './rename-form.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { soundChoices, stageChoices } from './stage-choices.ts'
import { providerChoices } from './under/provider-choices.ts'
import { writingContent, writingTitles } from './writing/menus.tsx'

const then = (run: () => void) => () => {
  closeMenu()
  run()
}

/** What is done rarely, and everything on a phone. */
const inMore = new Set([
  'claim',
  'takeOver',
  'release',
  'assign',
  'transfer',
  'invite',
  'leave',
  'lock',
  'unlock',
  'snooze',
  'close',
  'reopen',
  'tag',
  'urgent',
  'notUrgent',
  'followUp',
  'notFollowUp',
  'rename',
  'spam',
  'notSpam',
  'archive',
  'unarchive',
  'handOver',
  'giveToBot',
  'runBot',
  'blockBot',
  'unblockBot',
  'takeControl',
  'passControl',
  'markUnread',
  'details',
  'translation',
  'chooseApproved',
  'print',
])

const presences = ['online', 'away', 'offline'] as const

const presenceChoices = (): ReadonlyArray<Choice> => {
  const override = seatOf(as)?.override ?? null
  return [
    ...presences.map(
      (one): Choice => ({
        id: `presence-${one}`,
        label: t()[`presence_${one}`],
        group: t().presence,
        dot: one,
        chosen: override?.presence === one,
        run: then(() => void say(one)),
      }),
    ),
    {
      id: 'presence-auto',
      label: t().presence_auto,
      group: t().presence,
      icon: 'keyboard',
      hint: t().presence_autoHint,
      chosen: override === null,
      run: then(() => void say(null)),
    },
  ]
}

const accountChoices = (): ReadonlyArray<Choice> => [
  ...presenceChoices(),
  ...(setup.value?.agents ?? []).map(
    ({ id, name }): Choice => ({
      id: `as-${id}`,
      label: name,
      group: t().switchAgent,
      icon: 'user',
      chosen: id === as,
      run: () => location.assign(`/?as=${encodeURIComponent(id)}`),
    }),
  ),
  ...themes.map(
    (one): Choice => ({
      id: one,
      label: t()[`theme_${one}`],
      group: t().theme,
      icon: one === 'dark' ? 'moon' : 'sun',
      chosen: theme.value === one,
      run: () => {
        theme.value = one
      },
    }),
  ),
  ...languages.map(
    (one): Choice => ({
      id: one,
      label: one === 'fr' ? 'Français' : 'English',
      group: t().language,
      icon: 'globe',
      chosen: language.value === one,
      run: () => {
        language.value = one
      },
    }),
  ),
  {
    id: 'keys',
    label: t().letterKeys,
    group: t().help,
    icon: 'keyboard',
    chosen: letterKeys.value,
    run: () => {
      letterKeys.value = !letterKeys.value
    },
  },
  {
    id: 'help',
    label: t().help,
    group: t().help,
    icon: 'question',
    key: '?',
    run: then(() => (helpOpen.value = true)),
  },
  ...soundChoices(),
  ...stageChoices(),
  ...(['site', 'mailbox', 'phone'] as const).map(
    (page): Choice => ({
      id: page,
      label: w()[`${page}Page`],
      group: 'Guichet',
      icon: 'link',
      run: () => window.open(`/${page}`),
    }),
  ),
]

const TagChoices = ({ id }: { readonly id: string }) => {
  const mine = conversation(id)?.tags ?? []
  const carried = [...known.value.values()].flatMap(({ tags }) => tags)
  const defined = (tagDefinitions.value ?? []).map((tag) => tag.id)
  const all = [...new Set([...defined, ...carried, ...mine])].sort((a, b) => a.localeCompare(b))
  const toggle = (tag: string) => void act(mine.includes(tag) ? 'untag' : 'tag', id, { tags: [tag] })
  return (
    <Choices
      label={t().tag}
      placeholder={t().addTag}
      choices={all.map((tag) => ({
        id: tag,
        label: tag,
        icon: 'tag',
        hint: tagDefinition(tag)?.about ?? '',
        chosen: mine.includes(tag),
        run: () => toggle(tag),
      }))}
      extra={(text) =>
        text === '' || all.includes(text)
          ? []
          : [{ id: 'new', label: t().newTag(text), icon: 'plus', run: then(() => toggle(text)) }]
      }
    />
  )
}

const content = (opened: OpenMenu) => {
  const id = opened.conversation
  switch (opened.name) {
    case 'template':
    case 'insert':
    case 'schedule':
    case 'message':
    case 'translation':
      return id === null ? null : writingContent(opened.name, id)
    case 'account':
      return <Choices label={t().switchAgent} field={false} choices={accountChoices()} />
    case 'list':
      return (
        <Choices
          label={t().listOptions}
          field={false}
          choices={[{ id: 'read', label: t().markAllRead, icon: 'checks', run: then(() => void markAllRead()) }]}
        />
      )
    case 'providers':
      return <Choices label={w().providers} field={false} choices={providerChoices()} />
    case 'filter':
    case 'saveView':
    case 'view':
    case 'bulkAssign':
    case 'bulkTag':
    case 'bulkSnooze':
      return listContent(opened.name, id)
    default:
      return id === null ? null : aboutConversation(opened.name, id)
  }
}

const aboutConversation = (
  name: Exclude<OpenMenu['name'], WritingMenu | ListMenuName | 'account' | 'list' | 'providers'>,
  id: string,
) => {
  switch (name) {
    case 'assign':
      return (
        <People
          label={t().assignTo}
          queue={conversation(id)?.queue ?? null}
          run={(to) => 'agent' in to && void act('assign', id, { agents: [to.agent] })}
        />
      )
    case 'invite':
      return (
        <People
          label={t().inviteTo}
          queue={conversation(id)?.queue ?? null}
          without={[as, ...threadOf(id).participants]}
          run={(to) => 'agent' in to && void act('invite', id, { agents: [to.agent] })}
        />
      )
    case 'transfer':
      return (
        <People
          everywhere
          label={t().transferTo}
          queue={conversation(id)?.queue ?? null}
          without={[conversation(id)?.owner ?? '']}
          run={(to) => void act('transfer', id, { to })}
        />
      )
    case 'tag':
      return <TagChoices id={id} />
    case 'snooze':
      return <SnoozeMenu run={(until) => then(() => void act('snooze', id, until === null ? {} : { until }))()} />
    case 'rename':
      return <RenameForm id={id} />
    case 'more':
      return (
        <Choices
          label={t().more}
          // A field in focus would bring up the keyboard of a phone.
          field={matchMedia('(hover: hover)').matches}
          choices={commands
            .filter((command) => inMore.has(command.id) && usable(command))
            .map((command) => ({
              id: command.id,
              label: command.label(),
              icon: command.icon,
              ...(command.key === undefined ? {} : { key: command.key }),
              run: then(() => command.run(current())),
            }))}
        />
      )
  }
}

const titleOf = (name: OpenMenu['name']): string => {
  const words = t()
  const titles: Readonly<Record<OpenMenu['name'], string>> = {
    assign: words.assignTo,
    transfer: words.transferTo,
    invite: words.inviteTo,
    snooze: words.snooze,
    tag: words.tag,
    rename: words.rename,
    more: words.more,
    account: words.switchAgent,
    list: words.listOptions,
    providers: w().providers,
    ...writingTitles(),
    ...listTitles(),
  }
  return titles[name]
}

/** One popover for every menu, beside what opened it. */
export const Menu = () => {
  const box = useRef<HTMLDivElement>(null)
  const opened = menu.value
  useLayoutEffect(() => {
    const element = box.current
    if (element === null || opened === null) return
    const place = () => {
      const from = opened.anchor?.getBoundingClientRect() ?? new DOMRect(window.innerWidth / 2, 80, 0, 0)
      // As it is laid out: while it comes in, it is drawn a little lower.
      const { offsetWidth: width, offsetHeight: height } = element
      const wanted = from.left < 240 ? from.left : from.right - width
      const below = from.bottom + 6
      const top = below + height > window.innerHeight - 8 ? Math.max(8, from.top - height - 6) : below
      element.style.setProperty('left', `${Math.max(8, Math.min(wanted, window.innerWidth - width - 8))}px`)
      element.style.setProperty('top', `${top}px`)
    }
    place()
    // What is asked of the engine comes a moment later, and makes it larger.
    const grown = new ResizeObserver(place)
    grown.observe(element)
    return () => grown.disconnect()
  })
  useEffect(() => {
    if (opened === null) return
    const outside = (event: PointerEvent) => {
      if (
        event.target instanceof Node &&
        !box.current?.contains(event.target) &&
        !opened.anchor?.contains(event.target)
      )
        closeMenu()
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [opened])
  if (opened === null) return null
  return (
    <div
      ref={box}
      key={`${opened.name}-${opened.conversation}`}
      class={`popover ${opened.name}`}
      role="dialog"
      aria-label={titleOf(opened.name)}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget)) closeMenu()
      }}
    >
      {content(opened)}
    </div>
  )
}
