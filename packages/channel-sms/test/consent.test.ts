import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentWord } from '../src/index.ts'

describe('the words of consent', () => {
  const stops = [
    'STOP, stop, Stop! ,"stop",«STOP»,Stop all,STOPALL,Unsubscribe.,cancel,END,quit,OPTOUT,Opt-Out,opt  out,REVOKE,remove',
    'ARRET,arrêt,ARRÊT,TD,stopp,ABMELDEN,baja,sair,afmelden,СТОП,停止,STOP 🙏,ｓｔｏｐ',
  ].flatMap((line) => line.split(','))

  it.each(stops)('%s takes it back', (text) => {
    expect(consentWord(text)).toBe('stop')
  })

  it.each(['START', 'Unstop', 'yes', 'YES.', 'subscribe', 'opt-in'])('%s gives it again', (text) => {
    expect(consentWord(text)).toBe('start')
  })

  it.each(['HELP', 'info', 'Aide', 'Hilfe'])('%s asks for help', (text) => {
    expect(consentWord(text)).toBe('help')
  })

  it.each([
    'stop by tomorrow',
    'please stop',
    'stopping',
    'yes please',
    '',
    '!!!',
    'the end',
    'constructor',
    '__proto__',
  ])('%s is a message like any other', (text) => {
    expect(consentWord(text)).toBeUndefined()
  })

  it('stand alone: with another word beside it, none means anything', () => {
    fc.assert(
      fc.property(fc.constantFrom('stop', 'start', 'help'), fc.constantFrom('now', 'tomorrow', 'me'), (word, other) => {
        expect(consentWord(`${word} ${other}`)).toBeUndefined()
      }),
    )
  })

  it('are looked for in any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(['stop', 'start', 'help', undefined]).toContain(consentWord(text))
      }),
    )
  })
})
