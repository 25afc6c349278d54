/** A country whose mobile numbers have two forms: as they are dialled from abroad, and as a `wa_id` may still have them. */
interface Forms {
  readonly dialled: RegExp
  readonly other: RegExp
  /** How each is made of the other's `area` and `number`. */
  readonly toDialled: string
  readonly toOther: string
}

/** Digits with the code of their country, without a plus. */
const countries: ReadonlyArray<Forms> = [
  // Brazil: mobile numbers have a ninth digit since 2016 (Anatel, resolution 553/2010); accounts that are older may not.
  {
    dialled: /^55(?<area>[1-9]{2})9(?<number>[6-9]\d{7})$/,
    other: /^55(?<area>[1-9]{2})(?<number>[6-9]\d{7})$/,
    toDialled: '55$<area>9$<number>',
    toOther: '55$<area>$<number>',
  },
  // Mexico: the 1 before mobile numbers is gone since 2019 (IFT, numbering plan of 2018); a `wa_id` keeps it.
  {
    dialled: /^52(?<number>[2-9]\d{9})$/,
    other: /^521(?<number>[2-9]\d{9})$/,
    toDialled: '52$<number>',
    toOther: '521$<number>',
  },
  // Argentina: the 9 of mobile numbers is dialled from abroad alone (ENACOM), and often forgotten.
  {
    dialled: /^549(?<number>[123]\d{9})$/,
    other: /^54(?<number>[123]\d{9})$/,
    toDialled: '549$<number>',
    toOther: '54$<number>',
  },
]

/** A number in the one form that it is known by. What has one form alone is that already. */
export const knownForm = (digits: string): string => {
  for (const { other, toDialled } of countries) if (other.test(digits)) return digits.replace(other, toDialled)
  return digits
}

/** The form of a number that it is not known by; undefined when there is none. */
export const otherForm = (digits: string): string | undefined => {
  const known = knownForm(digits)
  for (const { dialled, toOther } of countries) if (dialled.test(known)) return known.replace(dialled, toOther)
  return undefined
}
