import { takeIn, openSpecimen } from '#main/intake/specimens.ts'

// A process of its own, so that its memory and its file-size limit are its own: takes one file in and reads it back.
const [path = '', folder = '', keyHex = ''] = process.argv.slice(2)
const before = process.resourceUsage().maxRSS
try {
  const specimen = await takeIn(path, { folder, keyHex })
  let read = 0
  for await (const chunk of openSpecimen(specimen, { folder, keyHex })) read += (chunk as Buffer).length
  const grownMb = (process.resourceUsage().maxRSS - before) / 1024
  process.stdout.write(JSON.stringify({ size: specimen.size, read, grownMb }))
} catch (thrown) {
  const { kind, message } = thrown as { kind: string; message: string }
  process.stdout.write(JSON.stringify({ kind, message }))
}
