import '@preact/signals'
import { render } from 'preact'
import '../shared/tokens.css'
import './style/index.css'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import { follow } from './state/feed.ts'
import { followHistory } from './state/history.ts'
import { refresh } from './state/list.ts'
import { followOffers } from './state/offers.ts'
import { followPresence } from './state/presence.ts'
import { selected } from './state/place.ts'
import { loadTags } from './state/tags.ts'
import { open } from './state/thread.ts'
import { followLooking } from './state/watching.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('the page has no #app')

render(<App />, root)
listenToKeys()
follow()
followHistory()
followLooking()
followOffers()
followPresence()
void refresh()
void loadTags()
if (selected.value !== null) void open(selected.value)
