import { useState } from 'preact/hooks'
import { numberOf } from '../../server/phone/message.ts'
import { everybody, phone, takePhone } from './telephone.ts'
import { t } from './words.ts'

/** Whose telephone it is: one of those at hand. */
export const Whose = () => (
  <label class="whose">
    <span>{t().whose}</span>
    <select value={phone.value} onChange={(event) => takePhone(event.currentTarget.value)}>
      {everybody.value.some((one) => one.phone === phone.value) || <option value={phone.value}>{phone.value}</option>}
      {everybody.value.map((one) => (
        <option key={one.phone} value={one.phone}>
          {one.name === one.phone ? one.phone : `${one.name}, ${one.phone}`}
        </option>
      ))}
    </select>
  </label>
)

/** One that is not at hand yet. */
export const Other = () => {
  const [number, setNumber] = useState('')
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <form
      class="other"
      onSubmit={(event) => {
        event.preventDefault()
        const plain = numberOf(number)
        setWrong(plain === undefined)
        if (plain === undefined) return
        takePhone(plain, name.trim())
        setNumber('')
        setName('')
      }}
    >
      <label class="field">
        <span>{t().number}</span>
        <input
          type="tel"
          name="number"
          required
          value={number}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'wrong' : undefined}
          onInput={(event) => setNumber(event.currentTarget.value)}
        />
      </label>
      {wrong && (
        <p id="wrong" class="problem" role="alert">
          {t().notANumber}
        </p>
      )}
      <label class="field">
        <span>{t().name}</span>
        <input name="name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button">
        {t().take}
      </button>
    </form>
  )
}
