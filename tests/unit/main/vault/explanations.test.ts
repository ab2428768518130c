import { describe, expect, it } from 'vitest'
import { explainMissingKeychain } from '#main/vault/explain-missing-keychain.ts'
import { causeOf, keychainCauses, NoAnswer } from '#main/vault/keychain-causes.ts'

const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }
const said = (message: string) => new Error(message)

describe('why there is no keychain', () => {
  it.each([
    [Object.assign(said('libsecret-1.so.0: cannot open'), { code: 'ERR_DLOPEN_FAILED' }), bus, 'no-library'],
    [said('Cannot autolaunch D-Bus without X11 $DISPLAY'), {}, 'no-bus'],
    [said('The name org.freedesktop.secrets was not provided by any .service files'), bus, 'no-service'],
    [said('Object does not exist at path “/org/freedesktop/secrets/collection/login”'), bus, 'no-keyring'],
    [said('Cannot create an item in a locked collection'), bus, 'locked'],
    [new NoAnswer('no answer'), bus, 'no-answer'],
    [said('something new'), bus, 'other'],
    ['not even an error', bus, 'other'],
  ])('is found in what was said: case %#', (thrown, environment, cause) => {
    expect(causeOf(thrown, environment, 'linux')).toBe(cause)
  })

  it('is explained with steps on every platform', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      for (const cause of keychainCauses) {
        const { explanation, howTo } = explainMissingKeychain(cause, platform, 'raw text')
        expect(explanation.length).toBeGreaterThan(20)
        expect(howTo.length).toBeGreaterThan(0)
      }
    }
  })

  it('names the packages to install on Linux', () => {
    const { howTo } = explainMissingKeychain('no-library', 'linux')
    expect(howTo.join('\n')).toMatch(/apt install libsecret-1-0[\s\S]*dnf install libsecret/)
  })
})
