import '#shared/util/no-eval.ts'
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/markdown.css'
import './styles/queue-row.css'
import { mount } from 'svelte'
import { callForager, sendFiles } from './api/call-forager.ts'
import { onForager } from './api/on-forager.ts'
import Root from './app/root.svelte'
import { wire } from './app/wire.ts'

const target = document.querySelector('#app')
if (target === null) throw new Error('The page has no place for the app')
mount(Root, { target, props: { app: wire({ call: callForager, on: onForager, sendFiles }) } })
