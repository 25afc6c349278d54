import type { HandoverField } from '../../domain/conversation/state.ts'
import type { Part } from '../../domain/message/part.ts'
import type { FormField } from '../../domain/message/rich-part.ts'

/** The form that asks for contact details is known by this id, so that its answer is. */
export const handoverForm = 'handover'

interface Wording extends Readonly<Record<HandoverField, string>> {
  readonly intro: string
  readonly title: string
}

/** What the engine says itself has to be said in the customer's language. */
const wordings = {
  en: {
    intro: 'A colleague will take over. So that we can reach you:',
    title: 'Your details',
    firstName: 'First name',
    name: 'Name',
    email: 'Email',
    phone: 'Phone',
  },
  fr: {
    intro: 'Un collègue va prendre le relais. Pour que nous puissions vous joindre :',
    title: 'Vos coordonnées',
    firstName: 'Prénom',
    name: 'Nom',
    email: 'E-mail',
    phone: 'Téléphone',
  },
  de: {
    intro: 'Eine Kollegin oder ein Kollege übernimmt. Damit wir Sie erreichen:',
    title: 'Ihre Kontaktdaten',
    firstName: 'Vorname',
    name: 'Name',
    email: 'E-Mail',
    phone: 'Telefon',
  },
  es: {
    intro: 'Un compañero continuará la conversación. Para poder contactar con usted:',
    title: 'Sus datos',
    firstName: 'Nombre',
    name: 'Nombre completo',
    email: 'Correo electrónico',
    phone: 'Teléfono',
  },
  it: {
    intro: 'Un collega proseguirà la conversazione. Per poterla contattare:',
    title: 'I suoi dati',
    firstName: 'Nome',
    name: 'Nome e cognome',
    email: 'E-mail',
    phone: 'Telefono',
  },
} as const satisfies Readonly<Record<string, Wording>>

const wordingFor = (language: string | null | undefined): Wording => {
  const primary = (language ?? '').split('-')[0]?.toLowerCase() ?? ''
  return primary in wordings ? wordings[primary as keyof typeof wordings] : wordings.en
}

const kinds = { firstName: 'text', name: 'text', email: 'email', phone: 'phone' } as const

/** The question that a handover asks: words for every channel, and a form where the channel can show one. */
export const askFor = (
  fields: ReadonlyArray<HandoverField>,
  language: string | null | undefined,
): ReadonlyArray<Part> => {
  const wording = wordingFor(language)
  const questions = fields.map(
    (field): FormField => ({
      name: field,
      label: wording[field],
      kind: kinds[field],
      required: true,
      saveTo: { _tag: 'Field', field },
    }),
  )
  return [
    { _tag: 'Text', text: wording.intro },
    { _tag: 'Form', form: { id: handoverForm, title: wording.title, fields: questions } },
  ]
}
