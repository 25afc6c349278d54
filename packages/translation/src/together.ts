import type { Translator } from '@guichet/engine/ports'

/**
 * One translator of two: languages are detected by the one and texts translated by the other, whose name stands beside
 * them. It takes what both take.
 *
 * @example
 * ```ts
 * import { deepL, detector, together } from '@guichet/translation'
 *
 * const translator = together({ detect: detector(), translate: deepL({ authKey: 'the key' }) })
 * console.log(translator.name, translator.capabilities)
 * ```
 *
 * ```text
 * deepl { detect: true, translate: true, maxTexts: 50, maxCharacters: 20000 }
 * ```
 */
export const together = ({
  detect,
  translate,
}: {
  readonly detect: Translator
  readonly translate: Translator
}): Translator => ({
  name: translate.name,
  spi: 1,
  capabilities: {
    detect: detect.capabilities.detect,
    translate: translate.capabilities.translate,
    maxTexts: Math.min(detect.capabilities.maxTexts, translate.capabilities.maxTexts),
    maxCharacters: Math.min(detect.capabilities.maxCharacters, translate.capabilities.maxCharacters),
  },
  detect: (texts, call) => detect.detect(texts, call),
  translate: (request, call) => translate.translate(request, call),
})
