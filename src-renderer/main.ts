import '#shared/util/no-eval.ts'
import { callForager } from './api/call-forager.ts'

const root = document.querySelector('#app')
if (root !== null)
  callForager('app.info', {}).then(
    (info) => (root.textContent = `${info.name} ${info.version}`),
    (error: unknown) => (root.textContent = String(error)),
  )
