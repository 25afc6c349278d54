import '@preact/signals'
import { render } from 'preact'
import '../shared/tokens.css'
import './style/index.css'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import { follow } from './state/feed.ts'
import { followHistory } from './state/history.ts'
import { refresh } from './state/list.ts'
import { selected } from './state/place.ts'
import { open } from './state/thread.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('the page has no #app')

render(<App />, root)
listenToKeys()
follow()
followHistory()
void refresh()
if (selected.value !== null) void open(selected.value)
