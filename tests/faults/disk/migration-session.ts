/**
 * A process that opens a file, which migrates it, and kills itself ahead of a statement. `node migration-session.ts FOLDER SUBJECT STATEMENT`;
 * says `ALIVE` when there were fewer.
 */
import { eachStatement } from './each-statement.ts'
import { subjects } from './migrated-files.ts'
import { say } from '../rig/say.ts'

const [folder = '', subject, statement] = process.argv.slice(2)
let count = 0
eachStatement(() => {
  if (count++ === Number(statement)) process.kill(process.pid, 'SIGKILL')
})
subjects.find(({ name }) => name === subject)?.open(folder)
say('ALIVE')
