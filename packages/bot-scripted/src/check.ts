import { checkForm } from '@guichet/engine/domain'
import { waits } from './hear.ts'
import { chain, isEnd, play } from './play.ts'
import type { ScriptProblem } from './problem.ts'
import type { Script, Step, Words } from './script.ts'
import { malformed } from './shape.ts'

/** An engine accepts so many actions in one answer. */
const actionsAtMost = 10

const led = (step: Step): ReadonlyArray<string> => [
  ...(step.to === undefined ? [] : [step.to]),
  ...(step.choices ?? []).map(({ to }) => to),
  ...(step.keywords ?? []).map(({ to }) => to),
  ...(step.form === undefined ? [] : [step.form.to]),
  ...(step.anything === undefined ? [] : [step.anything]),
]

/** Everything that is said, and where it stands. */
const spoken = (script: Script): ReadonlyArray<readonly [where: string, words: Words]> => [
  ...Object.entries(script.steps).flatMap(
    ([name, { say, choices = [], form }]): ReadonlyArray<[string, Words]> => [
      ...(say === undefined ? [] : [[name, say] as [string, Words]]),
      ...choices.map(({ label }): [string, Words] => [name, label]),
      ...(form === undefined ? [] : [[name, form.title] as [string, Words]]),
      ...(form?.fields ?? []).map(({ label }): [string, Words] => [name, label]),
    ],
  ),
  ['fallback', script.fallback.say],
  ...(script.fallback.handOver === undefined ? [] : [['fallback', script.fallback.handOver] as [string, Words]]),
]

const reachable = (script: Script): ReadonlySet<string> => {
  const found = new Set([script.start, ...(script.keywords ?? []).map(({ to }) => to)])
  for (const name of found) for (const to of led(script.steps[name] ?? {})) found.add(to)
  return found
}

const loops = (script: Script, name: string): ReadonlyArray<string> | null => {
  const names = chain(script, name)
  const back = script.steps[names.at(-1) ?? name]?.to
  return back === undefined || back !== name ? null : names
}

const ofStep = (script: Script, name: string, step: Step): ReadonlyArray<ScriptProblem> => {
  const problems: Array<ScriptProblem> = []
  const loop = loops(script, name)
  // A loop is told once, from the step that comes first by its name.
  if (loop !== null && loop.toSorted()[0] === name) problems.push({ _tag: 'Loop', steps: loop })
  const acts = step.do ?? []
  const end = acts.findIndex(isEnd)
  if (end !== -1 && (end < acts.length - 1 || waits(step) || step.to !== undefined)) {
    problems.push({ _tag: 'AfterEnd', step: name })
  }
  if (step.to !== undefined && waits(step)) problems.push({ _tag: 'WaitsAndGoesOn', step: name })
  const actions = play(script, name, null)
  if (!actions.some((action) => action._tag === 'Say' || isEnd(action))) problems.push({ _tag: 'Silent', step: name })
  if (actions.length > actionsAtMost) {
    problems.push({ _tag: 'TooMuch', step: name, actions: actions.length, max: actionsAtMost })
  }
  for (const action of actions) {
    for (const part of action._tag === 'Say' ? action.parts : []) {
      const refusal = part._tag === 'Form' && part.form.id.endsWith(`/${name}`) ? checkForm(part.form) : null
      if (refusal?._tag === 'Invalid') problems.push({ _tag: 'BadForm', step: name, issues: refusal.issues })
    }
  }
  return problems
}

/**
 * Everything that is wrong with a script; nothing when it can be followed. It may be anything, as a file may hold.
 *
 * @example
 * ```ts
 * import { checkScript } from '@guichet/bot-scripted'
 *
 * const problems = checkScript({
 *   name: 'porter',
 *   language: 'en',
 *   start: 'a',
 *   steps: { a: { say: 'A', to: 'b' }, b: { say: { fr: 'B' }, to: 'a' }, c: { say: 'C' } },
 *   fallback: { say: 'Pardon?', times: 1 },
 * })
 * for (const problem of problems) console.log(problem)
 * ```
 *
 * ```text
 * { _tag: 'Unreachable', step: 'c' }
 * { _tag: 'NoWords', where: 'b', language: 'en' }
 * { _tag: 'Loop', steps: [ 'a', 'b' ] }
 * ```
 */
export const checkScript = (script: Script): ReadonlyArray<ScriptProblem> => {
  const issues = malformed(script)
  if (issues.length > 0) return issues.map((issue) => ({ _tag: 'Malformed', issue }))
  const has = (name: string): boolean => Object.hasOwn(script.steps, name)
  const names = Object.keys(script.steps)
  const unknown = [
    ...[script.start].map((step) => ({ step, from: 'start' })),
    ...(script.keywords ?? []).map(({ to }) => ({ step: to, from: 'keywords' })),
    ...Object.entries(script.steps).flatMap(([from, step]) => led(step).map((to) => ({ step: to, from }))),
  ].filter(({ step }) => !has(step))
  // What follows from a step that is not there cannot be looked at.
  if (unknown.length > 0) return unknown.map((one) => ({ _tag: 'UnknownStep', ...one }))
  const reached = reachable(script)
  const { language } = script
  return [
    ...names.filter((name) => !reached.has(name)).map((step): ScriptProblem => ({ _tag: 'Unreachable', step })),
    ...spoken(script)
      .filter(([, words]) => typeof words !== 'string' && !Object.hasOwn(words, language))
      .map(([where]): ScriptProblem => ({ _tag: 'NoWords', where, language })),
    ...Object.entries(script.steps).flatMap(([name, step]) => ofStep(script, name, step)),
  ]
}
