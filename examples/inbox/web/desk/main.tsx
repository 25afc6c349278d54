import '@preact/signals'
import { render } from 'preact'
import '../shared/tokens.css'
import './style/index.css'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import { follow } from './state/feed.ts'
import { afterFirstPicture, firstPicture } from './state/first-picture.ts'
import { followHistory } from './state/history.ts'
import { refresh } from './state/list.ts'
import { followOffers } from './state/offers.ts'
import { followPresence } from './state/presence.ts'
import { screen, selected } from './state/place.ts'
import { loadTags } from './state/tags.ts'
import { catchUp, open } from './state/thread.ts'
import { followLooking } from './state/watching.ts'
import { wordsAreHere } from './words/t.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('the page has no #app')

const begin = (): void => {
  render(<App />, root)
  listenToKeys()
  follow()
  followHistory()
  followLooking()
  followOffers()
  followPresence()
  void loadTags()
  // A screen that was open stays open; behind it the conversation is as it was.
  const opened = selected.value
  const conversation = opened === null ? null : screen.value === null ? open(opened) : catchUp(opened, true)
  firstPicture(Promise.all([refresh(), conversation]))
  void afterFirstPicture(() => void import('./state/ringing.ts').catch(() => undefined))
}

void wordsAreHere.then(begin)
