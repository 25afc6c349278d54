/**
 * A bot that follows a script: menus, keywords and forms, in the customer's language, as data.
 *
 * @packageDocumentation
 */
export { checkScript } from './check.ts'
export { ScriptError, type ScriptProblem } from './problem.ts'
export type { Act, Choice, Fallback, Keywords, Script, ScriptForm, Step, Words } from './script.ts'
export { scriptedBot } from './scripted-bot.ts'
